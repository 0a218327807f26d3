/**
 * The alternative to coupled macro-steps: medium, pathway and fluxes as one system of differential equations in one
 * implicit integrator, with the fluxes from the optimal basis inside the right-hand side. Measured on the shipped cell's
 * mechanistic arm, where nothing is learned and the alternative needs no macro-steps at all: its best case.
 * Run with `npx tsx test/bench/one-system.ts`; prints a table of error against cost for both.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf } from "../../src/engine/trajectory.ts";
import { bdf } from "../../src/numerics/ode-bdf.ts";
import { sharedSundials } from "../../src/numerics/sundials/shared.ts";
import { bindPathway, type PathwayModuleOptions } from "../../src/pathway/module-options.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { composeArm, disposeArm } from "../../src/scenario/arm-cell.ts";
import { recordInputs } from "../../src/scenario/files.ts";
import { nodeFiles } from "../../src/scenario/files-node.ts";
import { readCell } from "../../src/scenario/world.ts";

const HOURS = 12;
const TIMES = Float64Array.from({ length: 49 }, (_, i) => (i * HOURS) / 48);
const TOLERANCES = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
const file = fileURLToPath(new URL("../../models/ecoli/ecoli.cell.yaml", import.meta.url));
const world = await readCell(readFileSync(file, "utf8"), file, recordInputs(nodeFiles), undefined);

/** Values of the pools, biomass and the pathway's species at the times. */
type Outcome = { readonly values: ReadonlyMap<string, number>[]; readonly ms: number; readonly work: string };

async function coupled(tolerance: number): Promise<Outcome> {
  const arm = await composeArm("mechanistic", world, []);
  const begin = process.cpuUsage();
  const trajectory = await simulate(arm.cell, {
    t0: 0,
    t1: HOURS,
    output: TIMES,
    rtol: tolerance,
    atol: tolerance / 100,
  });
  const ms = spent(begin);
  const { statistics, variables } = trajectory;
  const states = variables.filter(({ role, owner }) => role === "state" && owner !== "regulator");
  const values = [...TIMES].map(
    (_, k) => new Map(states.map(({ id }) => [id, columnOf(trajectory, id)?.[k] ?? Number.NaN])),
  );
  const [solved, spared] = statistics.work.map(({ count }) => count);
  disposeArm(arm);
  return {
    values,
    ms,
    work: `${statistics.steps} steps, ${(solved ?? 0) + (spared ?? 0)} flux distributions, ${solved} programs`,
  };
}

async function oneSystem(tolerance: number): Promise<Outcome> {
  const { rhs, start, ids, work, dispose } = await joined();
  const integrate = bdf(sharedSundials());
  const begin = process.cpuUsage();
  let y: ArrayLike<number> = start;
  const values = [new Map(ids.map((id, i) => [id, start[i] ?? 0]))];
  let steps = 0;
  let k = 1;
  const options = {
    rtol: tolerance,
    atol: start.map((_, i) => (tolerance / 100) * nominal(ids[i] ?? "")),
    maxSteps: 1e6,
    maxStep: 1,
    firstStep: 1e-4,
  };
  const end = integrate({ size: start.length, rhs }, 0, y, HOURS, options, (step) => {
    steps++;
    for (; k < TIMES.length && (TIMES[k] ?? 0) <= step.t1; k++)
      values.push(new Map(ids.map((id, i) => [id, step.at(i, TIMES[k] ?? 0)])));
    y = step.y1;
    return true;
  });
  if (end.code !== "done") throw new Error(end.code);
  const found = { values, ms: spent(begin), work: `${steps} steps, ${work()}` };
  dispose();
  return found;
}

const variableById = new Map<string, { nominal: number; initial: number }>();
const nominal = (id: string) => variableById.get(id)?.nominal ?? 1;

/** The right-hand side of medium, biomass and pathway together. */
async function joined() {
  const arm = await composeArm("mechanistic", world, []);
  const { cell } = arm;
  for (const variable of cell.variables) variableById.set(variable.id, variable);
  const spec = world.manifest.spec.modules;
  const medium = spec.find((module) => "medium" in module);
  const sensing = spec.find((module) => "pathway" in module);
  const part = cell.parts.find(({ module }) => module.id === "metabolism");
  if (medium === undefined || sensing === undefined || part === undefined) throw new Error("not the shipped cell");
  const document = readSbml(readFileSync(fileURLToPath(new URL(sensing.sbml, `file://${file}`)), "utf8"));
  const binding = bindPathway({
    id: "sensing",
    document,
    inputs: Object.entries(sensing.inputs ?? {}).map(([sbml, input]) => ({ sbml, variable: String(input) })),
    owns: Object.entries(sensing.owns).map(([sbml, owned]) => ({ sbml, ...owned })),
  } as PathwayModuleOptions);
  const { pathway } = binding;
  const pools = cell.variables.filter(({ owner, role }) => owner === "medium" && role === "state").map(({ id }) => id);
  const ids = [...pools, ...pathway.states.map((_, s) => binding.owns[binding.stateOf.indexOf(s)]?.id ?? `inner ${s}`)];
  const all = new Float64Array(cell.variables.length).map((_, i) => cell.variables[i]?.initial ?? 0);
  const place = ids.map((id) => cell.index.get(id) ?? -1);
  const reads = new Float64Array(part.reads.length);
  const rates = new Float64Array(part.rateCount);
  const feedback = new Float64Array(part.slopeCount);
  const owned = all.subarray(part.offset, part.offset + part.count);
  const gas = pools.map((id) => medium.pools[id.replace("pool:", "")]?.transfer ?? { kLa: 0, saturation: 0 });
  const targets = part.module.adds.map(({ target }) => pools.indexOf(target));
  const inputs = binding.reads.map((id) => cell.index.get(id) ?? -1);

  const rhs = (t: number, y: ArrayLike<number>, dy: Float64Array): void => {
    place.forEach((i, k) => {
      if (i >= 0) all[i] = y[k] ?? 0;
    });
    part.reads.forEach((i, k) => {
      reads[k] = all[i] ?? 0;
    });
    part.module.evaluate({ t, reads, owned, rates, feedback });
    part.module.snapshot();
    dy.fill(0);
    gas.forEach(({ kLa, saturation }, k) => {
      dy[k] = kLa * (saturation - (y[k] ?? 0));
    });
    targets.forEach((k, a) => {
      dy[k] = (dy[k] ?? 0) + (rates[a] ?? 0);
    });
    binding.inputs.forEach(({ slot, factor }, k) => {
      pathway.values[slot] = factor * (all[inputs[k] ?? -1] ?? 0);
    });
    for (let s = 0; s < pathway.states.length; s++) pathway.stateValues[s] = y[pools.length + s] ?? 0;
    pathway.differentiate();
    dy.set(pathway.derivatives, pools.length);
  };
  const start = Float64Array.from(
    ids,
    (id, k) => variableById.get(id)?.initial ?? pathway.stateValues[k - pools.length] ?? 0,
  );
  const before = part.module.work?.().map(({ count }) => count) ?? [];
  const work = () => {
    const [solved = 0, spared = 0] = part.module.work?.().map(({ count }, i) => count - (before[i] ?? 0)) ?? [];
    return `${solved + spared} flux distributions, ${solved} programs`;
  };
  return { rhs, start, ids, work, dispose: () => disposeArm(arm) };
}

function spent(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/** Largest difference over times and states, in units of |x| + 0.01 nominal. */
function errorOf({ values }: Outcome, exact: Outcome): number {
  let most = 0;
  exact.values.forEach((right, k) => {
    for (const [id, x] of right) {
      const found = values[k]?.get(id);
      if (found !== undefined) most = Math.max(most, Math.abs(found - x) / (Math.abs(x) + 0.01 * nominal(id)));
    }
  });
  return most;
}

const exact = await oneSystem(1e-9);
console.log("| method | tolerance | error | processor time, ms | work |\n|---|---|---|---|---|");
for (const tolerance of TOLERANCES)
  for (const [name, run] of [
    ["macro-steps", coupled],
    ["one system", oneSystem],
  ] as const) {
    const runs = [await run(tolerance), await run(tolerance), await run(tolerance)];
    const ms = runs.map((outcome) => outcome.ms).sort((a, b) => a - b)[1] ?? 0;
    const [first = exact] = runs;
    console.log(
      `| ${name} | ${tolerance} | ${errorOf(first, exact).toExponential(1)} | ${ms.toFixed(0)} | ${first.work} |`,
    );
  }
