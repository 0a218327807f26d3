import type { Invariant, SteadyProblem } from "../../numerics/ode/pseudo-transient.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { dependsOnTime, differenceJacobian, stateJacobian } from "../code/state-jacobian.ts";
import { pathwayError } from "../refuse.ts";
import { absoluteTolerances } from "../run/tolerances.ts";
import { TIME_SLOT } from "../symbols.ts";
import { conservedMoieties, type Moiety } from "./moieties.ts";

/** A model as a system to bring to rest. */
export interface SteadySystem extends SteadyProblem, Disposable {
  /** Which of the model's states are the system's, shape [size]. */
  readonly states: readonly number[];
  /** Whether small deviations follow the Jacobian alone; with delays they don't. */
  readonly linear: boolean;
  /** States that nothing depends on: they may go on changing where all else rests. */
  readonly sinks: readonly number[];
  /** Conserved moieties with their totals, which are those of the state it was made from. */
  readonly totals: readonly { readonly moiety: Moiety; readonly total: number }[];
}

export interface SteadySystemOptions {
  /** Magnitude below which a quantity counts as nothing, as mathematics sees it. */
  readonly atol: number;
  /** Time at which the model is looked at, where it depends on time; refused without. */
  readonly at?: number;
}

/**
 * The system of a compiled model with the totals of a state; what is delayed is as it is now. Throws
 * `steady/time-dependent`.
 * @param y shape [states]
 */
export function steadySystem(
  pathway: CompiledPathway,
  y: ArrayLike<number>,
  { atol, at }: SteadySystemOptions,
): SteadySystem {
  const { document, states, history } = pathway;
  requireAutonomous(pathway, at);
  const n = states.length;
  const scale = absoluteTolerances(pathway, atol, new Map(), n);
  const t = at ?? pathway.values[TIME_SLOT] ?? 0;
  const rhs = (point: Float64Array, dy: Float64Array): void => {
    pathway.values[TIME_SLOT] = t;
    pathway.stateValues.set(point);
    history.atRest = true;
    pathway.differentiate();
    history.atRest = false;
    dy.set(pathway.derivatives);
  };
  const plain = !history.active && !document.rules.some((r) => r.kind === "algebraic");
  const symbolic = plain ? stateJacobian(pathway) : undefined;
  const quotients = symbolic === undefined ? differenceJacobian(rhs, scale) : undefined;
  const index = new Map(states.map(({ symbol }, i) => [symbol.id, i]));
  const moieties = conservedMoieties(document).filter((m) => m.species.every(({ id }) => index.has(id)));
  const sums = moieties.map(({ species }) => species.map(({ id, weight }) => ({ index: index.get(id) ?? 0, weight })));
  return {
    size: n,
    states: states.map((_, i) => i),
    linear: !history.active,
    sinks: symbolic?.unread() ?? [],
    scale,
    rhs,
    jacobian: (point, matrix) =>
      symbolic === undefined ? quotients?.(point, matrix) : symbolic.fill(t, point, matrix),
    positive: states.map(({ symbol }, i) => symbol.kind === "species" && (y[i] ?? 0) >= 0),
    invariants: reduced(sums, y),
    totals: moieties.map((moiety, k) => ({ moiety, total: totalOf(sums[k] ?? [], y) })),
    [Symbol.dispose]: () => symbolic?.[Symbol.dispose](),
  };
}

function requireAutonomous(pathway: CompiledPathway, at: number | undefined): void {
  const { document } = pathway;
  if (at !== undefined || !dependsOnTime(pathway)) return;
  throw pathwayError(
    document,
    undefined,
    "steady/time-dependent",
    "The rates depend on the time itself, so that nothing comes to rest",
    "give the time at which the model is to be looked at",
  );
}

type Terms = Invariant["terms"];

function totalOf(terms: Terms, y: ArrayLike<number>): number {
  return terms.reduce((sum, { index, weight }) => sum + weight * (y[index] ?? 0), 0);
}

/** Each total solved for a state of its own, the most abundant that is left, which no other total names. */
function reduced(sums: readonly Terms[], y: ArrayLike<number>): Invariant[] {
  const rows = sums.map((terms) => new Map(terms.map(({ index, weight }) => [index, weight])));
  const dependents = rows.map((row, k) => {
    const abundance = (i: number): number => Math.abs((row.get(i) ?? 0) * (y[i] ?? 0));
    let [dependent = -1] = row.keys();
    for (const i of row.keys()) if (abundance(i) > abundance(dependent)) dependent = i;
    const pivot = row.get(dependent) ?? 1;
    rows.forEach((other, m) => {
      const factor = (other.get(dependent) ?? 0) / pivot;
      if (m !== k && factor !== 0) subtract(other, row, factor);
    });
    return dependent;
  });
  return rows.map((row, k) => {
    const terms = [...row].map(([index, weight]) => ({ index, weight }));
    return { dependent: dependents[k] ?? -1, terms, total: totalOf(terms, y) };
  });
}

function subtract(from: Map<number, number>, row: ReadonlyMap<number, number>, factor: number): void {
  for (const [i, weight] of row) {
    const left = (from.get(i) ?? 0) - factor * weight;
    if (Math.abs(left) < 1e-12) from.delete(i);
    else from.set(i, left);
  }
}
