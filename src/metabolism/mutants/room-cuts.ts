import type { LinearProgram } from "../../numerics/programs/lp.ts";
import { matrixBuilder } from "../model/program.ts";
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
  const { matrix, cost } = program;
  const first = cost.length - open.length;
  const column = new Map(open.map((range, k) => [range, first + k]));
  const settles = new Set(left);
  const sets = conflicts
    .map((set) => set.flatMap((k) => ranges[k] ?? []))
    .filter((set) => !set.some((r) => settles.has(r)));
  const rows = sets.map((set) => set.flatMap((range) => column.get(range) ?? []));
  const byColumn: number[][] = Array.from(cost, () => []);
  rows.forEach((set, k) => {
    for (const c of set) byColumn[c]?.push(matrix.rowCount + k);
  });
  const columns = matrixBuilder(matrix.rowCount + rows.length);
  for (const c of cost.keys()) {
    for (let k = matrix.starts[c] ?? 0; k < (matrix.starts[c + 1] ?? 0); k++)
      columns.entry(matrix.rows[k] ?? 0, matrix.values[k] ?? 0);
    for (const k of byColumn[c] ?? []) columns.entry(k, 1);
    columns.end();
  }
  return {
    ...program,
    matrix: columns.matrix(),
    rowLower: Float64Array.of(...program.rowLower, ...rows.map(() => 1)),
    rowUpper: Float64Array.of(...program.rowUpper, ...rows.map(() => Number.POSITIVE_INFINITY)),
  };
}
