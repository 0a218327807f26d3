import type { CellModule } from "../../../src/cell/module.ts";
import { mediumModule } from "../../../src/metabolism/medium/medium.ts";
import { metabolicModule } from "../../../src/metabolism/module/metabolic-module.ts";
import { core } from "../flux-models.ts";
import type { CoupledProblem } from "./problem.ts";
import { rungeKutta } from "./runge-kutta.ts";

/** Respiration that the cell can carry where it is limited, mmol gDW^-1 h^-1. */
const RESPIRATION = 28;
const VMAX = 9;
const KM = 0.5;
/** mmol gDW^-1 h^-1 at a concentration in mmol/L. */
export const uptake = (c: number) => (VMAX * c) / (KM + c);

/** A batch of E. coli on glucose; where respiration is limited it overflows while glucose is plentiful. */
export async function batch(limited: boolean, gene?: string): Promise<CellModule[]> {
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
export async function yields(limited: boolean): Promise<(v: number) => { growth: number; acetate: number }> {
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

export const POOLS = ["pool:glc__D_e", "pool:ac_e", "biomass"];

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
