import type { Window } from "../../cell/module.ts";
import { between, parabola } from "../../cell/window.ts";
import type { AffineSystem } from "../../numerics/ode/affine-ode.ts";
import type { Inflow } from "./inflow.ts";
import type { MediumParameters } from "./parameters.ts";

/** The medium over one window as x' = A(t) x + b(t): gas transfer, dilution, and what others add. */
export function mediumSystem(window: Window, parameters: MediumParameters, inflow: Inflow, size: number): AffineSystem {
  const active = activeVariables(window, parameters, inflow, size);
  const column = new Int32Array(size).fill(-1);
  active.forEach((variable, q) => {
    column[variable] = q;
  });
  return {
    size,
    active,
    fill(t, matrix, vector) {
      addExchange(parameters, inflow, t, active.length, column, matrix, vector);
      addContributions(window, parameters, t, column, active.length, matrix, vector);
    },
  };
}

function activeVariables(
  { contributions }: Window,
  { vessel, exchanges }: MediumParameters,
  { runs }: Inflow,
  size: number,
): Int32Array {
  const active = new Uint8Array(size);
  exchanges.forEach((exchange, i) => {
    if (!exchange.held && i !== vessel?.at && (exchange.kLa > 0 || runs)) active[i] = 1;
  });
  for (const { feedback } of contributions)
    for (const f of feedback) if (f.slope0 !== 0 || f.slope1 !== 0) active[f.variable] = 1;
  return Int32Array.from(active.keys()).filter((i) => active[i] === 1);
}

function addExchange(
  { vessel, exchanges }: MediumParameters,
  inflow: Inflow,
  t: number,
  width: number,
  column: Int32Array,
  matrix: Float64Array,
  vector: Float64Array,
): void {
  const dilution = inflow.dilution(t);
  if (vessel !== undefined) vector[vessel.at] = inflow.flow(t);
  for (let i = 0; i < exchanges.length; i++) {
    const exchange = exchanges[i];
    if (exchange === undefined || exchange.held || i === vessel?.at) continue;
    vector[i] = exchange.kLa * exchange.saturation + dilution * exchange.feed;
    const q = column[i] ?? -1;
    if (q >= 0) matrix[i * width + q] = -(exchange.kLa + dilution);
  }
}

function addContributions(
  { contributions, t0, t1 }: Window,
  { exchanges }: MediumParameters,
  t: number,
  column: Int32Array,
  width: number,
  matrix: Float64Array,
  vector: Float64Array,
): void {
  const s = (t - t0) / (t1 - t0);
  for (const { target, rate0, rate1, bend = 0, feedback } of contributions) {
    if (exchanges[target]?.held === true) continue;
    let constant = parabola(rate0, rate1, bend, s);
    for (const f of feedback) {
      const slope = between(f.slope0, f.slope1, s);
      const q = column[f.variable] ?? -1;
      if (q < 0) continue;
      constant -= slope * parabola(f.anchor0, f.anchor1, f.anchorBend ?? 0, s);
      matrix[target * width + q] = (matrix[target * width + q] ?? 0) + slope;
    }
    vector[target] = (vector[target] ?? 0) + constant;
  }
}
