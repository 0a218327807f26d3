/**
 * Cellweave beside COBRApy on the same model: values compared one by one, CPU seconds side by side.
 *
 * Usage: npx tsx test/bench/peers/cobra.ts PYTHON MODEL.xml.gz TASK[,TASK...]
 * PYTHON is the interpreter of a virtual environment with COBRApy (pip install cobra).
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { doubleDeletions, singleDeletions } from "../../../src/metabolism/deletions.ts";
import { knockout } from "../../../src/metabolism/edits.ts";
import { openFlux } from "../../../src/metabolism/fba.ts";
import type { FluxModel } from "../../../src/metabolism/flux-model.ts";
import { variability } from "../../../src/metabolism/fva.ts";
import { presolve } from "../../../src/metabolism/presolve/presolve.ts";
import { fluxModel } from "../../../src/metabolism/read-model.ts";
import { openAdjusted } from "../../../src/metabolism/screen.ts";
import { loadLp } from "../../../src/numerics/lp.ts";
import { readSbml } from "../../../src/sbml/read.ts";

type Values = Readonly<Record<string, number | null>>;

interface Measured {
  readonly seconds: number;
  readonly values: Values;
}

const TASKS = new Map<string, (model: FluxModel) => Promise<Values>>([
  ["fba", async (model) => ({ objective: await optimum(model) })],
  ["pfba", async (model) => ({ total: (await wildType(model)).reduce((sum, v) => sum + Math.abs(v), 0) })],
  ["single", async (model) => strains((await singleDeletions(model)).deletions)],
  ["double", async (model) => strains((await doubleDeletions(model)).deletions)],
  ["fva", (model) => ranges(model, false)],
  ["fva-loopless", (model) => ranges(model, true)],
  ["linear-moma", (model) => adjusted(model, "linear-moma")],
  ["linear-room", (model) => adjusted(model, "linear-room")],
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

async function ranges(model: FluxModel, loopless: boolean): Promise<Values> {
  const found = await variability(model, { fraction: 0.9, loopless });
  if (found.status !== "optimal") throw new Error(found.message);
  const side = (name: string, values: Float64Array) =>
    [...values].map((v, k) => [`${model.reactions[found.reactions[k] ?? 0]?.id} ${name}`, v] as const);
  return Object.fromEntries([...side("min", found.minimum), ...side("max", found.maximum)]);
}

async function adjusted(model: FluxModel, method: "linear-moma" | "linear-room"): Promise<Values> {
  const runtime = await loadLp();
  const adjustment = openAdjusted(runtime, presolve(runtime, model), method, await wildType(model));
  const values = model.genes.map(({ id }) => {
    const solution = adjustment.solve(knockout(model, [id]));
    return [id, solution.status === "optimal" ? solution.objective : null];
  });
  adjustment.dispose();
  return Object.fromEntries(values);
}

/** Largest difference, absolute below 1 and relative above, over values that both sides have; and what only one has. */
function difference(ours: Values, theirs: Values) {
  let worst = 0;
  let at = "";
  const odd: string[] = [];
  for (const [key, value] of Object.entries(theirs)) {
    const mine = ours[key];
    const [a, b] = [mine ?? 0, value ?? 0];
    if (mine === undefined || ((mine === null) !== (value === null) && Math.abs(a - b) > 1e-6)) odd.push(key);
    const d = Math.abs(a - b) / Math.max(1, Math.abs(b));
    if (d > worst) [worst, at] = [d, key];
  }
  return { worst, at, odd, count: Object.keys(theirs).length };
}

const [python = "", file = "", tasks = ""] = process.argv.slice(2);
const script = join(dirname(fileURLToPath(import.meta.url)), "cobra_peer.py");
const model = fluxModel(readSbml(gunzipSync(readFileSync(file)).toString("utf8"), { file }));
await loadLp();
for (const task of tasks.split(",")) {
  const run = TASKS.get(task);
  if (run === undefined) throw new Error(`unknown task '${task}', expected one of ${[...TASKS.keys()].join(", ")}`);
  const begin = process.cpuUsage();
  const values = await run(model);
  const { user, system } = process.cpuUsage(begin);
  const seconds = (user + system) / 1e6;
  const output = execFileSync(python, [script, file, task], {
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  const peer = (JSON.parse(output.toString("utf8")) as { tasks: Record<string, Measured> }).tasks[task];
  if (peer === undefined) throw new Error(`no answer for '${task}'`);
  const { worst, at, odd, count } = difference(values, peer.values);
  const differs = worst > 0 ? `${worst.toExponential(1)} (${at})` : "0";
  console.log(
    `| ${model.id} | ${task} | ${count} | ${differs} | ${odd.length} | ${seconds.toFixed(2)} | ${peer.seconds.toFixed(2)} |`,
  );
}
