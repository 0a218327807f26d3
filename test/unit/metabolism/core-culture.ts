import type { CellModule } from "../../../src/cell/module.ts";
import { copyBounds, type FluxBounds } from "../../../src/metabolism/model/flux-model.ts";
import type { MetabolicOptions } from "../../../src/metabolism/module/options.ts";
import { core } from "../../support/flux-models.ts";

export const model = core();
export const options: MetabolicOptions = {
  id: "metabolism",
  model,
  exchanges: [
    { reaction: "EX_glc__D_e", pool: "pool:glc__D_e", vmax: 10, km: 0.015 },
    { reaction: "EX_o2_e", pool: "pool:o2_e", vmax: 15, km: 0.001 },
    { reaction: "EX_ac_e", pool: "pool:ac_e", vmax: 5, km: 0.5 },
    { reaction: "EX_nh4_e", pool: "pool:nh4_e", vmax: 10, km: 0.01 },
    { reaction: "EX_co2_e", pool: "pool:co2_e", vmax: 0 },
    { reaction: "EX_etoh_e", pool: "pool:etoh_e", vmax: 0 },
    { reaction: "EX_for_e", pool: "pool:for_e", vmax: 0 },
  ],
  unlimited: ["EX_h2o_e", "EX_h_e", "EX_pi_e"],
  closed: "others",
  expression: [],
};
export const POOLS = options.exchanges.length;
export const RICH = [10, 0.2, 0, 20, 0, 0, 0, 0.05];

/** Bounds that the culture's kinetics ask for, mmol gDW^-1 h^-1, written down apart from the module. */
export function boundsAt(reads: readonly number[]): FluxBounds {
  const bounds = copyBounds(model.bounds);
  model.reactions.forEach(({ id, boundary }, j) => {
    if (!boundary || options.unlimited?.includes(id)) return;
    const k = options.exchanges.findIndex(({ reaction }) => reaction === id);
    const { vmax = 0, km = 1 } = options.exchanges[k] ?? {};
    bounds.lower[j] = -(vmax * (reads[k] ?? 0)) / (km + (reads[k] ?? 0));
    if (k < 0) bounds.upper[j] = 0;
  });
  return bounds;
}

export interface Evaluated {
  readonly status: Awaited<ReturnType<CellModule["evaluate"]>>;
  readonly owned: Float64Array;
  readonly rates: Float64Array;
  readonly feedback: Float64Array;
  readonly flux: (id: string) => number;
}

export function evaluate(module: CellModule, reads: readonly number[], t = 0): Evaluated {
  const owned = new Float64Array(module.owns.length);
  const rates = new Float64Array(module.adds.length);
  const feedback = new Float64Array(module.adds.reduce((sum, add) => sum + add.feedback.length, 0));
  const status = module.evaluate({ t, reads: Float64Array.from(reads), owned, rates, feedback });
  if (status instanceof Promise) throw new Error("evaluation is immediate");
  const flux = (id: string) => owned[module.owns.findIndex((v) => v.id === `flux:${id}`)] ?? Number.NaN;
  return { status, owned, rates, feedback, flux };
}

/** Points over the medium that a batch passes through: rich, oxygen-limited, starving of one thing or another. */
export const POINTS = Array.from({ length: 60 }, (_, k) => {
  const pick = (list: readonly number[], stride: number) => list[(k * stride) % list.length] ?? 0;
  return [
    pick([10, 0.03, 0.002, 0, 1], 1),
    pick([0.2, 0.0004, 0, 0.002], 3),
    pick([0, 2, 0.1], 2),
    pick([20, 0.005], 1),
    0,
    0,
    0,
    0.3,
  ];
});
