import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import type { RangeCode } from "../../regulation/range/range.ts";
import { codeOfWarning } from "../../regulation/range/range-status.ts";
import type { PerturbationMark, ReportArm } from "../input.ts";

/** One time of a band: hours, and the ends of the interval in the variable's unit. */
export interface BandPoint {
  readonly t: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The 90 % interval of a variable that the arm's regulator answers for, while genes are perturbed: as wide as its card
 * says of deletions that it has seen, of such as it hasn't, and of what is out of its range. Expression follows the regulator's answer by turnover, and so does its width.
 * @returns undefined where the regulator does not answer for the variable, or nothing is known of its errors
 */
export function bandOf(
  { trajectory, uncertainty }: ReportArm,
  id: string,
  perturbations: readonly PerturbationMark[],
): BandPoint[] | undefined {
  const column = columnOf(trajectory, id);
  if (uncertainty === undefined || column === undefined) return undefined;
  if (trajectory.variables.find((variable) => variable.id === id)?.owner !== uncertainty.module) return undefined;
  const [kind, name = ""] = splitId(id);
  if (kind !== "activity" && kind !== "expression") return undefined;
  const widths = [uncertainty.seen, uncertainty.within, uncertainty.beyond].map((by) => by[kind].get(name));
  const [seen, within, beyond] = widths;
  const windows = perturbations.filter(({ gene }) => gene === true);
  if (seen === undefined || within === undefined || beyond === undefined || windows.length === 0) return undefined;
  const [edge, out] = (["EDGE", "OUT"] as const).map((code) => rangeWindows(trajectory, uncertainty.module, code));
  const during = (spans: readonly Span[] = [], t: number) => spans.some(({ from, to }) => t >= from && t <= to);
  const share = shareOf(trajectory, uncertainty, windows);
  return Array.from(trajectory.times, (t, i) => {
    const width = (share[i] ?? 0) * (during(out, t) ? beyond : during(edge, t) ? within : seen);
    const value = column[i] ?? Number.NaN;
    if (kind === "activity") return { t, low: value - width, high: value + width };
    return { t, low: value * 2 ** -width, high: value * 2 ** width };
  });
}

function splitId(id: string): [string, string] {
  const colon = id.indexOf(":");
  return [id.slice(0, colon), id.slice(colon + 1)];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** When a regulator's module said that it was asked at the edge of its range, or outside. */
function rangeWindows({ warnings }: Trajectory, module: string, code: RangeCode): Span[] {
  return warnings
    .filter((warning) => warning.module === module && codeOfWarning(warning.message) === code)
    .map(({ t, until }) => ({ from: t, to: until ?? Number.POSITIVE_INFINITY }));
}

/** How much of a perturbation's effect has come about, 0 to 1: all of it where it is there from the start. */
function shareOf(
  trajectory: Trajectory,
  { degradation, growth }: NonNullable<ReportArm["uncertainty"]>,
  windows: readonly PerturbationMark[],
): Float64Array {
  const { times } = trajectory;
  const dilution = growth === undefined ? undefined : columnOf(trajectory, growth);
  const share = new Float64Array(times.length);
  const inForce = (t: number) => windows.some(({ from, to }) => t >= from && t < to);
  share[0] = inForce(times[0] ?? 0) ? 1 : 0;
  for (let i = 1; i < times.length; i++) {
    const [before = 0, now = 0] = [times[i - 1], times[i]];
    const rate = degradation + Math.max(0, dilution?.[i] ?? 0);
    const goal = inForce((before + now) / 2) ? 1 : 0;
    share[i] = goal + ((share[i - 1] ?? 0) - goal) * Math.exp(-rate * (now - before));
  }
  return share;
}
