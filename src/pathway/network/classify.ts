import { CellweaveError } from "../../errors.ts";
import type { Rule, SbmlDocument, Species } from "../../sbml/document.ts";
import { type Determination, type PathwaySymbol, SlotAllocator, type SymbolKind } from "../symbols.ts";
import { type Candidate, matchAlgebraicRules } from "./match-algebraic.ts";

/** Every quantity of a document with its slot; states first, so that they and their derivatives lie in a row. */
export interface Classified {
  readonly symbols: ReadonlyMap<string, PathwaySymbol>;
  /** Ids that the algebraic rules determine, in the order of the rules. */
  readonly unknowns: readonly string[];
  /** Symbols that are integrated, in order of their slots 1, 2, ...; `amount` says that the amount is the state. */
  readonly states: readonly PathwaySymbol[];
  readonly slots: SlotAllocator;
}

interface Quantity {
  readonly id: string;
  readonly kind: SymbolKind;
  readonly line: number;
  readonly constant: boolean;
  readonly species?: Species;
}

/**
 * Says for every id what determines it and where it lives. Held quantities in `integrated` become states, so that
 * others may add rates to them.
 *
 * Throws `sbml/overdetermined` where a rule and a reaction, or two rules, determine the same thing (SBML rules 10304,
 * 20610), and `sbml/unknown-id` where a rule names nothing.
 */
export function classify(
  document: SbmlDocument,
  driven: ReadonlySet<string>,
  integrated: ReadonlySet<string>,
): Classified {
  const quantities = quantitiesOf(document);
  const rules = rulesByVariable(document, quantities);
  const reacting = reactingSpecies(document);
  const determinations = new Map<string, Determination>();
  for (const q of quantities.values()) {
    const found = determine(document, q, rules, reacting, driven);
    const promoted = q.kind === "species" ? "reactions" : "rate";
    determinations.set(q.id, found === "held" && integrated.has(q.id) ? promoted : found);
  }
  const unknowns = matchAlgebraicRules(document, candidates(document, quantities, determinations));
  for (const id of unknowns) determinations.set(id, "algebraic");
  const moving = [...quantities.values()].filter((q) => isState(determinations.get(q.id)));
  const slots = new SlotAllocator(1 + 2 * moving.length);
  const stateSlot = new Map(moving.map((q, i) => [q.id, i + 1]));
  const symbols = new Map<string, PathwaySymbol>();
  for (const q of ordered(quantities)) {
    const determination = determinations.get(q.id) ?? "held";
    symbols.set(q.id, place(document, q, determination, symbols, stateSlot.get(q.id), slots));
  }
  return { unknowns, symbols, states: moving.map((q) => symbols.get(q.id)).filter((s) => s !== undefined), slots };
}

/** What algebraic rules may determine: species before others, and last what events assign to. */
function candidates(
  document: SbmlDocument,
  quantities: ReadonlyMap<string, Quantity>,
  determinations: ReadonlyMap<string, Determination>,
): Candidate[] {
  const byEvents = new Set(document.events.flatMap((e) => e.assignments.map((a) => a.variable)));
  const free = [...quantities.values()].filter((q) => !q.constant && determinations.get(q.id) === "held");
  return free.map(({ id, kind }) => ({ id, cost: (kind === "species" ? 0 : 1) + (byEvents.has(id) ? 2 : 0) }));
}

function isState(determination: Determination | undefined): boolean {
  return determination === "rate" || determination === "reactions";
}

function quantitiesOf(document: SbmlDocument): Map<string, Quantity> {
  const out = new Map<string, Quantity>();
  const add = (q: Quantity): void => void out.set(q.id, q);
  for (const c of document.compartments) add({ id: c.id, kind: "compartment", line: c.line, constant: c.constant });
  for (const s of document.species) add({ id: s.id, kind: "species", line: s.line, constant: s.constant, species: s });
  for (const p of document.parameters) add({ id: p.id, kind: "parameter", line: p.line, constant: p.constant });
  for (const r of document.reactions) {
    add({ id: r.id, kind: "reaction", line: r.line, constant: false });
    for (const ref of [...r.reactants, ...r.products])
      if (ref.id !== "") add({ id: ref.id, kind: "stoichiometry", line: ref.line, constant: ref.constant });
  }
  return out;
}

/** Compartments before the species that refer to their slots. */
function ordered(quantities: ReadonlyMap<string, Quantity>): Quantity[] {
  const all = [...quantities.values()];
  return [...all.filter((q) => q.kind === "compartment"), ...all.filter((q) => q.kind !== "compartment")];
}

function rulesByVariable(document: SbmlDocument, quantities: ReadonlyMap<string, Quantity>): Map<string, Rule> {
  const out = new Map<string, Rule>();
  for (const rule of document.rules) {
    if (rule.kind === "algebraic") continue;
    if (!quantities.has(rule.variable))
      throw fail(
        document,
        rule.line,
        "sbml/unknown-id",
        `The ${rule.kind} rule names '${rule.variable}', which the model does not have`,
      );
    const other = out.get(rule.variable);
    if (other !== undefined)
      throw fail(
        document,
        rule.line,
        "sbml/overdetermined",
        `'${rule.variable}' already has a rule at line ${other.line} (SBML rule 10304)`,
      );
    out.set(rule.variable, rule);
  }
  return out;
}

/** Species that reactions change, with the line of one that does. */
function reactingSpecies(document: SbmlDocument): Map<string, number> {
  const out = new Map<string, number>();
  for (const r of document.reactions) {
    if (r.kineticLaw === undefined) continue;
    for (const ref of [...r.reactants, ...r.products]) out.set(ref.species, r.line);
  }
  return out;
}

function determine(
  document: SbmlDocument,
  q: Quantity,
  rules: ReadonlyMap<string, Rule>,
  reacting: ReadonlyMap<string, number>,
  driven: ReadonlySet<string>,
): Determination {
  const rule = rules.get(q.id);
  const reacts = q.species !== undefined && !q.species.boundaryCondition && !q.constant && reacting.has(q.id);
  if (driven.has(q.id)) {
    if (rule !== undefined || reacts)
      throw fail(
        document,
        q.line,
        "sbml/overdetermined",
        `'${q.id}' cannot be an input: ${rule === undefined ? "reactions change it" : "a rule determines it"}`,
      );
    return "driven";
  }
  if (rule === undefined) return q.kind === "reaction" ? "assigned" : reacts ? "reactions" : "held";
  if (reacts)
    throw fail(
      document,
      rule.line,
      "sbml/overdetermined",
      `'${q.id}' is changed by a rule and by reactions (SBML rule 20610)`,
    );
  return rule.kind === "rate" ? "rate" : "assigned";
}

function place(
  document: SbmlDocument,
  q: Quantity,
  determination: Determination,
  symbols: ReadonlyMap<string, PathwaySymbol>,
  state: number | undefined,
  slots: SlotAllocator,
): PathwaySymbol {
  const base = { id: q.id, kind: q.kind, line: q.line, determination, constant: q.constant };
  const { species } = q;
  if (species === undefined) return { ...base, slot: state ?? slots.one(), amount: -1, volume: -1 };
  const compartment = symbols.get(species.compartment);
  if (compartment?.kind !== "compartment")
    throw fail(
      document,
      q.line,
      "sbml/unknown-id",
      `Species '${q.id}' is in the compartment '${species.compartment}', which the model does not have (SBML rule 20601)`,
    );
  const volume = hasSize(document, species.compartment) ? compartment.slot : -1;
  if (species.hasOnlySubstanceUnits || volume < 0) {
    const slot = state ?? slots.one();
    return { ...base, slot, amount: slot, volume };
  }
  if (determination === "reactions") return { ...base, amount: state ?? slots.one(), slot: slots.one(), volume };
  return { ...base, slot: state ?? slots.one(), amount: slots.one(), volume };
}

/** Whether a compartment has a size to divide by: points have none unless the model gives them one. */
function hasSize(document: SbmlDocument, id: string): boolean {
  const compartment = document.compartments.find((c) => c.id === id);
  if (compartment === undefined || compartment.spatialDimensions > 0 || compartment.size !== undefined) return true;
  return document.rules.some((r) => r.variable === id) || document.initialAssignments.some((a) => a.symbol === id);
}

function fail(document: SbmlDocument, line: number, code: string, message: string): CellweaveError {
  return new CellweaveError(code, message, {
    place: document.file === undefined ? { line } : { file: document.file, line },
  });
}
