import type { LinearProgram } from "../../numerics/programs/lp.ts";
import { matrixBuilder } from "../model/program.ts";
import type { RoomProgram } from "./room-program.ts";
import type { ToleratedRange } from "./tolerated-ranges.ts";

/** What is known of the fewest switches before they are searched for by branches. */
export interface Known {
  /** Indices of ranges of which at least one is left, in each set. */
  readonly conflicts: readonly (readonly number[])[];
  /** No flux distribution switches fewer. */
  readonly least: number;
  /** Only fewer switches than these are looked for; infinite where none are known. */
  readonly most: number;
}

/**
 * The mixed-integer program with what is known as rows: one for each conflict, that one of its switches is on, and one for
 * the number of switches, least <= count < most.
 */
export function withCuts(
  { program, left, settled, open }: RoomProgram,
  ranges: readonly ToleratedRange[],
  { conflicts, least, most }: Known,
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
  const counting = matrix.rowCount + rows.length;
  const columns = matrixBuilder(counting + 1);
  for (const [c, price] of cost.entries()) {
    for (let k = matrix.starts[c] ?? 0; k < (matrix.starts[c + 1] ?? 0); k++)
      columns.entry(matrix.rows[k] ?? 0, matrix.values[k] ?? 0);
    for (const k of byColumn[c] ?? []) columns.entry(k, 1);
    columns.entry(counting, price);
    columns.end();
  }
  return {
    ...program,
    matrix: columns.matrix(),
    rowLower: Float64Array.of(...program.rowLower, ...rows.map(() => 1), least - settled),
    rowUpper: Float64Array.of(...program.rowUpper, ...rows.map(() => Number.POSITIVE_INFINITY), most - settled - 1),
  };
}
