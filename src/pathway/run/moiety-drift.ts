import type { CompiledPathway } from "../code/compile.ts";
import { conservedMoieties, type Moiety, moietyText } from "../steady/moieties.ts";
import { absoluteTolerances } from "./tolerances.ts";

/** A moiety over the state vector. */
interface StateTotal {
  readonly moiety: Moiety;
  readonly states: readonly { readonly index: number; readonly weight: number }[];
}

/** Moieties by compiled model: found once, at the end of its first run. */
const known = new WeakMap<CompiledPathway, readonly StateTotal[]>();

/**
 * Warnings about conserved totals that changed during a run by more than its tolerances allow, with the numbers.
 * Moieties with a species that events assign to are left out.
 * @param before state at the start, after the events there; shape [states]
 * @param after state at the end
 */
export function driftWarnings(
  pathway: CompiledPathway,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  { rtol, atol }: { readonly rtol: number; readonly atol: number },
): string[] {
  const tolerances = absoluteTolerances(pathway, atol, new Map(), pathway.states.length);
  return totalsOf(pathway).flatMap(({ moiety, states }) => {
    let [start, end, allowed] = [0, 0, 0];
    for (const { index, weight } of states) {
      const [a, b] = [before[index] ?? 0, after[index] ?? 0];
      start += weight * a;
      end += weight * b;
      allowed += Math.abs(weight) * (rtol * Math.max(Math.abs(a), Math.abs(b)) + (tolerances[index] ?? 0));
    }
    if (!(Math.abs(end - start) > allowed)) return [];
    return [`the conserved total ${moietyText(moiety)} went from ${start} to ${end}; tighten rtol and atol`];
  });
}

function totalsOf(pathway: CompiledPathway): readonly StateTotal[] {
  const found = known.get(pathway);
  if (found !== undefined) return found;
  const { document, states } = pathway;
  const assigned = new Set(document.events.flatMap((e) => e.assignments.map((a) => a.variable)));
  const index = new Map(states.map(({ symbol }, i) => [symbol.id, i]));
  const totals = conservedMoieties(document)
    .filter(({ species }) => species.every(({ id }) => index.has(id) && !assigned.has(id)))
    .map((moiety) => ({
      moiety,
      states: moiety.species.map(({ id, weight }) => ({ index: index.get(id) ?? 0, weight })),
    }));
  known.set(pathway, totals);
  return totals;
}
