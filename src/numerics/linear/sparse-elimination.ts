/** Where a square matrix may differ from 0, by columns: entries [starts[j], starts[j + 1]) of `rows` are column j's. */
export interface SparsePattern {
  readonly rows: Int32Array;
  /** Shape [n + 1]. */
  readonly starts: Int32Array;
}

/**
 * Elimination in a fixed order with pivots from the diagonal: L and U together by rows of the reordered matrix.
 */
export interface Elimination {
  /** Variable that is eliminated k-th, shape [n]. */
  readonly order: Int32Array;
  /** Shape [n + 1]. */
  readonly starts: Int32Array;
  /** Ascending within a row. */
  readonly columns: Int32Array;
  /** Where the diagonal entry of a row lies, shape [n]. */
  readonly diagonal: Int32Array;
  /** Where an entry of the pattern lies among those of L and U. */
  readonly target: Int32Array;
  /** Multiplications that one factorisation takes. */
  readonly work: number;
}

/** Share of what is left that the least connected variable has to touch for the rest to count as full. */
const CROWDED = 0.7;

/**
 * Plans the elimination of a matrix with that pattern and a full diagonal, by minimum degree on the pattern made
 * symmetric, so that little fills in.
 * @param limit multiplications above which the plan is given up
 * @returns undefined where the work exceeds the limit
 * @see Amestoy, Davis, Duff 1996, doi:10.1137/S0895479894278952 (here with exact degrees)
 */
export function eliminationOf(pattern: SparsePattern, limit = Number.POSITIVE_INFINITY): Elimination | undefined {
  const n = pattern.starts.length - 1;
  const neighbours = symmetric(pattern);
  const order = new Int32Array(n);
  const position = new Int32Array(n).fill(-1);
  const rowsOf: number[][] = [];
  let work = 0;
  for (let k = 0; k < n; k++) {
    const next = leastConnected(neighbours, position);
    const around = neighbours[next] ?? new Set<number>();
    if (around.size >= CROWDED * (n - k - 1)) {
      work += crowd(order, position, rowsOf, k);
      return work > limit ? undefined : { order, work, ...layout(pattern, rowsOf, order, position) };
    }
    order[k] = next;
    position[next] = k;
    work += around.size * (around.size + 1);
    if (work > limit) return undefined;
    rowsOf.push([...around]);
    for (const i of around) {
      const mine = neighbours[i];
      if (mine === undefined) continue;
      for (const j of around) if (j !== i) mine.add(j);
      mine.delete(next);
    }
  }
  return { order, work, ...layout(pattern, rowsOf, order, position) };
}

/** Takes what is left as full: its rows hold all that come later. Returns the multiplications. */
function crowd(order: Int32Array, position: Int32Array, rowsOf: number[][], from: number): number {
  const n = order.length;
  const rest = Array.from(position.keys()).filter((i) => position[i] === -1);
  let work = 0;
  rest.forEach((variable, i) => {
    order[from + i] = variable;
    position[variable] = from + i;
    rowsOf.push(rest.slice(i + 1));
    work += (n - from - i) * (n - from - i - 1);
  });
  return work;
}

/** For each variable those it shares an entry with. */
function symmetric({ rows, starts }: SparsePattern): Set<number>[] {
  const n = starts.length - 1;
  const out = Array.from({ length: n }, () => new Set<number>());
  for (let j = 0; j < n; j++)
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const i = rows[k] ?? 0;
      if (i === j) continue;
      out[i]?.add(j);
      out[j]?.add(i);
    }
  return out;
}

function leastConnected(neighbours: readonly Set<number>[], position: Int32Array): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < neighbours.length; i++) {
    const degree = neighbours[i]?.size ?? 0;
    if (position[i] !== -1 || degree >= least) continue;
    best = i;
    least = degree;
  }
  return best;
}

/** U's row k holds what was around the k-th variable when it was eliminated; L's columns mirror U's rows. */
function layout(
  { rows, starts }: SparsePattern,
  rowsOf: readonly (readonly number[])[],
  order: Int32Array,
  position: Int32Array,
): Omit<Elimination, "order" | "work"> {
  const n = order.length;
  const lists = Array.from({ length: n }, (_, k) => [k]);
  rowsOf.forEach((around, k) => {
    for (const i of around) {
      const later = position[i] ?? 0;
      lists[k]?.push(later);
      lists[later]?.push(k);
    }
  });
  const luStarts = new Int32Array(n + 1);
  const diagonal = new Int32Array(n);
  const columns: number[] = [];
  const placeOf = new Map<number, number>();
  lists.forEach((list, k) => {
    list.sort((a, b) => a - b);
    for (const c of list) {
      if (c === k) diagonal[k] = columns.length;
      placeOf.set(k * n + c, columns.length);
      columns.push(c);
    }
    luStarts[k + 1] = columns.length;
  });
  const target = new Int32Array(rows.length);
  for (let j = 0; j < n; j++)
    for (let e = starts[j] ?? 0; e < (starts[j + 1] ?? 0); e++)
      target[e] = placeOf.get((position[rows[e] ?? 0] ?? 0) * n + (position[j] ?? 0)) ?? 0;
  return { starts: luStarts, columns: Int32Array.from(columns), diagonal, target };
}
