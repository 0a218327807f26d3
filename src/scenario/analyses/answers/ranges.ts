import { variability } from "../../../metabolism/balance/fva.ts";
import { heldAt } from "../../../metabolism/balance/grid.ts";
import { type PhasePlane, phasePlane } from "../../../metabolism/balance/phase-plane.ts";
import { sampleFluxes } from "../../../metabolism/sampling/sample.ts";
import type { AnalysisRow, Answering } from "../analysis.ts";
import { without } from "./rows.ts";

/** Share of samples below the least, and above the largest value of a row. */
const TAIL = 0.025;

const ranges: Answering = async ({ reactions, fraction, loopless }, { model, bounds }) => {
  const only = reactions === undefined ? {} : { reactions };
  const found = await variability(model, { bounds, fraction, loopless, ...only });
  if (found.status !== "optimal") return without(found.status, found.message);
  const { status, objective, minimum, maximum } = found;
  const rows = Array.from(found.reactions, (j, k): AnalysisRow => {
    const [least, most] = [minimum[k] ?? Number.NaN, maximum[k] ?? Number.NaN];
    const known = Number.isNaN(least) || Number.isNaN(most) ? "failed" : status;
    return { subject: model.reactions[j]?.id ?? "", status: known, value: Number.NaN, minimum: least, maximum: most };
  });
  return { status, objective, rows };
};

/** A row a point, the largest objective first among all points. */
const envelope: Answering = async ({ reactions = [], points }, { model, bounds }) => {
  const found = await phasePlane(model, reactions, { bounds, points, yields: false });
  const rows = Array.from(found.minimum, (minimum, k): AnalysisRow => {
    const status = Number.isNaN(minimum) ? "infeasible" : "optimal";
    const maximum = found.maximum[k] ?? Number.NaN;
    return { subject: pointName(found, k), status, value: Number.NaN, minimum, maximum };
  });
  const known = found.maximum.filter((v) => !Number.isNaN(v));
  return { status: "optimal", objective: model.sense === "maximize" ? Math.max(...known) : Math.min(...known), rows };
};

/** Fluxes held at a point of the grid, `EX_ac_e=10, EX_o2_e=-5`. */
function pointName({ axes }: PhasePlane, point: number): string {
  const held = heldAt(axes, point);
  return axes.map(({ reaction }, a) => `${reaction}=${Number((held[a] ?? 0).toPrecision(6))}`).join(", ");
}

/** Means of sampled fluxes, and between which 95 % of them lie. */
const samples: Answering = async ({ count, seed, fraction }, { model, bounds }) => {
  const found = await sampleFluxes(model, count, { bounds, seed, fraction });
  const rows = model.reactions.map(({ id }, j): AnalysisRow => {
    const values = Float64Array.from(found.samples, (v) => v[j] ?? Number.NaN).toSorted();
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
    return { subject: id, status: "optimal", value: mean, minimum: at(TAIL), maximum: at(1 - TAIL) };
  });
  return { status: "optimal", objective: Number.NaN, rows };
};

/** Questions whose answer is a range for each subject. */
export const RANGES = new Map<string, Answering>([
  ["fva", ranges],
  ["envelope", envelope],
  ["sample", samples],
]);
