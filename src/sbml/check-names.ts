import { didYouMean } from "../suggest.ts";
import { type ReadContext, refuse, warn } from "./context.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";
import type { XmlElement } from "./xml.ts";

interface UnknownAttribute {
  readonly element: XmlElement;
  readonly name: string;
  readonly known: readonly string[];
  count: number;
}

/**
 * Sees that no name of the core namespace passes unread because it is misspelt or of another level: an element is
 * refused (`sbml/unknown-element`), an attribute without a prefix gives one warning a name, with its first line.
 * Packages, notes, annotations and mathematics are not looked into.
 */
export function checkNames(context: ReadContext, root: XmlElement): void {
  const vocabulary = vocabularyOf(context.level);
  const unknown = new Map<string, UnknownAttribute>();
  const walk = (element: XmlElement): void => {
    const known = vocabulary.get(element.name);
    if (known === undefined) return;
    checkAttributes(element, known, unknown);
    for (const c of element.children) {
      if (c.uri !== context.core) continue;
      if (!known.children.includes(c.name)) refuseElement(context, element, c, known);
      walk(c);
    }
  };
  walk(root);
  for (const attribute of unknown.values()) warnOf(context, attribute);
}

function refuseElement(context: ReadContext, parent: XmlElement, found: XmlElement, { children }: Vocabulary): never {
  const message = `Level ${context.level} has no <${found.name}> in <${parent.name}>`;
  const hint =
    found.name === "math"
      ? `write <math xmlns="http://www.w3.org/1998/Math/MathML">`
      : (didYouMean(found.name, children) ?? `expected one of ${children.map((name) => `<${name}>`).join(", ")}`);
  refuse(context, found, "sbml/unknown-element", message, hint);
}

function checkAttributes(element: XmlElement, known: Vocabulary, unknown: Map<string, UnknownAttribute>): void {
  for (const { name, uri } of element.attributes) {
    if (uri !== "" || known.attributes.includes(name)) continue;
    const key = `${element.name} ${name}`;
    const seen = unknown.get(key);
    if (seen === undefined) unknown.set(key, { element, name, known: known.attributes, count: 1 });
    else seen.count++;
  }
}

function warnOf(context: ReadContext, { element, name, known, count }: UnknownAttribute): void {
  const meant = didYouMean(name, known);
  const more = count === 1 ? "" : ` (and ${count - 1} more)`;
  const hint = meant === undefined ? "" : `; ${meant}`;
  warn(context, element, `the attribute '${name}' of <${element.name}> is not known and is not read${more}${hint}`);
}
