import { type ReadContext, refuse, warn } from "./context.ts";
import type { XmlElement } from "./xml.ts";

const SID = /^[A-Za-z_][A-Za-z0-9_]*$/;
const DOUBLE = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Raw value of an attribute, or undefined. */
export function attribute(element: XmlElement, name: string, uri = ""): string | undefined {
  for (const a of element.attributes) if (a.name === name && a.uri === uri) return a.value;
  return undefined;
}

/** A reference to an id, trimmed; undefined where absent. */
export function optionalId(context: ReadContext, element: XmlElement, name: string, uri = ""): string | undefined {
  const value = attribute(element, name, uri)?.trim();
  if (value === undefined) return undefined;
  if (!SID.test(value))
    refuse(
      context,
      element,
      "sbml/id",
      `Got ${name}="${value}" on <${element.name}> when an SBML id was expected`,
      "ids are letters, digits and underscores, and start with no digit (SBML rule 10310)",
    );
  return value;
}

/** A reference to an id that must be there. */
export function requiredId(context: ReadContext, element: XmlElement, name: string, uri = ""): string {
  return optionalId(context, element, name, uri) ?? missing(context, element, name);
}

/** XML Schema double: also INF, -INF and NaN. */
export function optionalNumber(context: ReadContext, element: XmlElement, name: string, uri = ""): number | undefined {
  const text = attribute(element, name, uri);
  if (text === undefined) return undefined;
  const value = parseDouble(text);
  if (value === undefined)
    refuse(context, element, "sbml/number", `Got ${name}="${text}" on <${element.name}> when a number was expected`);
  return value;
}

/** XML Schema boolean. */
export function optionalBoolean(
  context: ReadContext,
  element: XmlElement,
  name: string,
  uri = "",
): boolean | undefined {
  const text = attribute(element, name, uri)?.trim();
  if (text === undefined) return undefined;
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  refuse(
    context,
    element,
    "sbml/boolean",
    `Got ${name}="${text}" on <${element.name}> when true or false was expected`,
  );
}

/** A boolean with Level 2's default; Level 3 requires the attribute, so that its absence is worth a warning. */
export function booleanOr(context: ReadContext, element: XmlElement, name: string, fallback: boolean): boolean {
  const value = optionalBoolean(context, element, name);
  if (value === undefined && context.level === 3)
    warn(context, element, `<${element.name}> has no ${name}, which Level 3 requires; read as ${fallback}`);
  return value ?? fallback;
}

/** Number from XML Schema's text, or undefined where it is none. */
export function parseDouble(text: string): number | undefined {
  const t = text.trim();
  if (DOUBLE.test(t)) return Number(t);
  if (t === "INF" || t === "+INF") return Number.POSITIVE_INFINITY;
  if (t === "-INF") return Number.NEGATIVE_INFINITY;
  return t === "NaN" ? Number.NaN : undefined;
}

export function missing(context: ReadContext, element: XmlElement, name: string): never {
  refuse(
    context,
    element,
    "sbml/missing-attribute",
    `<${element.name}> has no attribute '${name}'`,
    `add ${name}="..."`,
  );
}
