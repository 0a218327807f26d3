import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import { endOf, valueAt } from "./sample.ts";
import { isSupplied, movedByCell } from "./supplied.ts";

export const BIOMASS = "biomass";
export const GLUCOSE = "pool:glc__D_e";
export const ACETATE = "pool:ac_e";
export const OXYGEN = "pool:o2_e";

/** What a microbiologist reads off a batch culture; a number is absent where the cell has no such variable. */
export interface Findings {
  /** Largest specific growth rate over a quarter of an hour, 1/h, and when, h. */
  readonly growthRate?: number;
  readonly growthTime?: number;
  /** gDW/L at the end. */
  readonly finalBiomass?: number;
  /** Hour at which glucose falls below 1 % of its start. */
  readonly glucoseExhausted?: number;
  /** Biomass made per glucose used, until glucose is exhausted or the run ends; of the whole run where supplied, gDW/mmol. */
  readonly biomassYield?: number;
  /** Highest acetate, mmol/L, and when, h. */
  readonly maxAcetate?: number;
  readonly maxAcetateTime?: number;
  /** Acetate made per glucose used until then, mol/mol; absent where either was supplied or taken away. */
  readonly acetateYield?: number;
}

/** Largest slope of the logarithm of biomass over windows of `span` hours. */
function fastestGrowth(times: Float64Array, biomass: Float64Array, span: number): [rate: number, time: number] {
  let best = Number.NEGATIVE_INFINITY;
  let at = Number.NaN;
  for (let i = 0, j = 0; i < times.length; i++) {
    const t0 = times[i] ?? 0;
    while (j < times.length - 1 && (times[j] ?? 0) < t0 + span - 1e-9) j++;
    const t1 = times[j] ?? 0;
    if (t1 < t0 + span - 1e-9) break;
    const rate = Math.log((biomass[j] ?? Number.NaN) / (biomass[i] ?? Number.NaN)) / (t1 - t0);
    if (rate > best) {
      best = rate;
      at = (t0 + t1) / 2;
    }
  }
  return [best, at];
}

/** First time at which a column is at or below a level, linear between points; undefined where never. */
export function firstBelow(times: Float64Array, column: Float64Array, level: number, from = 0): number | undefined {
  for (let i = from; i < times.length; i++) {
    const now = column[i] ?? Number.NaN;
    if (!(now <= level)) continue;
    const t1 = times[i] ?? 0;
    const before = i > from ? (column[i - 1] ?? now) : now;
    if (before <= level) return t1;
    const t0 = times[i - 1] ?? t1;
    return t0 + ((before - level) / (before - now)) * (t1 - t0);
  }
  return undefined;
}

/** Index of the largest value. */
export function largestAt(column: Float64Array): number {
  let at = 0;
  for (let i = 1; i < column.length; i++) if ((column[i] ?? 0) > (column[at] ?? 0)) at = i;
  return at;
}

function growthOf(times: Float64Array, biomass: Float64Array): Findings {
  const [rate, time] = fastestGrowth(times, biomass, Math.min(0.25, (times.at(-1) ?? 0) / 4));
  const finalBiomass = biomass.at(-1) ?? Number.NaN;
  return Number.isFinite(rate) ? { growthRate: rate, growthTime: time, finalBiomass } : { finalBiomass };
}

function glucoseOf(trajectory: Trajectory, glucose: Float64Array, biomass: Float64Array | undefined): Findings {
  const { times } = trajectory;
  const start = glucose[0] ?? 0;
  if (!(start > 0)) return {};
  const exhausted = usedUpAt(trajectory, GLUCOSE, glucose);
  const t = exhausted ?? endOf(trajectory);
  const supplied = isSupplied(trajectory, GLUCOSE) || isSupplied(trajectory, BIOMASS);
  const used = supplied ? -movedByCell(trajectory, GLUCOSE) : start - valueAt(times, glucose, t);
  const made = (column: Float64Array) =>
    supplied ? movedByCell(trajectory, BIOMASS) : valueAt(times, column, t) - (column[0] ?? 0);
  return {
    ...(exhausted === undefined ? {} : { glucoseExhausted: exhausted }),
    ...(biomass && used > 0.01 * start ? { biomassYield: made(biomass) / used } : {}),
  };
}

/** Hour at which a pool was used up, as located inside the steps; read between the points where the run doesn't say. */
export function usedUpAt({ times, depletions }: Trajectory, id: string, column: Float64Array): number | undefined {
  if (depletions === undefined) return firstBelow(times, column, 0.01 * (column[0] ?? 0));
  return depletions.find(({ variable }) => variable === id)?.t;
}

function acetateOf(trajectory: Trajectory, acetate: Float64Array, glucose: Float64Array | undefined): Findings {
  const { times } = trajectory;
  const supplied = isSupplied(trajectory, GLUCOSE) || isSupplied(trajectory, ACETATE);
  const peak = largestAt(acetate);
  const made = (acetate[peak] ?? 0) - (acetate[0] ?? 0);
  const used = glucose ? (glucose[0] ?? 0) - (glucose[peak] ?? 0) : 0;
  return {
    maxAcetate: acetate[peak] ?? 0,
    maxAcetateTime: times[peak] ?? 0,
    ...(used > 0 && !supplied ? { acetateYield: made / used } : {}),
  };
}

/** Reads the findings of one run off its trajectory. */
export function findingsOf(trajectory: Trajectory): Findings {
  if (trajectory.times.length < 2) return {};
  const biomass = columnOf(trajectory, BIOMASS);
  const glucose = columnOf(trajectory, GLUCOSE);
  const acetate = columnOf(trajectory, ACETATE);
  return {
    ...(biomass ? growthOf(trajectory.times, biomass) : {}),
    ...(glucose ? glucoseOf(trajectory, glucose, biomass) : {}),
    ...(acetate ? acetateOf(trajectory, acetate, glucose) : {}),
  };
}
