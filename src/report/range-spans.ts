import type { Trajectory } from "../engine/trajectory.ts";
import { codeOfWarning, type RangeCode } from "../regulation/range.ts";
import { endOf } from "./sample.ts";

/** Hours during which a regulator was asked beyond what it was trained on (OUT), or at its edge (EDGE). */
export interface RangeSpan {
  readonly code: RangeCode;
  readonly from: number;
  readonly to: number;
  readonly module: string;
}

/** The range of a whole run: the worst of its spans; IN outside of them. */
export interface RunRange {
  readonly code: RangeCode;
  readonly spans: readonly RangeSpan[];
}

export function rangeOfRun(trajectory: Trajectory): RunRange {
  const spans = trajectory.warnings.flatMap(({ t, until, module, message }): RangeSpan[] => {
    const code = codeOfWarning(message);
    return code === undefined ? [] : [{ code, from: t, to: until ?? endOf(trajectory), module }];
  });
  const has = (wanted: RangeCode) => spans.some(({ code }) => code === wanted);
  return { code: has("OUT") ? "OUT" : has("EDGE") ? "EDGE" : "IN", spans };
}
