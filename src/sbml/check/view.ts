import type { ReadContext } from "../context.ts";
import type { Unit } from "../document.ts";
import { type UnitTable, unitTable } from "../units/table.ts";
import type { XmlElement } from "../xml.ts";
import { idOf, itemsOf, referencesOf, word } from "./elements.ts";
import { collectFormulas, type Formula } from "./formulas.ts";

/** Elements that mathematics, rules and events may name, with what a message calls them. */
const LISTS = {
  functionDefinition: { list: "listOfFunctionDefinitions", words: "function" },
  compartment: { list: "listOfCompartments", words: "compartment" },
  species: { list: "listOfSpecies", words: "species" },
  parameter: { list: "listOfParameters", words: "parameter" },
  reaction: { list: "listOfReactions", words: "reaction" },
  event: { list: "listOfEvents", words: "event" },
  compartmentType: { list: "listOfCompartmentTypes", words: "compartment type" },
  speciesType: { list: "listOfSpeciesTypes", words: "species type" },
} as const;

export type ListedKind = keyof typeof LISTS;
export type Kind = ListedKind | "speciesReference";

/** An element with its id. */
export interface Component {
  readonly kind: Kind;
  readonly id: string;
  readonly element: XmlElement;
}

/** One model of a file as the checks see it: elements as they are written, found by kind and by id. */
export interface ModelView {
  readonly context: ReadContext;
  readonly model: XmlElement;
  /** What carries ids of the one namespace of names, in document order, duplicates among them. */
  readonly components: readonly Component[];
  /** The first component of each id. */
  readonly byId: ReadonlyMap<string, Component>;
  readonly unitDefinitions: ReadonlyMap<string, XmlElement>;
  readonly units: UnitTable;
  readonly formulas: readonly Formula[];
  all(kind: ListedKind): readonly XmlElement[];
}

/** Looks a model over; nothing is refused. */
export function viewModel(context: ReadContext, model: XmlElement): ModelView {
  const all = (kind: ListedKind): XmlElement[] => itemsOf(context, model, LISTS[kind].list);
  const components: Component[] = [];
  const add = (kind: Kind, element: XmlElement): void => {
    const id = idOf(context, element);
    if (id !== "") components.push({ kind, id, element });
  };
  for (const kind of Object.keys(LISTS) as ListedKind[]) for (const element of all(kind)) add(kind, element);
  if (context.level > 1)
    for (const reaction of all("reaction"))
      for (const reference of referencesOf(context, reaction)) add("speciesReference", reference);
  const byId = new Map<string, Component>();
  for (const c of components) if (!byId.has(c.id)) byId.set(c.id, c);
  const unitDefinitions = new Map<string, XmlElement>();
  for (const e of itemsOf(context, model, "listOfUnitDefinitions")) {
    const id = idOf(context, e);
    if (!unitDefinitions.has(id)) unitDefinitions.set(id, e);
  }
  const units = unitTable(context, new Map([...unitDefinitions].map(([id, e]) => [id, unitsOf(context, e)])));
  const formulas = collectFormulas(context, model);
  return { context, model, components, byId, unitDefinitions, units, formulas, all };
}

/** The units of a definition; what is no number becomes NaN. */
function unitsOf(context: ReadContext, definition: XmlElement): Unit[] {
  return itemsOf(context, definition, "listOfUnits").map((e) => ({
    kind: word(e, "kind") ?? "",
    exponent: Number(word(e, "exponent") ?? 1),
    scale: Number(word(e, "scale") ?? 0),
    multiplier: Number(word(e, "multiplier") ?? 1),
  }));
}

/** What a message calls a kind. */
export function wordsOf(kind: Kind): string {
  return kind === "speciesReference" ? "species reference" : LISTS[kind].words;
}
