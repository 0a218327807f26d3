import type { Window } from "../../cell/module.ts";
import { rateAt } from "../../cell/window.ts";
import type { AffineSolution } from "../../numerics/ode/affine-ode.ts";
import { NODES, WEIGHTS } from "../../numerics/ode/affine-radau.ts";
import type { Inflow } from "./inflow.ts";
import type { MediumParameters } from "./parameters.ts";

/**
 * Fills what every contribution and the medium itself moved, with the weights of the integration, and the values at the
 * end as their sum: the ledger closes to round-off.
 */
export function settleAccounts(
  window: Window,
  parameters: MediumParameters,
  inflow: Inflow,
  solution: AffineSolution,
): void {
  const { start, owned, moved, contributions } = window;
  const own = window.own ?? new Float64Array(start.length);
  moved.fill(0);
  own.fill(0);
  const n = start.length;
  for (let k = 0; k < solution.count; k++) {
    const step = solution.steps[k];
    if (step === undefined) continue;
    for (let j = 0; j < 3; j++) {
      const weight = step.h * (WEIGHTS[j] ?? 0);
      const t = step.t + step.h * (NODES[j] ?? 0);
      const s = (t - window.t0) / (window.t1 - window.t0);
      const values = step.values.subarray(j * n, (j + 1) * n);
      for (let c = 0; c < contributions.length; c++) {
        const contribution = contributions[c];
        if (contribution !== undefined) moved[c] = (moved[c] ?? 0) + weight * rateAt(contribution, s, values);
      }
      addOwn(parameters, inflow, t, weight, values, own);
    }
  }
  holdStill(window, parameters, own);
  for (let i = 0; i < n; i++) owned[i] = (start[i] ?? 0) + (own[i] ?? 0);
  for (let c = 0; c < contributions.length; c++) {
    const target = contributions[c]?.target ?? 0;
    owned[target] = (owned[target] ?? 0) + (moved[c] ?? 0);
  }
  for (let i = 0; i < n; i++) if (parameters.exchanges[i]?.held === true) owned[i] = start[i] ?? 0;
}

function addOwn(
  { vessel, exchanges }: MediumParameters,
  inflow: Inflow,
  t: number,
  weight: number,
  x: Float64Array,
  own: Float64Array,
): void {
  const dilution = inflow.dilution(t);
  for (let i = 0; i < exchanges.length; i++) {
    const exchange = exchanges[i];
    if (exchange === undefined || exchange.held) continue;
    const value = x[i] ?? 0;
    const rate =
      i === vessel?.at
        ? inflow.flow(t)
        : exchange.kLa * (exchange.saturation - value) + dilution * (exchange.feed - value);
    own[i] = (own[i] ?? 0) + weight * rate;
  }
}

/** What is held makes up for whatever others move. */
function holdStill({ contributions, moved }: Window, { exchanges }: MediumParameters, own: Float64Array): void {
  for (let c = 0; c < contributions.length; c++) {
    const target = contributions[c]?.target ?? 0;
    if (exchanges[target]?.held === true) own[target] = (own[target] ?? 0) - (moved[c] ?? 0);
  }
}
