import { readFileSync } from "node:fs";
import type { TimedEdit } from "../../src/cell/edit.ts";
import type { CellModule } from "../../src/cell/module.ts";
import { mediumModule } from "../../src/metabolism/medium.ts";
import { metabolicModule } from "../../src/metabolism/metabolic-module.ts";
import { fluxModel } from "../../src/metabolism/read-model.ts";
import { pathwayModule } from "../../src/pathway/module.ts";
import type { Regulator } from "../../src/regulation/regulator.ts";
import { regulatorModule } from "../../src/regulation/regulator-module.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { type Formula, smallModel } from "./mathml-model.ts";

/** A cell with a known solution. */
export interface CoupledProblem {
  readonly name: string;
  modules(): CellModule[] | Promise<CellModule[]>;
  readonly t1: number;
  readonly edits?: readonly TimedEdit[];
  /** States compared, and their values at ascending times; shape [times][states]. */
  readonly states: readonly string[];
  reference(times: readonly number[]): number[][] | Promise<number[][]>;
}

/** Inner tolerances, so tight that only the macro-step is seen. */
const TIGHT = { rtol: 1e-11, atol: 1e-11 };

/** Solution at the times by classical Runge-Kutta with steps of at most `h`, cut at the times and at `stops`. */
export function rungeKutta(
  f: (t: number, x: readonly number[]) => number[],
  x0: readonly number[],
  times: readonly number[],
  h: number,
): number[][] {
  let x = [...x0];
  let t = 0;
  return times.map((end) => {
    const steps = Math.max(1, Math.ceil((end - t) / h));
    const dt = (end - t) / steps;
    for (let k = 0; k < steps; k++) x = step(f, t + k * dt, x, dt);
    t = end;
    return x;
  });
}

function step(f: (t: number, x: readonly number[]) => number[], t: number, x: number[], h: number): number[] {
  const at = (k: readonly number[], share: number) => x.map((v, i) => v + share * h * (k[i] ?? 0));
  const k1 = f(t, x);
  const k2 = f(t + h / 2, at(k1, 0.5));
  const k3 = f(t + h / 2, at(k2, 0.5));
  const k4 = f(t + h, at(k3, 1));
  return x.map((v, i) => v + (h / 6) * ((k1[i] ?? 0) + 2 * (k2[i] ?? 0) + 2 * (k3[i] ?? 0) + (k4[i] ?? 0)));
}

/** A module of one state with a rate rule; inputs are other parameters. */
function single(
  id: string,
  state: { name: string; initial: number },
  rate: Formula,
  inputs: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, number>> = {},
): CellModule {
  const zeros = Object.fromEntries(Object.keys(inputs).map((name) => [name, 0]));
  return pathwayModule({
    id,
    document: smallModel({
      id,
      parameters: { [state.name]: state.initial, ...zeros, ...parameters },
      rates: { [state.name]: rate },
    }),
    inputs: Object.entries(inputs).map(([sbml, variable]) => ({ sbml, variable })),
    owns: [{ sbml: state.name, unit: "1", nominal: 1 }],
    ...TIGHT,
  });
}

/** Lotka and Volterra, prey and predator each a module; swings for ever. */
export const predatorPrey: CoupledProblem = {
  name: "ODE + ODE: predator and prey",
  modules: () => [
    single("prey", { name: "x", initial: 1 }, ["times", "x", ["minus", 1, "y"]], { y: "species:y" }),
    single("predator", { name: "y", initial: 0.5 }, ["times", "y", ["minus", "x", 1]], { x: "species:x" }),
  ],
  t1: 4,
  states: ["species:x", "species:y"],
  reference: (times) => rungeKutta((_t, [x = 0, y = 0]) => [x * (1 - y), y * (x - 1)], [1, 0.5], times, 2e-4),
};

/** Two species that relax towards what the other asks for. */
export const thermostat: CoupledProblem = {
  name: "ODE + ODE: relaxing to each other",
  modules: () => [
    single("fast", { name: "x", initial: 2 }, ["times", 5, ["minus", ["divide", 1, ["plus", 1, "y"]], "x"]], {
      y: "species:y",
    }),
    single("slow", { name: "y", initial: 0 }, ["minus", ["times", 3, "x"], "y"], { x: "species:x" }),
  ],
  t1: 4,
  states: ["species:x", "species:y"],
  reference: (times) => rungeKutta((_t, [x = 0, y = 0]) => [5 * (1 / (1 + y) - x), 3 * x - y], [2, 0], times, 2e-4),
};

const K = 0.7;
const target = (signal: number) => 1.5 * Math.sin(signal) - 0.4 * signal;

/** A regulator whose answer is a smooth, non-linear function of one effector. */
const sineRegulator = (): Regulator => ({
  name: "sine",
  names: { activities: [], environment: [], effectors: ["signal"], genes: ["b0001"], expression: ["b0001"] },
  reference: { activity: new Float64Array(0), environment: new Float64Array(0) },
  predict: (inputs, outputs) => {
    outputs.log2Expression[0] = target(inputs.effector[0] ?? 0);
  },
  dispose() {},
});

const learned = (variable: string, growth?: string): CellModule =>
  regulatorModule({
    id: "regulator",
    regulator: sineRegulator(),
    degradation: K,
    accuracy: 1e-10,
    effectors: [{ effector: "signal", variable, reference: 1, floor: 0.1 }],
    ...(growth === undefined ? {} : { growth }),
  });

/** A species makes a gene's expression, which makes the species. */
export const learnedLoop: CoupledProblem = {
  name: "ODE + learned: a gene and its effector",
  modules: () => [
    single("maker", { name: "x", initial: 2 }, ["minus", "e", "x"], { e: "expression:b0001" }),
    learned("species:x"),
  ],
  t1: 4,
  states: ["species:x", "expression:b0001"],
  reference: (times) =>
    rungeKutta((_t, [x = 0, e = 0]) => [e - x, K * (2 ** target(Math.log2((x + 0.1) / 1.1)) - e)], [2, 1], times, 2e-4),
};

/** The core model that ships. */
export const core = () =>
  fluxModel(readSbml(readFileSync(new URL("../../sbml/ecoli-core.xml", import.meta.url), "utf8")));

/** Respiration that the cell can carry where it is limited, mmol gDW^-1 h^-1. */
const RESPIRATION = 28;
const VMAX = 9;
const KM = 0.5;
const uptake = (c: number) => (VMAX * c) / (KM + c);

/** A batch of E. coli on glucose; where respiration is limited it overflows while glucose is plentiful. */
async function batch(limited: boolean, gene?: string): Promise<CellModule[]> {
  const pool = (variable: string, initial: number) => ({ variable, initial });
  const medium = mediumModule({
    pools: [pool("pool:glc__D_e", 8), pool("pool:ac_e", 0)],
    biomass: { initial: 0.3 },
    rtol: 1e-12,
  });
  const scaled = gene === undefined ? {} : { gene };
  const metabolism = await metabolicModule({
    id: "metabolism",
    model: core(),
    exchanges: [
      { reaction: "EX_glc__D_e", pool: "pool:glc__D_e", vmax: VMAX, km: KM, ...scaled },
      { reaction: "EX_ac_e", pool: "pool:ac_e", vmax: 0 },
    ],
    unlimited: ["EX_co2_e", "EX_h_e", "EX_h2o_e", "EX_pi_e", "EX_nh4_e", "EX_o2_e"],
    closed: "others",
    defaultCapacity: "none",
    expression: [],
    capacities: limited ? [{ reaction: "CYTBD", max: RESPIRATION }] : [],
  });
  return [medium, metabolism];
}

/** Growth and acetate per biomass as functions of glucose uptake: lines between basis changes, fitted to four solves. */
async function yields(limited: boolean): Promise<(v: number) => { growth: number; acetate: number }> {
  const [, metabolism] = await batch(limited);
  const at = async (c: number) => {
    const rates = new Float64Array(3);
    const owned = new Float64Array(metabolism?.owns.length ?? 0);
    const reads = Float64Array.of(c, 0, 1);
    await metabolism?.evaluate({ t: 0, reads, owned, rates, feedback: new Float64Array(6) });
    return { v: -(rates[0] ?? 0), acetate: rates[1] ?? 0, growth: rates[2] ?? 0 };
  };
  const line = async (c0: number, c1: number) => {
    const [a, b] = [await at(c0), await at(c1)];
    const through = (y0: number, y1: number) => (v: number) => y0 + ((v - a.v) / (b.v - a.v)) * (y1 - y0);
    return { growth: through(a.growth, b.growth), acetate: through(a.acetate, b.acetate) };
  };
  const [rich, poor] = [await line(6, 8), await line(0.3, 0.6)];
  metabolism?.dispose();
  return (v) => ({
    growth: Math.min(rich.growth(v), poor.growth(v)),
    acetate: Math.max(rich.acetate(v), poor.acetate(v)),
  });
}

async function batchReference(limited: boolean, times: readonly number[], h: number): Promise<number[][]> {
  const per = await yields(limited);
  const f = (_t: number, [c = 0, , x = 0]: readonly number[]) => {
    const v = uptake(c);
    const { growth, acetate } = per(v);
    return [-v * x, acetate * x, growth * x];
  };
  return rungeKutta(f, [8, 0, 0.3], times, h);
}

const POOLS = ["pool:glc__D_e", "pool:ac_e", "biomass"];

/** Glucose is respired; one basis of the linear program. */
export const respiring: CoupledProblem = {
  name: "ODE + FBA: a respiring batch",
  modules: () => batch(false),
  t1: 1.2,
  states: POOLS,
  reference: (times) => batchReference(false, times, 1e-3),
};

/** Respiration is limited: acetate overflows until glucose is scarce, then the basis changes. */
export const overflowing: CoupledProblem = {
  name: "basis change: overflow ends",
  modules: () => batch(true),
  t1: 1.6,
  states: POOLS,
  reference: (times) => batchReference(true, times, 2e-5),
};

/** Uptake needs a transporter whose gene follows a species that follows uptake. */
export const wholeCell: CoupledProblem = {
  name: "ODE + FBA + learned",
  modules: async () => [
    ...(await batch(false, "b0001")),
    single("sensing", { name: "x", initial: 1 }, ["times", 4, ["minus", ["divide", ["minus", 0, "v"], 8], "x"]], {
      v: "flux:EX_glc__D_e",
    }),
    learned("species:x"),
  ],
  t1: 1.2,
  states: [...POOLS, "species:x", "expression:b0001"],
  reference: async (times) => {
    const per = await yields(false);
    const f = (_t: number, [c = 0, , b = 0, x = 0, e = 0]: readonly number[]) => {
      const v = uptake(c) * e;
      const { growth, acetate } = per(v);
      const expressed = 2 ** target(Math.log2((x + 0.1) / 1.1));
      return [-v * b, acetate * b, growth * b, 4 * (v / 8 - x), K * (expressed - e)];
    };
    return rungeKutta(f, [8, 0, 0.3, 1, 1], times, 1e-3);
  },
};

const THRESHOLD = 1.7;

/** An SBML event halves a growing species whenever it reaches a threshold; another module follows it. */
export const triggered: CoupledProblem = {
  name: "trigger: division at a threshold",
  modules: () => [
    pathwayModule({
      id: "dividing",
      document: smallModel({
        id: "dividing",
        parameters: { x: 1, g: 0 },
        rates: { x: ["times", "g", "x"] },
        events: [{ when: ["geq", "x", THRESHOLD], set: { x: ["divide", "x", 2] } }],
      }),
      inputs: [{ sbml: "g", variable: "species:y" }],
      owns: [{ sbml: "x", unit: "1", nominal: 1 }],
      ...TIGHT,
    }),
    single("follower", { name: "y", initial: 1 }, ["minus", ["divide", 2, ["plus", 1, "x"]], "y"], { x: "species:x" }),
  ],
  t1: 2,
  states: ["species:x", "species:y"],
  reference: (times) => dividing(times),
};

/** By Runge-Kutta in pieces: each division is met by a Newton step on the length of the last step. */
function dividing(times: readonly number[]): number[][] {
  const f = (_t: number, [x = 0, y = 0]: readonly number[]) => [y * x, 2 / (1 + x) - y];
  const h = 1e-4;
  let [t, x] = [0, [1, 1]];
  return times.map((end) => {
    while (t < end) {
      const dt = Math.min(h, end - t);
      const next = step(f, t, x, dt);
      if ((next[0] ?? 0) < THRESHOLD) [t, x] = [t + dt, next];
      else {
        let share = dt;
        for (let k = 0; k < 50; k++) {
          const there = step(f, t, x, share);
          share += (THRESHOLD - (there[0] ?? 0)) / (f(0, there)[0] ?? 1);
        }
        const there = step(f, t, x, share);
        [t, x] = [t + share, [(there[0] ?? 0) / 2, there[1] ?? 0]];
      }
    }
    return x;
  });
}

/** A parameter changes for a while; both ends of the window are no multiples of any step. */
export const windowed: CoupledProblem = {
  name: "window: a parameter for a while",
  modules: () => [
    single("driven", { name: "x", initial: 1 }, ["minus", ["times", "k", "y"], "x"], { y: "species:y" }, { k: 1 }),
    single("driving", { name: "y", initial: 0.5 }, ["minus", ["divide", 2, ["plus", 1, "x"]], "y"], { x: "species:x" }),
  ],
  edits: [
    { edit: { kind: "parameter", module: "driven", parameter: "k", value: 4 }, from: Math.SQRT1_2, to: Math.E / 2 },
  ],
  t1: 2,
  states: ["species:x", "species:y"],
  reference: (times) => {
    const edges = [Math.SQRT1_2, Math.E / 2];
    const all = [...new Set([...times, ...edges])].sort((a, b) => a - b);
    const f =
      (k: number) =>
      (_t: number, [x = 0, y = 0]: readonly number[]) => [k * y - x, 2 / (1 + x) - y];
    let [t, x] = [0, [1, 0.5]];
    const found = new Map<number, number[]>();
    for (const end of all) {
      const k = t >= (edges[0] ?? 0) && t < (edges[1] ?? 0) ? 4 : 1;
      x = rungeKutta(f(k), x, [end - t], 2e-4)[0] ?? x;
      t = end;
      found.set(end, x);
    }
    return times.map((time) => found.get(time) ?? []);
  },
};
