import type { Program } from "../../numerics/expressions/graph-program.ts";
import type { Reaction, SbmlDocument, SpeciesReference } from "../../sbml/document.ts";
import type { CompiledPathway } from "../code/compile.ts";
import { unsupportedIn } from "../refuse.ts";
import { TIME_SLOT } from "../symbols.ts";

/** One way for the state to jump. */
export interface Channel {
  readonly id: string;
  readonly line: number;
  /** Slot of the rate, which is the propensity. */
  readonly rate: number;
  readonly compute: Program;
  /** States that change, and by how much. */
  readonly states: Int32Array;
  readonly changes: Float64Array;
  /** Channels whose rates change when this one fires, itself included. */
  readonly dependents: Int32Array;
}

/**
 * The reactions of a model as jumps. Throws `sbml/unsupported` for what the exact method cannot do: rate rules,
 * algebraic rules, delays, fast reactions, rates that depend on time, stoichiometries that vary or are no whole numbers,
 * conversion factors.
 */
export function channelsOf(pathway: CompiledPathway): Channel[] {
  const { document, symbols, states } = pathway;
  for (const rule of document.rules)
    if (rule.kind !== "assignment") unsupportedIn(document, rule.line, `A stochastic run with ${rule.kind} rules`);
  if (pathway.history.active) unsupportedIn(document, 1, "A stochastic run with csymbol 'delay'");
  const reactions = document.reactions.filter((r) => r.kineticLaw !== undefined);
  const reads = reactions.map((r) => new Set(pathway.slotsBehind(symbols.get(r.id)?.slot ?? 0)));
  const stateOf = new Map(states.map((s, i) => [s.symbol.id, i]));
  const jumps = reactions.map((r) => jumpOf(pathway, r, stateOf));
  return reactions.map((r, j) => {
    if (r.fast) unsupportedIn(document, r.line, `A stochastic run with the fast reaction '${r.id}'`);
    if (reads[j]?.has(TIME_SLOT))
      unsupportedIn(document, r.line, `A stochastic run in which the rate of '${r.id}' depends on time`);
    const jump = jumps[j] ?? new Map<number, number>();
    const dependents = reactions
      .map((_, i) => i)
      .filter((i) => i === j || [...jump.keys()].some((state) => reads[i]?.has(1 + state)));
    return {
      id: r.id,
      line: r.line,
      rate: symbols.get(r.id)?.slot ?? 0,
      compute: pathway.programFor(symbols.get(r.id)?.slot ?? 0),
      states: Int32Array.from(jump.keys()),
      changes: Float64Array.from(jump.values()),
      dependents: Int32Array.from(dependents),
    };
  });
}

function jumpOf(pathway: CompiledPathway, r: Reaction, stateOf: ReadonlyMap<string, number>): Map<number, number> {
  const { document, symbols, values } = pathway;
  const jump = new Map<number, number>();
  const add = (ref: SpeciesReference, sign: number): void => {
    const state = stateOf.get(ref.species);
    if (state === undefined) return;
    if (ref.stoichiometryMath !== undefined || (ref.id !== "" && !ref.constant))
      unsupportedIn(document, ref.line, "A stochastic run with a stoichiometry that varies");
    const given = ref.id === "" ? (ref.stoichiometry ?? 1) : (values[symbols.get(ref.id)?.slot ?? 0] ?? 1);
    if (!Number.isInteger(given))
      unsupportedIn(document, ref.line, `A stochastic run with ${given} of '${ref.species}' in a reaction`);
    if (isConverted(document, ref.species))
      unsupportedIn(document, ref.line, `A stochastic run with the conversion factor of '${ref.species}'`);
    jump.set(state, (jump.get(state) ?? 0) + sign * given);
  };
  for (const ref of r.reactants) add(ref, -1);
  for (const ref of r.products) add(ref, 1);
  return jump;
}

/** Whether a species counts in other units than the extent of reactions. */
function isConverted({ species, conversionFactor }: SbmlDocument, id: string): boolean {
  return (species.find((s) => s.id === id)?.conversionFactor ?? conversionFactor) !== undefined;
}
