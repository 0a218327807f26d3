/**
 * The alternative to coupled macro-steps: medium, pathway and fluxes as one system of differential equations in one
 * implicit integrator, with the fluxes from the optimal basis inside the right-hand side. Measured on the shipped cell's
 * mechanistic arm, where nothing is learned and the alternative needs no macro-steps at all: its best case.
 * Run with `npx tsx test/bench/one-system.ts`; prints a table of error against cost for both and draws
 * `stepping-cost.svg` beside `test/conformance/stepping.md`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scaleLog } from "d3";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf } from "../../src/engine/trajectory.ts";
import { implicitIntegrator } from "../../src/numerics/ode/ode-implicit.ts";
import { sharedSundials } from "../../src/numerics/sundials/shared.ts";
import { bindPathway, type PathwayModuleOptions } from "../../src/pathway/module/options.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { composeArm, disposeArm } from "../../src/scenario/arms/arm-cell.ts";
import { recordInputs } from "../../src/scenario/documents/files.ts";
import { nodeFiles } from "../../src/scenario/documents/files-node.ts";
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
  const integrate = implicitIntegrator(sharedSundials(), "bdf");
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

interface Measured {
  readonly method: "macro-steps" | "one system";
  readonly tolerance: number;
  readonly error: number;
  readonly ms: number;
}

const exact = await oneSystem(1e-9);
const measured: Measured[] = [];
console.log("| method | tolerance | error | processor time, ms | work |\n|---|---|---|---|---|");
for (const tolerance of TOLERANCES)
  for (const [method, run] of [
    ["macro-steps", coupled],
    ["one system", oneSystem],
  ] as const) {
    const runs = [await run(tolerance), await run(tolerance), await run(tolerance)];
    const ms = runs.map((outcome) => outcome.ms).sort((a, b) => a - b)[1] ?? 0;
    const [first = exact] = runs;
    const error = errorOf(first, exact);
    measured.push({ method, tolerance, error, ms });
    console.log(`| ${method} | ${tolerance} | ${error.toExponential(1)} | ${ms.toFixed(0)} | ${first.work} |`);
  }
writeFileSync(new URL("../conformance/stepping-cost.svg", import.meta.url), figure(measured));

/** Error against processor time, a line a method, a dot a tolerance. */
function figure(points: readonly Measured[]): string {
  const across = scaleLog([30, 3000], [80, 480]);
  const up = scaleLog([1e-5, 100], [300, 50]);
  const colours = { "macro-steps": "#0072b2", "one system": "#d55e00" } as const;
  const lines = (["macro-steps", "one system"] as const).map((method) => {
    const own = points.filter((point) => point.method === method);
    const at = own.map(({ ms, error }) => [across(ms).toFixed(1), up(error).toFixed(1)] as const);
    const dots = at.map(
      ([x, y], i) =>
        `<circle cx="${x}" cy="${y}" r="3.5"/><text x="${x}" y="${Number(y) - 8}" text-anchor="middle" font-size="10">${own[i]?.tolerance.toExponential(0)}</text>`,
    );
    const path = at.map((point) => point.join(",")).join(" ");
    return `<g fill="${colours[method]}"><polyline points="${path}" fill="none" stroke="${colours[method]}" stroke-width="1.5"/>${dots.join("")}</g>`;
  });
  const rows = [-5, -4, -3, -2, -1, 0, 1, 2].map((power) => {
    const y = up(10 ** power);
    return `<line x1="80" x2="480" y1="${y}" y2="${y}" stroke="#eee"/><text x="72" y="${y + 4}" text-anchor="end">1e${power}</text>`;
  });
  const ticks = [30, 100, 300, 1000, 3000].map(
    (ms) => `<text x="${across(ms)}" y="318" text-anchor="middle">${ms}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 350" font-family="sans-serif" font-size="12">
<title>Error against processor time: coupled macro-steps and one system of differential equations</title>
<rect width="640" height="350" fill="#fff"/><text x="80" y="30" font-weight="bold">Shipped cell, mechanistic arm, 12 h (at the dots: tolerance asked)</text>
${rows.join("")}${lines.join("")}${ticks.join("")}
<text x="280" y="340" text-anchor="middle">processor time (ms)</text><text transform="translate(30 175) rotate(-90)" text-anchor="middle">largest relative error</text>
<text x="496" y="120" fill="${colours["macro-steps"]}">coupled macro-steps</text><text x="496" y="140" fill="${colours["one system"]}">one system (BDF)</text>
</svg>
`;
}
