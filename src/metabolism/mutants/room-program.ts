import type { LinearProgram } from "../../numerics/programs/lp.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import { matrixBuilder } from "../model/program.ts";
import type { Reference } from "../presolve/reference.ts";
import type { ToleratedRange } from "./tolerated-ranges.ts";

/** A mixed-integer program and what is settled beforehand. */
export interface RoomProgram {
  readonly program: LinearProgram;
  /** Ranges that are left whatever is chosen, and how many reactions those are. */
  readonly left: readonly ToleratedRange[];
  readonly settled: number;
  /** The range of each switch, in their order. */
  readonly open: readonly ToleratedRange[];
}

/**
 * Columns d, the change of each chain's flux, then a switch y for each range that may be left; rows S d = rest, then
 * for each switch d - y (upper - half) <= half and d - y (lower + half) >= -half, then y >= y' for the next wider range
 * of the same chain.
 * @param change bounds of d
 */
export function roomProgram(
  { sub, rest }: Reference,
  change: FluxBounds,
  ranges: readonly ToleratedRange[],
): RoomProgram {
  const { lower, upper } = change;
  const n = lower.length;
  const leaves = ({ chain, half }: ToleratedRange) => (lower[chain] ?? 0) > half || (upper[chain] ?? 0) < -half;
  const stays = ({ chain, half }: ToleratedRange) => (lower[chain] ?? 0) >= -half && (upper[chain] ?? 0) <= half;
  const open = ranges.filter((range) => !leaves(range) && !stays(range));
  const m = rest.length;
  const first = m + 2 * open.length;
  const nested = open.map(({ chain }, k) => open[k + 1]?.chain === chain);
  const rowOfNest = nested.map((is, k) => (is ? first + nested.slice(0, k).filter(Boolean).length : -1));
  const rowCount = first + nested.filter(Boolean).length;
  const columns = matrixBuilder(rowCount);
  const switches: number[][] = Array.from({ length: n }, () => []);
  open.forEach(({ chain }, k) => {
    switches[chain]?.push(k);
  });
  for (let c = 0; c < n; c++) {
    columns.column(sub.model.stoichiometry, c);
    for (const k of switches[c] ?? []) {
      columns.entry(m + 2 * k, 1);
      columns.entry(m + 2 * k + 1, 1);
    }
    columns.end();
  }
  open.forEach(({ chain, half }, k) => {
    columns.entry(m + 2 * k, -Math.max(0, (upper[chain] ?? 0) - half));
    columns.entry(m + 2 * k + 1, -Math.min(0, (lower[chain] ?? 0) + half));
    if (k > 0 && nested[k - 1]) columns.entry(rowOfNest[k - 1] ?? 0, -1);
    if (nested[k]) columns.entry(rowOfNest[k] ?? 0, 1);
    columns.end();
  });
  const rowLower = new Float64Array(rowCount).fill(Number.NEGATIVE_INFINITY);
  const rowUpper = new Float64Array(rowCount).fill(Number.POSITIVE_INFINITY);
  rowLower.set(rest);
  rowUpper.set(rest);
  open.forEach(({ half }, k) => {
    rowUpper[m + 2 * k] = half;
    rowLower[m + 2 * k + 1] = -half;
    if (nested[k]) rowLower[rowOfNest[k] ?? 0] = 0;
  });
  const total = n + open.length;
  const program: LinearProgram = {
    sense: "minimize",
    matrix: columns.matrix(),
    cost: Float64Array.from({ length: total }, (_, c) => (c < n ? 0 : (open[c - n]?.count ?? 0))),
    lower: Float64Array.from({ length: total }, (_, c) => (c < n ? (lower[c] ?? 0) : 0)),
    upper: Float64Array.from({ length: total }, (_, c) => (c < n ? (upper[c] ?? 0) : 1)),
    rowLower,
    rowUpper,
    integer: Uint8Array.from({ length: total }, (_, c) => (c < n ? 0 : 1)),
  };
  const left = ranges.filter(leaves);
  return { program, left, settled: left.reduce((sum, { count }) => sum + count, 0), open };
}
