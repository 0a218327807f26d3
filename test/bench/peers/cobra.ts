/**
 * Cellweave beside COBRApy on the same model: values compared one by one, CPU seconds side by side.
 *
 * Usage: npx tsx test/bench/peers/cobra.ts PYTHON MODEL.xml[.gz] TASK[,TASK...] [--genes N|A,B] [--pairs N]
 * PYTHON is the interpreter of a virtual environment with COBRApy (pip install cobra). MOMA and ROOM are asked for N
 * genes whose deletion changes the wild type, spread evenly over the model (all of them where absent), or for those named.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { cycleFree } from "../../../src/metabolism/balance/cycle-free.ts";
import { openFlux } from "../../../src/metabolism/balance/fba.ts";
import { type VariabilityOptions, variability } from "../../../src/metabolism/balance/fva.ts";
import { geometricFba } from "../../../src/metabolism/balance/geometric.ts";
import type { FluxSolution } from "../../../src/metabolism/balance/solution.ts";
import { knockout } from "../../../src/metabolism/model/edits.ts";
import type { FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { doubleDeletions, openDeletions, singleDeletions } from "../../../src/metabolism/mutants/deletions.ts";
import { essential } from "../../../src/metabolism/mutants/essential.ts";
import type { Method } from "../../../src/metabolism/mutants/methods.ts";
import { openAdjusted } from "../../../src/metabolism/mutants/screen.ts";
import { doubleStrains, singleStrains } from "../../../src/metabolism/mutants/strains.ts";
import { presolve } from "../../../src/metabolism/presolve/presolve.ts";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { loadLp } from "../../../src/numerics/programs/load-lp.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { readSbml } from "../../../src/sbml/read.ts";

type Values = Readonly<Record<string, number | null>>;

/** What both sides are asked beside the model. */
interface Question {
  readonly reference: Readonly<Record<string, number>>;
  readonly genes: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
}

interface Measured {
  readonly seconds: number;
  readonly values: Values;
}

type Task = (model: FluxModel, question: Question) => Promise<Values>;

const TASKS = new Map<string, Task>([
  ["fba", async (model) => ({ objective: await optimum(model) })],
  ["pfba", async (model) => ({ total: (await wildType(model)).reduce((sum, v) => sum + Math.abs(v), 0) })],
  ["single", async (model) => strains((await singleDeletions(model)).deletions)],
  ["double", async (model) => strains((await doubleDeletions(model)).deletions)],
  ["pairs", pairs],
  ["fva", (model) => ranges(model, {})],
  ["fva-loopless", (model) => ranges(model, { loopless: true })],
  ["moma", adjusted("moma")],
  ["moma-tight", adjusted("moma")],
  ["moma-exact", adjusted("moma")],
  ["linear-moma", adjusted("linear-moma")],
  ["room", adjusted("room")],
  ["linear-room", adjusted("linear-room")],
  ["fva-pfba", (model) => ranges(model, { pfbaFactor: 1.1 })],
  ["essential", (model) => essentials(model, "genes")],
  ["essential-reactions", (model) => essentials(model, "reactions")],
  ["geometric", async (model) => fluxesById(model, await geometricFba(model))],
  [
    "loopless",
    async (model, { reference }) => fluxesById(model, await cycleFree(model, model.bounds, inOrder(model, reference))),
  ],
]);

async function optimum(model: FluxModel): Promise<number> {
  const solver = await openFlux(model);
  const solution = solver.fba();
  solver.dispose();
  return solution.status === "optimal" ? solution.objective : Number.NaN;
}

async function wildType(model: FluxModel): Promise<Float64Array> {
  const solver = await openFlux(model);
  const solution = solver.pfba();
  solver.dispose();
  if (solution.status !== "optimal") throw new Error(solution.message);
  return solution.fluxes;
}

function strains(deletions: readonly { readonly deleted: readonly string[]; readonly objective: number }[]): Values {
  return Object.fromEntries(
    deletions.map(({ deleted, objective }) => [
      deleted.toSorted().join(" "),
      Number.isNaN(objective) ? null : objective,
    ]),
  );
}

async function pairs(model: FluxModel, question: Question): Promise<Values> {
  const opened = await openDeletions(model);
  const found = question.pairs.map(([a, b]) => {
    const [strain] = doubleStrains(model, "genes", [a], [b]);
    if (strain === undefined) throw new Error(`no pair of ${a} and ${b}`);
    return { deleted: strain.deleted, ...opened.solve(strain) };
  });
  opened.dispose();
  return strains(found);
}

/** 1 for each gene (reaction) without which there is no growth. */
async function essentials(model: FluxModel, of: "genes" | "reactions"): Promise<Values> {
  const { deletions } = await essential(model, of);
  return Object.fromEntries(deletions.map(({ deleted: [id = ""] }) => [id, 1]));
}

function fluxesById(model: FluxModel, solution: FluxSolution): Values {
  if (solution.status !== "optimal") throw new Error(solution.message);
  return Object.fromEntries(model.reactions.map(({ id }, j) => [id, solution.fluxes[j] ?? null]));
}

function inOrder(model: FluxModel, fluxes: Question["reference"]): Float64Array {
  return Float64Array.from(model.reactions, ({ id }) => fluxes[id] ?? 0);
}

async function ranges(model: FluxModel, options: Pick<VariabilityOptions, "loopless" | "pfbaFactor">): Promise<Values> {
  const found = await variability(model, { fraction: 0.9, ...options });
  if (found.status !== "optimal") throw new Error(found.message);
  const side = (name: string, values: Float64Array) =>
    [...values].map((v, k) => [`${model.reactions[found.reactions[k] ?? 0]?.id} ${name}`, v] as const);
  return Object.fromEntries([...side("min", found.minimum), ...side("max", found.maximum)]);
}

function adjusted(method: Exclude<Method, "fba">): Task {
  return async (model, { reference, genes }) => {
    const runtime = await loadLp();
    const fluxes = inOrder(model, reference);
    const adjustment = openAdjusted(runtime, presolve(runtime, model), method, fluxes);
    const values = genes.map((gene) => {
      const solution = adjustment.solve(knockout(model, [gene]));
      return [gene, solution.status === "optimal" ? solution.objective : null];
    });
    adjustment.dispose();
    return Object.fromEntries(values);
  };
}

/** The question: the wild type, genes whose deletion changes it, and random pairs (seed 1) of all genes. */
async function ask(model: FluxModel, genes: string | undefined, count: number): Promise<Question> {
  const fluxes = await wildType(model);
  const changing = singleStrains(model, "genes").filter(({ closed }) =>
    closed.some((j) => Math.abs(fluxes[j] ?? 0) > 1e-6),
  );
  const size = Number(genes ?? changing.length);
  const spread = Array.from({ length: Math.min(size || 0, changing.length) }, (_, k) => {
    return changing[Math.floor((k * changing.length) / size)]?.deleted[0] ?? "";
  });
  const asked = Number.isNaN(size) ? (genes ?? "").split(",") : spread;
  const random = seededRandom(1);
  const names = model.genes.map(({ id }) => id);
  const drawn = new Map<string, readonly [string, string]>();
  while (drawn.size < Math.min(count, (names.length * (names.length - 1)) / 2)) {
    const [a = "", b = ""] = [random.integer(names.length), random.integer(names.length)].map((k) => names[k]).sort();
    if (a !== b) drawn.set(`${a} ${b}`, [a, b]);
  }
  const reference = Object.fromEntries(model.reactions.map(({ id }, j) => [id, fluxes[j] ?? 0]));
  return { reference, genes: asked, pairs: [...drawn.values()] };
}

/** Largest difference, absolute below 1 and relative above, over values that both sides have; and what only one has. */
function difference(ours: Values, theirs: Values) {
  let worst = 0;
  let at = "";
  const odd: string[] = [];
  for (const [key, value] of Object.entries(theirs)) {
    const mine = ours[key];
    if (mine === undefined || mine === null || value === null) {
      if ((mine ?? null) !== value) odd.push(key);
      continue;
    }
    const d = Math.abs(mine - value) / Math.max(1, Math.abs(value));
    if (d > worst) [worst, at] = [d, key];
  }
  odd.push(...Object.keys(ours).filter((key) => !Object.hasOwn(theirs, key)));
  return { worst, at, odd, count: Object.keys(theirs).length };
}

/** What COBRApy says; undefined where its process ends without an answer. */
function answerOfPeer(task: string): Measured | undefined {
  try {
    const output = execFileSync(python, [script, file, task], {
      input: JSON.stringify(question),
      maxBuffer: 2 ** 30,
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    });
    return (JSON.parse(output.toString("utf8")) as { tasks: Record<string, Measured> }).tasks[task];
  } catch {
    return undefined;
  }
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

const [python = "", file = "", tasks = ""] = process.argv.slice(2);
const script = join(dirname(fileURLToPath(import.meta.url)), "cobra_peer.py");
const bytes = readFileSync(file);
const model = fluxModel(readSbml((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"), { file }));
await loadLp();
const question = await ask(model, option("genes"), Number(option("pairs") ?? 10_000));
for (const task of tasks.split(",")) {
  const run = TASKS.get(task);
  if (run === undefined) throw new Error(`unknown task '${task}', expected one of ${[...TASKS.keys()].join(", ")}`);
  const begin = process.cpuUsage();
  const values = await run(model, question);
  const { user, system } = process.cpuUsage(begin);
  const seconds = (user + system) / 1e6;
  const peer = answerOfPeer(task);
  if (peer === undefined) {
    console.log(`| ${model.id} | ${task} | - | COBRApy's process failed | - | ${seconds.toFixed(2)} | - |`);
    continue;
  }
  const { worst, at, odd, count } = difference(values, peer.values);
  const differs = worst > 0 ? `${worst.toExponential(1)} (${at})` : "0";
  const only = odd.length === 0 ? "0" : `${odd.length}: ${odd.slice(0, 3).join(", ")}`;
  console.log(
    `| ${model.id} | ${task} | ${count} | ${differs} | ${only} | ${seconds.toFixed(2)} | ${peer.seconds.toFixed(2)} |`,
  );
}
