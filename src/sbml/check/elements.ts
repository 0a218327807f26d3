import { attribute } from "../attributes.ts";
import type { ReadContext } from "../context.ts";
import type { XmlElement } from "../xml.ts";

/** Elements in the lists of a name, whatever they are called. */
export function itemsOf(context: ReadContext, parent: XmlElement, list: string): XmlElement[] {
  return coreChildren(context, parent, list).flatMap((l) =>
    l.children.filter((c) => c.uri === context.core && c.name !== "notes" && c.name !== "annotation"),
  );
}

/** Children of a name in the core namespace. */
export function coreChildren(context: ReadContext, parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((c) => c.name === name && c.uri === context.core);
}

/** Reactants and products of a reaction. */
export function referencesOf(context: ReadContext, reaction: XmlElement): XmlElement[] {
  return [...itemsOf(context, reaction, "listOfReactants"), ...itemsOf(context, reaction, "listOfProducts")];
}

/** Species that a reaction has as reactant, product or modifier. */
export function participantsOf(context: ReadContext, reaction: XmlElement): Set<string> {
  const all = [...referencesOf(context, reaction), ...itemsOf(context, reaction, "listOfModifiers")];
  return new Set(all.map((e) => word(e, "species") ?? word(e, "specie") ?? ""));
}

/** Id of an element, which Level 1 calls its name; empty where it has none. */
export function idOf(context: ReadContext, element: XmlElement): string {
  return word(element, context.level === 1 ? "name" : "id") ?? "";
}

/** Value of an attribute without a prefix, trimmed. */
export function word(element: XmlElement, name: string): string | undefined {
  return attribute(element, name)?.trim();
}

/** Whether an attribute says true; `fallback` where it is absent. */
export function flag(element: XmlElement, name: string, fallback: boolean): boolean {
  const value = word(element, name);
  return value === undefined ? fallback : value === "true" || value === "1";
}
