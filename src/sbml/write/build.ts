import { attribute } from "../attributes.ts";
import type { Part } from "../comp/instance.ts";
import { MATHML } from "../namespaces.ts";
import type { XmlAttribute } from "../xml.ts";

/** What a new element is made of; a list of attributes without namespace as name and value. */
export interface Made {
  readonly attributes?: readonly (readonly [name: string, value: string])[];
  readonly children?: readonly Part[];
  readonly text?: string;
  readonly line?: number;
}

/** A new element. */
export function made(name: string, uri: string, { attributes = [], children = [], text = "", line = 0 }: Made): Part {
  const unprefixed = attributes.map(([key, value]): XmlAttribute => ({ name: key, uri: "", value }));
  return { name, uri, attributes: unprefixed, children: [...children], text, offset: 0, line, column: 1 };
}

/** A new element of MathML. */
export function mathMade(name: string, children: readonly Part[] = [], text = ""): Part {
  return made(name, MATHML, { children, text });
}

/** Gives an attribute without namespace a value where it has none. */
export function setDefault(element: Part, name: string, value: string): void {
  if (attribute(element, name) === undefined) element.attributes.push({ name, uri: "", value });
}

/** Takes an attribute without namespace away. @returns its value, undefined where it was not there */
export function takeAttribute(element: Part, name: string): string | undefined {
  const value = attribute(element, name);
  if (value !== undefined) element.attributes = element.attributes.filter((a) => a.name !== name || a.uri !== "");
  return value;
}

/** Gives an attribute without namespace another name, its place kept. */
export function renameAttribute(element: Part, from: string, to: string): void {
  element.attributes = element.attributes.map((a) => (a.name === from && a.uri === "" ? { ...a, name: to } : a));
}

/** The child lists of a model in the order that the specification gives them. @see SBML L3V2 Core, section 4.2 */
const ORDER = [
  ...["notes", "annotation", "listOfFunctionDefinitions", "listOfUnitDefinitions", "listOfCompartments"],
  ...["listOfSpecies", "listOfParameters", "listOfInitialAssignments", "listOfRules", "listOfConstraints"],
  ...["listOfReactions", "listOfEvents"],
];

/** The list of a model, made in its place where there is none. */
export function listOf(model: Part, name: string): Part {
  const found = model.children.find((c) => c.name === name && c.uri === model.uri);
  if (found !== undefined) return found;
  const list = made(name, model.uri, {});
  const later = new Set(ORDER.slice(ORDER.indexOf(name) + 1));
  const at = model.children.findIndex((c) => c.uri !== model.uri || later.has(c.name));
  model.children.splice(at < 0 ? model.children.length : at, 0, list);
  return list;
}
