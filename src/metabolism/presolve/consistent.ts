import type { LpRuntime, LpSession } from "../../numerics/programs/lp.ts";
import type { FluxModel } from "../model/flux-model.ts";
import { matrixBuilder, netProgram } from "../model/program.ts";

/** A flux above this is flux, mmol gDW^-1 h^-1. */
const NOTHING = 1e-9;
/** Up to here a one-way flux counts where all are raised at once: so little that they hardly compete. */
const SHARE = 1e-5;

/**
 * Which reactions can carry flux within the bounds, whatever the objective: 1 where they can, shape [reactions]. One
 * program raises all one-way fluxes together; what it leaves at zero is asked for one by one.
 * @param model with bounds that contain 0, so that there is always a solution
 * @see doi:10.1371/journal.pcbi.1003424 (FASTCC)
 */
export function canCarry(runtime: LpRuntime, model: FluxModel): Uint8Array {
  const n = model.reactions.length;
  const used = raisedTogether(runtime, model);
  const session = runtime.open({
    ...netProgram(model),
    sense: "maximize",
    changing: "costs",
    cost: new Float64Array(n),
  });
  const { lower, upper } = model.bounds;
  try {
    if (session.solve() !== "optimal") return used.fill(1);
    session.startFrom(session.basis());
    for (let j = 0; j < n; j++) {
      if (used[j] === 0 && (upper[j] ?? 0) > 0) ask(session, j, 1, used);
      if (used[j] === 0 && (lower[j] ?? 0) < 0) ask(session, j, -1, used);
    }
    return used;
  } finally {
    session.dispose();
  }
}

function ask(session: LpSession, j: number, direction: number, used: Uint8Array): void {
  session.setCost(j, direction);
  if (session.solve() === "optimal") note(session.point().values, used);
  else used[j] = 1;
  session.setCost(j, 0);
}

/** Every one-way column twice: up to SHARE with a reward, and the rest of its range without. */
function raisedTogether(runtime: LpRuntime, model: FluxModel): Uint8Array {
  const net = netProgram(model);
  const n = model.reactions.length;
  const { rowCount } = model.stoichiometry;
  const oneWay = [...net.lower.keys()].filter((j) => (net.lower[j] ?? 0) >= 0 || (net.upper[j] ?? 0) <= 0);
  const builder = matrixBuilder(rowCount);
  for (const j of [...net.lower.keys(), ...oneWay]) {
    builder.column(model.stoichiometry, j);
    builder.end();
  }
  const clamp = (b: number) => Math.min(SHARE, Math.max(-SHARE, b));
  const sign = oneWay.map((j) => ((net.upper[j] ?? 0) > 0 ? 1 : -1));
  const session = runtime.open({
    ...net,
    sense: "maximize",
    matrix: builder.matrix(),
    cost: Float64Array.of(...new Float64Array(n), ...sign),
    lower: Float64Array.of(...net.lower, ...oneWay.map((j) => clamp(net.lower[j] ?? 0))),
    upper: Float64Array.of(...net.upper, ...oneWay.map((j) => clamp(net.upper[j] ?? 0))),
  });
  const used = new Uint8Array(n);
  try {
    if (session.solve() !== "optimal") return used;
    const point = session.point().values;
    note(point.subarray(0, n), used);
    oneWay.forEach((j, k) => {
      if (Math.abs(point[n + k] ?? 0) > NOTHING) used[j] = 1;
    });
    return used;
  } finally {
    session.dispose();
  }
}

function note(values: Float64Array, used: Uint8Array): void {
  for (let j = 0; j < used.length; j++) if (Math.abs(values[j] ?? 0) > NOTHING) used[j] = 1;
}
