import { didYouMean } from "../suggest.ts";
import { type ReadContext, refuse, warn } from "./context.ts";
import { inLevel, levelsWith, type Vocabulary, vocabularyOf } from "./vocabulary.ts";
import type { XmlElement } from "./xml.ts";

interface Doubt {
  readonly element: XmlElement;
  readonly message: string;
  readonly hint: string;
  count: number;
}

/**
 * Sees that no name of the core namespace passes unread because it is misspelt or of another level: an element is
 * refused (`sbml/unknown-element`), an attribute without a prefix gives one warning a name, with its first line. What
 * another version of the same level has is read as meant, with a warning.
 * Packages, notes, annotations and mathematics are not looked into.
 */
export function checkNames(context: ReadContext, root: XmlElement): void {
  const vocabulary = vocabularyOf(context.level, context.version);
  const doubts = new Map<string, Doubt>();
  const doubt = (element: XmlElement, message: string, hint: string): void => {
    const seen = doubts.get(message);
    if (seen === undefined) doubts.set(message, { element, message, hint, count: 1 });
    else seen.count++;
  };
  const walk = (element: XmlElement): void => {
    const known = vocabulary.get(element.name);
    if (known === undefined) return;
    checkAttributes(context, element, known, doubt);
    for (const c of element.children) {
      if (c.uri !== context.core) continue;
      if (!known.children.includes(c.name)) {
        if (!inLevel(context.level, element.name, "children", c.name)) refuseElement(context, element, c, known);
        doubt(c, ...otherVersion(context, element, "children", c.name));
      }
      walk(c);
    }
  };
  walk(root);
  for (const { element, message, hint, count } of doubts.values())
    warn(
      context,
      element,
      message + (count === 1 ? "" : ` (and ${count - 1} more)`) + (hint === "" ? "" : `; ${hint}`),
    );
}

function refuseElement(context: ReadContext, parent: XmlElement, found: XmlElement, known: Vocabulary): never {
  const message = `Level ${context.level} has no <${found.name}> in <${parent.name}>`;
  const hint = elementHint(parent.name, found.name, known);
  refuse(context, found, "sbml/unknown-element", message, `${hint} (SBML rule 10102)`);
}

/** What to write in place of an element that its parent can't hold. */
export function elementHint(parent: string, name: string, { children }: Vocabulary): string {
  if (name === "math") return `write <math xmlns="http://www.w3.org/1998/Math/MathML">`;
  const elsewhere = levelsWith(parent, "children", name);
  const expected = `expected one of ${children.map((child) => `<${child}>`).join(", ")}`;
  return didYouMean(name, children) ?? (elsewhere === "" ? expected : `it is of ${elsewhere}; ${expected}`);
}

function checkAttributes(
  context: ReadContext,
  element: XmlElement,
  known: Vocabulary,
  doubt: (element: XmlElement, message: string, hint: string) => void,
): void {
  for (const { name, uri } of element.attributes) {
    if (uri !== "" || known.attributes.includes(name)) continue;
    if (inLevel(context.level, element.name, "attributes", name))
      doubt(element, ...otherVersion(context, element, "attributes", name));
    else {
      const elsewhere = levelsWith(element.name, "attributes", name);
      const hint = elsewhere === "" ? didYouMean(name, known.attributes) : `it is of ${elsewhere}`;
      doubt(element, `the attribute '${name}' of <${element.name}> is not known and is not read`, hint ?? "");
    }
  }
}

function otherVersion(
  { level, version }: ReadContext,
  { name: parent }: XmlElement,
  kind: "children" | "attributes",
  name: string,
): [message: string, hint: string] {
  const what = kind === "children" ? `<${name}> in <${parent}>` : `attribute '${name}' on <${parent}>`;
  return [`Level ${level} Version ${version} has no ${what}`, `it is of ${levelsWith(parent, kind, name)}`];
}
