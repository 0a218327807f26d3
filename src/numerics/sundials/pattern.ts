import { type Elimination, eliminationOf, type SparsePattern } from "../linear/sparse-elimination.ts";
import type { Sundials } from "./sundials.ts";

/** A pattern as glue.c reads it, in its memory. */
export interface PlacedPattern extends Disposable {
  readonly pointer: number;
  /** Whether linear systems are solved by sparse elimination. */
  readonly sparse: boolean;
}

/** 32-bit words of glue.c's `Pattern`. */
const WORDS = 10;
/** Weight of a multiplication in sparse elimination against one in dense, for its indirect addresses. */
const SPARSE_COST = 3;
/**
 * What dense elimination spends on the search for pivots, in multiplications for each of n^2 entries: below some 30
 * variables it decides. Over 16 small models a run took 0.92 of the time with sparse elimination throughout.
 */
const PIVOT_COST = 20;

/** Every entry of a matrix of n rows and columns. */
export function fullPattern(n: number): SparsePattern {
  return {
    rows: Int32Array.from({ length: n * n }, (_, k) => k % n),
    starts: Int32Array.from({ length: n + 1 }, (_, j) => j * n),
  };
}

/**
 * Puts a Jacobian's pattern into memory and chooses how its linear systems are solved: by sparse elimination where its
 * multiplications, weighted by SPARSE_COST, are fewer than those of dense with its search for pivots; densely with
 * partial pivoting elsewhere.
 * @param pivoting whether pivots must be looked for: where some rows are equations without a derivative
 */
export function placePattern(sundials: Sundials, pattern: SparsePattern, pivoting = false): PlacedPattern {
  const n = pattern.starts.length - 1;
  const entries = pattern.rows.length;
  const dense = n ** 3 / 3 + PIVOT_COST * n * n;
  const plan = pivoting ? undefined : eliminationOf(pattern, dense / SPARSE_COST);
  const lists: readonly Int32Array[] = [pattern.rows, pattern.starts, ...(plan === undefined ? [] : listsOf(plan))];
  const length = lists.reduce((sum, list) => sum + list.length, 0);
  const pointer = sundials.allocate(4 * (WORDS + length));
  const words = sundials.integers(pointer, WORDS + length);
  words.set([n, entries, plan?.columns.length ?? 0]);
  let at = WORDS;
  lists.forEach((list, i) => {
    words[3 + i] = pointer + 4 * at;
    words.set(list, at);
    at += list.length;
  });
  return {
    pointer,
    sparse: plan !== undefined,
    [Symbol.dispose]: () => sundials.exports.release(pointer),
  };
}

/** In the order of glue.c's `Pattern`. */
function listsOf({ target, order, starts, columns, diagonal }: Elimination): Int32Array[] {
  return [target, order, starts, columns, diagonal];
}
