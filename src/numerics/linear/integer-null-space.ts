/** A row of a sparse matrix of whole numbers: entries by column, none of them 0. */
export type IntegerRow = Map<number, bigint>;

/** Rows of elimination: what is left of a combination of rows, and the weights that made it. */
interface Combination {
  readonly rest: IntegerRow;
  readonly weights: IntegerRow;
}

/** Combinations that the search for weights without a minus sign may hold at once. */
const MOST = 2000;

/**
 * A basis of { w : w A = 0 } in whole numbers without a common divisor, exact.
 *
 * Weights without a minus sign come first, fewest entries first (extreme rays of the cone, by Fourier and Motzkin's
 * elimination); the rest of the space is filled up by Gaussian elimination.
 * @param rows rows of A
 * @returns one map an element, weights by row index
 * @see Schuster and Hilgetag 1995: What information about the conserved-moiety structure of chemical reaction systems
 *   can be derived from their stoichiometry? J. Phys. Chem. 99, 8017
 */
export function integerLeftNullSpace(rows: readonly IntegerRow[]): IntegerRow[] {
  const general = eliminate(rows);
  if (general.length === 0) return [];
  const candidates = [...raysOf(rows, general).sort((a, b) => a.size - b.size), ...general];
  return independent(candidates, general.length);
}

/** Gaussian elimination; combinations whose rest vanishes. Rows with few entries are taken as pivots first. */
function eliminate(rows: readonly IntegerRow[]): IntegerRow[] {
  const pivots = new Pivots();
  const order = rows.map((rest, i) => ({ rest, i })).sort((a, b) => a.rest.size - b.rest.size);
  const reduced = order.map(({ rest, i }) => pivots.take({ rest, weights: new Map([[i, 1n]]) }));
  return reduced.filter((c) => c !== undefined).map((c) => c.weights);
}

/** Rows in echelon form: none holds the pivot column of an earlier one. */
class Pivots {
  private readonly byColumn = new Map<number, { readonly order: number; readonly row: Combination }>();

  /** Reduces a combination by the pivots; keeps it as another one, or returns it where nothing is left of it. */
  take(combination: Combination): Combination | undefined {
    let left = combination;
    for (let column = this.earliest(left.rest); column !== undefined; column = this.earliest(left.rest)) {
      const pivot = this.byColumn.get(column);
      if (pivot !== undefined) left = cancel(left, pivot.row, column);
    }
    const [first] = left.rest.keys();
    if (first === undefined) return left;
    this.byColumn.set(first, { order: this.byColumn.size, row: left });
    return undefined;
  }

  private earliest(row: IntegerRow): number | undefined {
    let [best, least] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    for (const column of row.keys()) {
      const order = this.byColumn.get(column)?.order ?? Number.POSITIVE_INFINITY;
      if (order < least) [best, least] = [column, order];
    }
    return best;
  }
}

/** Weights without a minus sign, of least support; none where there are too many on the way. */
function raysOf(rows: readonly IntegerRow[], general: readonly IntegerRow[]): IntegerRow[] {
  const involved = new Set(general.flatMap((w) => [...w.keys()]));
  let open: Combination[] = [...involved].map((i) => ({ rest: rows[i] ?? new Map(), weights: new Map([[i, 1n]]) }));
  const signs = new SignCounts();
  for (const c of open) signs.add(c, 1);
  for (let column = signs.cheapest(); column !== undefined; column = signs.cheapest()) {
    const plus = open.filter((c) => (c.rest.get(column) ?? 0n) > 0n);
    const minus = open.filter((c) => (c.rest.get(column) ?? 0n) < 0n);
    const others = open.filter((c) => !c.rest.has(column));
    if (plus.length * minus.length + others.length > MOST) return [];
    const fresh = plus.flatMap((p) => minus.map((m) => cancel(p, m, column)));
    open = minimal(others, fresh);
    const kept = new Set(open);
    for (const c of [...plus, ...minus, ...others.filter((o) => !kept.has(o))]) signs.add(c, -1);
    for (const c of fresh) if (kept.has(c)) signs.add(c, 1);
  }
  return open.map((c) => c.weights);
}

/** How many combinations hold a column with either sign. */
class SignCounts {
  private readonly counts = new Map<number, [plus: number, minus: number]>();

  add({ rest }: Combination, by: 1 | -1): void {
    for (const [column, value] of rest) {
      const count = this.counts.get(column) ?? [0, 0];
      count[value > 0n ? 0 : 1] += by;
      if (count[0] + count[1] === 0) this.counts.delete(column);
      else this.counts.set(column, count);
    }
  }

  /** The column that the fewest new combinations cancel. */
  cheapest(): number | undefined {
    let [best, least] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    for (const [column, [plus, minus]] of this.counts) if (plus * minus < least) [best, least] = [column, plus * minus];
    return best;
  }
}

/** Drops combinations whose weights involve all that another's do; of `old` ones none involves another. */
function minimal(old: readonly Combination[], fresh: readonly Combination[]): Combination[] {
  if (fresh.length === 0) return [...old];
  const isFresh = new Set(fresh);
  const bySize = [...old, ...fresh].sort((a, b) => a.weights.size - b.weights.size);
  const kept: Combination[] = [];
  const keptFresh: Combination[] = [];
  for (const c of bySize) {
    const rivals = isFresh.has(c) ? kept : keptFresh;
    if (rivals.some((k) => within(k.weights, c.weights))) continue;
    kept.push(c);
    if (isFresh.has(c)) keptFresh.push(c);
  }
  return kept;
}

function within(small: IntegerRow, large: IntegerRow): boolean {
  for (const key of small.keys()) if (!large.has(key)) return false;
  return true;
}

/** a and b combined so that the column vanishes, by their common divisor; b keeps its sign relative to a's. */
function cancel(a: Combination, b: Combination, column: number): Combination {
  const [x, y] = [a.rest.get(column) ?? 0n, b.rest.get(column) ?? 1n];
  const d = divisor(x, y);
  const [p, q] = y < 0n ? [-y / d, x / d] : [y / d, -x / d];
  const rest = combine(a.rest, p, b.rest, q);
  const weights = combine(a.weights, p, b.weights, q);
  const common = commonDivisor(weights, commonDivisor(rest, 0n));
  return common > 1n ? { rest: divided(rest, common), weights: divided(weights, common) } : { rest, weights };
}

function combine(a: IntegerRow, p: bigint, b: IntegerRow, q: bigint): IntegerRow {
  const out: IntegerRow = new Map();
  for (const [key, value] of a) out.set(key, value * p);
  for (const [key, value] of b) {
    const sum = (out.get(key) ?? 0n) + value * q;
    if (sum === 0n) out.delete(key);
    else out.set(key, sum);
  }
  return out;
}

/** The first candidates that are linearly independent. */
function independent(candidates: readonly IntegerRow[], count: number): IntegerRow[] {
  const out: IntegerRow[] = [];
  const pivots = new Pivots();
  for (const candidate of candidates) {
    if (out.length === count) break;
    if (pivots.take({ rest: candidate, weights: new Map() }) !== undefined) continue;
    out.push(positive(divided(candidate, commonDivisor(candidate, 0n))));
  }
  return out;
}

/** With more plus signs than minus signs. */
function positive(row: IntegerRow): IntegerRow {
  const minus = [...row.values()].filter((v) => v < 0n).length;
  return 2 * minus > row.size ? divided(row, -1n) : row;
}

function divided(row: IntegerRow, by: bigint): IntegerRow {
  return new Map([...row].map(([key, value]) => [key, value / by]));
}

function commonDivisor(row: IntegerRow, start: bigint): bigint {
  let d = start;
  for (const value of row.values()) {
    d = divisor(d, value);
    if (d === 1n) break;
  }
  return d;
}

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
