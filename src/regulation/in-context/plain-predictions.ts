import { cholesky, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import { CHANNELS, type Rows } from "./design.ts";
import type { OnGraph } from "./graph-effects.ts";
import { kinProcess } from "./kin-process.ts";
import { addChange, stateProcess } from "./state-process.ts";

const RIDGE = 5;
/** Spreads beyond which a held value counts no more. */
const REACH = 3;
/** A likeness counts up to this. */
const MOST_ALIKE = 1.5;

/** Plain predictions for rows, from a context; where the rows are the context itself, each leaves itself out. */
export interface PlainPredictions {
  /** A Gaussian process on the control's state; shape [count, variables]. */
  readonly process: Float64Array;
  /** A Gaussian process on that, on what interventions act on, and on the project; same shape. */
  readonly kin: Float64Array;
  /** Known effects added up where every intervention was seen alone, else as `kin`; same shape. */
  readonly added: Float64Array;
  /** Ridge on what the row holds; same shape. */
  readonly regressed: Float64Array;
  /** How far a context row's intervention is part of each row's own, shape [count, context]. */
  readonly alike: Float64Array;
}

/**
 * Plain predictions of changes, in spreads.
 * @param own where the rows are the context itself
 */
export function plainPredictions(rows: Rows, onGraph: OnGraph, own: boolean): PlainPredictions {
  const { count, variables: n } = rows;
  const context = onGraph.rows;
  const out: PlainPredictions = {
    process: stateProcess(rows, context, own),
    kin: kinProcess(rows, onGraph, own),
    added: new Float64Array(count * n),
    regressed: new Float64Array(count * n),
    alike: new Float64Array(count * context.count),
  };
  const alone = context.perturbed.map((_, c) => (touchedBy(context, c).length === 1 ? 1 : 0));
  for (let r = 0; r < count; r++) {
    const others = [...Array(context.count).keys()].filter((c) => !(own && c === r));
    const part = (all: Float64Array): Float64Array => all.subarray(r * n, (r + 1) * n);
    byRegression(rows, r, context, others, part(out.regressed));
    const explained = byAddition(rows, r, context, others, alone, part(out.added), out.alike);
    if (!explained) part(out.added).set(part(out.kin));
  }
  return out;
}

const known = new WeakMap<Rows, PlainPredictions>();

/** Plain predictions of a context's own rows, each from the others; made once. */
export function plainOfContext(context: OnGraph): PlainPredictions {
  const found = known.get(context.rows) ?? plainPredictions(context.rows, context, true);
  known.set(context.rows, found);
  return found;
}

/** Variables on which a row's interventions act. */
function touchedBy({ acts, variables }: Rows, row: number): number[] {
  const touched: number[] = [];
  for (let i = 0; i < variables; i++) {
    const at = (row * variables + i) * CHANNELS;
    if (acts.subarray(at, at + CHANNELS).some((a) => a !== 0)) touched.push(i);
  }
  return touched;
}

/** Adds up the effects of the row's interventions; false where one of them was never seen alone. */
function byAddition(
  rows: Rows,
  r: number,
  context: Rows,
  others: readonly number[],
  alone: Uint8Array,
  out: Float64Array,
  alike: Float64Array,
): boolean {
  const touched = touchedBy(rows, r);
  let explained = touched.length > 0;
  for (const i of touched) {
    const found = others
      .map((c) => ({ c, likeness: alone[c] === 1 ? likeness(rows, r, context, c, i) : 0 }))
      .filter((match) => match.likeness > 0);
    if (found.length === 0) explained = false;
    for (const { c, likeness: amount } of found) {
      const at = r * context.count + c;
      alike[at] = Math.min(MOST_ALIKE, (alike[at] ?? 0) + amount);
      addChange(context, c, amount / found.length, out);
    }
  }
  return explained;
}

/** How much of a context row's act on a variable is in a row's own: 1 for the same, 0.5 for half of it. */
function likeness(rows: Rows, r: number, context: Rows, c: number, variable: number): number {
  const mine = (r * rows.variables + variable) * CHANNELS;
  const its = (c * rows.variables + variable) * CHANNELS;
  let [same, size] = [0, 0];
  for (let k = 0; k < CHANNELS; k++) {
    same += (rows.acts[mine + k] ?? 0) * (context.acts[its + k] ?? 0);
    size += (context.acts[its + k] ?? 0) ** 2;
  }
  return size === 0 ? 0 : Math.min(MOST_ALIKE, Math.max(0, same / size));
}

/** On changes (the others'), and on how far all controls lie from their mean. */
function byRegression(rows: Rows, r: number, context: Rows, others: readonly number[], out: Float64Array): void {
  const n = rows.variables;
  const held = touchedBy(rows, r).filter((i) => rows.known[r * n + i] === 1);
  if (held.length === 0) return;
  const within = (value: number | undefined): number => Math.min(REACH, Math.max(-REACH, value ?? 0));
  const keysOf = (table: Float64Array, row: number) => held.map((i) => within(table[row * n + i]));
  const keys = [
    ...others.map((c) => keysOf(context.value, c)),
    ...Array.from({ length: context.count }, (_, c) => keysOf(context.away, c)),
  ];
  const asked = keysOf(rows.value, r);
  // Few variables are held, many rows are known: (Z'Z + ridge I) is small, (ZZ' + ridge I) is not.
  const gram = zeros(held.length, held.length);
  for (const key of keys)
    for (const [a, x] of key.entries())
      for (const [b, y] of key.entries())
        gram.data[a * held.length + b] = (gram.data[a * held.length + b] ?? 0) + x * y;
  for (let a = 0; a < held.length; a++) gram.data[a * held.length + a] = (gram.data[a * held.length + a] ?? 0) + RIDGE;
  cholesky(gram);
  const direction = Float64Array.from(asked);
  solveCholesky(gram, direction);
  const weights = keys.map((key) => key.reduce((sum, value, i) => sum + value * (direction[i] ?? 0), 0));
  for (const [a, c] of others.entries()) addChange(context, c, weights[a] ?? 0, out);
  for (let c = 0; c < context.count; c++)
    for (let v = 0; v < n; v++)
      out[v] = (out[v] ?? 0) + (weights[others.length + c] ?? 0) * (context.away[c * n + v] ?? 0);
}
