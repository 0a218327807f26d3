import type { Trajectory } from "../../engine/trajectory.ts";
import type { RangeCode } from "../../regulation/range/range.ts";
import { codeOfWarning, fallbackOfWarning } from "../../regulation/range/range-status.ts";
import { endOf } from "./sample.ts";

/** Hours during which a regulator was asked beyond what it was trained on (OUT), or at its edge (EDGE). */
export interface RangeSpan {
  readonly code: RangeCode;
  readonly from: number;
  readonly to: number;
  readonly module: string;
  /** The fallback that answers in the regulator's place; null where it answers itself. */
  readonly answers: string | null;
}

/** The range of a whole run: the worst of its spans; IN outside of them. */
export interface RunRange {
  readonly code: RangeCode;
  readonly spans: readonly RangeSpan[];
  /** How far the state was from what the regulator was trained on, at most, and when; null where no regulator tells. */
  readonly farthest: { readonly distance: number; readonly at: number } | null;
}

export function rangeOfRun(trajectory: Trajectory): RunRange {
  const spans = trajectory.warnings.flatMap(({ t, until, module, message }): RangeSpan[] => {
    const code = codeOfWarning(message);
    if (code === undefined) return [];
    const answers = fallbackOfWarning(message) ?? null;
    return [{ code, from: t, to: until ?? endOf(trajectory), module, answers }];
  });
  const has = (wanted: RangeCode) => spans.some(({ code }) => code === wanted);
  return { code: has("OUT") ? "OUT" : has("EDGE") ? "EDGE" : "IN", spans, farthest: farthestOf(trajectory) };
}

function farthestOf({ variables, columns, times }: Trajectory): RunRange["farthest"] {
  const column = columns[variables.findIndex(({ kind }) => kind === "distance")];
  if (column === undefined || column.length === 0) return null;
  const most = column.reduce((best, value, i) => (value > (column[best] ?? 0) ? i : best), 0);
  return { distance: column[most] ?? 0, at: times[most] ?? 0 };
}
