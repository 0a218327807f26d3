import { copyBounds, type FluxBounds } from "../model/flux-model.ts";
import type { EditableMatrix } from "./sparse-rows.ts";

/** Every reaction as a multiple of one chain's flux: v = factor x flux of the chain. */
export interface Chains {
  /** Column that stands for each reaction's chain, -1 where the reaction can carry nothing; shape [reactions]. */
  readonly lead: Int32Array;
  /** Shape [reactions]; 0 where blocked. */
  readonly factor: Float64Array;
  /** Bounds of the columns that are left, with what their rows imply of direction; shape [reactions]. */
  readonly hull: FluxBounds;
  /** Merges and removes until nothing more follows from single rows. */
  settle(): void;
  /** Shuts directions of a column: keeps its flux within [low, high]. */
  narrow(column: number, low: number, high: number): void;
}

/**
 * Chains of a network: a metabolite that only two columns touch ties the one's flux to the other's, a metabolite that
 * one column touches stops it, and one that can only be made (or used) stops what makes (uses) it.
 * @param matrix is changed
 * @param hull bounds that hold for every problem to be solved, 0 within; shape [reactions]
 */
export function chainsOf(matrix: EditableMatrix, hull: FluxBounds): Chains {
  const n = matrix.columns.length;
  const links = linksOf(n);
  const bounds = copyBounds(hull);
  const pending = new Set(matrix.rows.keys());

  const touch = (column: number): void => {
    for (const row of matrix.columns[column]?.keys() ?? []) pending.add(row);
  };
  const block = (column: number): void => {
    touch(column);
    matrix.removeColumn(column);
    links.block(column);
  };
  const narrow = (column: number, low: number, high: number): void => {
    const before = [bounds.lower[column] ?? 0, bounds.upper[column] ?? 0] as const;
    bounds.lower[column] = Math.max(before[0], low);
    bounds.upper[column] = Math.min(before[1], high);
    if (bounds.lower[column] === 0 && bounds.upper[column] === 0) block(column);
    else if (before[0] !== bounds.lower[column] || before[1] !== bounds.upper[column]) touch(column);
  };
  const merge = (a: number, b: number, ratio: number): void => {
    const ends = [(bounds.lower[b] ?? 0) / ratio, (bounds.upper[b] ?? 0) / ratio];
    matrix.merge(a, b, ratio);
    links.join(a, b, ratio);
    touch(a);
    narrow(a, Math.min(...ends), Math.max(...ends));
  };
  const settleRow = (row: number): void => {
    const columns = [...(matrix.rows[row] ?? [])];
    const entry = (column: number) => matrix.columns[column]?.get(row) ?? 0;
    const [a, b] = columns;
    if (a === undefined) return;
    if (b === undefined) block(a);
    else if (columns.length === 2) {
      const ratio = -entry(a) / entry(b);
      matrix.removeRow(row);
      merge(a, b, ratio);
    } else stopOneSided(columns, entry, bounds, narrow);
  };

  for (let j = 0; j < n; j++) if (bounds.lower[j] === 0 && bounds.upper[j] === 0) block(j);
  return {
    lead: links.lead,
    factor: links.factor,
    hull: bounds,
    narrow,
    settle: () => {
      for (const row of pending) {
        pending.delete(row);
        settleRow(row);
      }
    },
  };
}

/** Which reactions follow which column; at first each follows its own. */
function linksOf(n: number) {
  const lead = Int32Array.from({ length: n }, (_, j) => j);
  const factor = new Float64Array(n).fill(1);
  const members = Array.from({ length: n }, (_, j) => [j]);
  return {
    lead,
    factor,
    /** What follows a column carries nothing. */
    block(column: number): void {
      for (const j of members[column] ?? []) {
        lead[j] = -1;
        factor[j] = 0;
      }
      members[column] = [];
    },
    /** Ties column b to column a by v_b = ratio v_a. */
    join(a: number, b: number, ratio: number): void {
      for (const j of members[b] ?? []) {
        lead[j] = a;
        factor[j] = ratio * (factor[j] ?? 0);
        members[a]?.push(j);
      }
      members[b] = [];
    },
  };
}

/** Where no column can give a row (or none can take from it), the others can't do the opposite. */
function stopOneSided(
  columns: readonly number[],
  entry: (column: number) => number,
  { lower, upper }: FluxBounds,
  narrow: (column: number, low: number, high: number) => void,
): void {
  const gives = (j: number) => (entry(j) > 0 ? (upper[j] ?? 0) > 0 : (lower[j] ?? 0) < 0);
  const takes = (j: number) => (entry(j) > 0 ? (lower[j] ?? 0) < 0 : (upper[j] ?? 0) > 0);
  const noneGives = !columns.some(gives);
  const noneTakes = !columns.some(takes);
  if (!noneGives && !noneTakes) return;
  for (const j of columns) {
    const forward = entry(j) > 0 ? noneTakes : noneGives;
    const backward = entry(j) > 0 ? noneGives : noneTakes;
    narrow(j, backward ? 0 : Number.NEGATIVE_INFINITY, forward ? 0 : Number.POSITIVE_INFINITY);
  }
}
