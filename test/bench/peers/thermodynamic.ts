/**
 * Thermodynamic flux balance beside pyTFA: pyTFA makes a model of a network with invented energies, writes its JSON and
 * solves it; the same file is read and solved here and every value compared.
 *
 * Usage: npx tsx test/bench/peers/thermodynamic.ts PYTHON [MODEL.xml]
 * PYTHON is the interpreter of a virtual environment with pyTFA (pip install pytfa).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { variability } from "../../../src/metabolism/balance/fva.ts";
import type { FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { singleDeletions } from "../../../src/metabolism/mutants/deletions.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { loadLp } from "../../../src/numerics/programs/load-lp.ts";
import { readSbml } from "../../../src/sbml/read.ts";

interface Measured {
  readonly seconds: number;
  readonly values: Readonly<Record<string, number | null>>;
}

type Values = ReadonlyMap<string, number>;

async function growth(model: FluxModel, network: FluxModel): Promise<Values> {
  const [bound, free] = [await fba(model), await fba(network)];
  const objective = (of: typeof bound) => (of.status === "optimal" ? of.objective : Number.NaN);
  return new Map([
    ["without thermodynamics", objective(free)],
    ["growth", objective(bound)],
  ]);
}

async function single(model: FluxModel): Promise<Values> {
  const ids = model.reactions.flatMap(({ id, auxiliary }) => (auxiliary === true ? [] : [id]));
  const { deletions } = await singleDeletions(model, ids, { of: "reactions" });
  return new Map(deletions.map(({ deleted, objective }) => [deleted[0] ?? "", objective]));
}

async function fva(model: FluxModel): Promise<Values> {
  const asked = model.reactions.filter(({ auxiliary, id }) => auxiliary !== true || /^(DG|LC)_/.test(id));
  const reactions = asked.map(({ id }) => id);
  const found = await variability(model, { fraction: 0.9, reactions });
  if (found.status !== "optimal") throw new Error(found.message);
  const ends = (side: string, values: Float64Array) =>
    reactions.map((id, k) => [`${id} ${side}`, values[k] ?? Number.NaN] as const);
  return new Map([...ends("min", found.minimum), ...ends("max", found.maximum)]);
}

const TASKS = { growth, single, fva };

/** Largest difference, absolute below 1 and relative above, and how many values only one side has. */
function differenceOf(ours: Values, theirs: Measured["values"]): string {
  let [worst, at, odd] = [0, "", 0];
  for (const [key, value] of Object.entries(theirs)) {
    const mine = ours.get(key) ?? Number.NaN;
    if (value === null || Number.isNaN(mine)) {
      if (value !== null || !Number.isNaN(mine)) odd++;
      continue;
    }
    const difference = Math.abs(mine - value) / Math.max(1, Math.abs(value));
    if (difference > worst) [worst, at] = [difference, key];
  }
  return `${Object.keys(theirs).length} | ${worst.toExponential(1)}${at === "" ? "" : ` (${at})`} | ${odd}`;
}

const [python = "python3", file = "sbml/ecoli-core.xml"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "pytfa-"));
try {
  const script = join(dirname(fileURLToPath(import.meta.url)), "pytfa_peer.py");
  const path = join(folder, "thermodynamic.json");
  const stdout = execFileSync(python, [script, file, path], {
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  // pyTFA and its solver write lines of their own before.
  const last = stdout.toString("utf8").trimEnd().split("\n").at(-1) ?? "";
  const { tasks } = JSON.parse(last) as { tasks: Record<keyof typeof TASKS, Measured> };
  const model = fluxModelFromJson(readFileSync(path, "utf8"), path);
  const network = fluxModel(readSbml(readFileSync(file, "utf8"), { file }));
  await loadLp();
  console.log("| task | values | largest difference (where) | odd | here, s | pyTFA, s |\n|---|---|---|---|---|---|");
  for (const task of ["growth", "single", "fva"] as const) {
    const begin = process.cpuUsage();
    const values = await TASKS[task](model, network);
    const { user, system } = process.cpuUsage(begin);
    const row = [task, differenceOf(values, tasks[task].values), ((user + system) / 1e6).toFixed(2)];
    console.log(`| ${[...row, tasks[task].seconds.toFixed(2)].join(" | ")} |`);
    if (task === "growth") for (const [name, value] of values) console.error(`${name}: ${value}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
