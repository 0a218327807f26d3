import type { LinearProgram } from "../../numerics/programs/lp.ts";
import { withSums } from "../model/program.ts";
import type { RoomProgram } from "./room-program.ts";
import type { ToleratedRange } from "./tolerated-ranges.ts";

/**
 * The mixed-integer program with a row for each known conflict: at least one of its switches is on.
 * @param conflicts indices of ranges that can't all be kept
 */
export function withCuts(
  { program, left, open }: RoomProgram,
  ranges: readonly ToleratedRange[],
  conflicts: readonly (readonly number[])[],
): LinearProgram {
  const first = program.cost.length - open.length;
  const column = new Map(open.map((range, k) => [range, first + k]));
  const settles = new Set(left);
  const sets = conflicts
    .map((set) => set.flatMap((k) => ranges[k] ?? []))
    .filter((set) => !set.some((r) => settles.has(r)));
  const rows = sets.map((set) => set.flatMap((range) => column.get(range) ?? []));
  return {
    ...program,
    matrix: withSums(program.matrix, rows),
    rowLower: Float64Array.of(...program.rowLower, ...rows.map(() => 1)),
    rowUpper: Float64Array.of(...program.rowUpper, ...rows.map(() => Number.POSITIVE_INFINITY)),
  };
}
