import { attribute } from "../attributes.ts";
import { MATHML } from "../namespaces.ts";
import type { Part } from "./instance.ts";

const TIME = "http://www.sbml.org/sbml/symbols/time";
const DELAY = "http://www.sbml.org/sbml/symbols/delay";
const RATE_OF = "http://www.sbml.org/sbml/symbols/rateOf";

/** Ids of the parameters that convert a submodel's time and extent to its parent's; undefined where they are the same. */
export interface Factors {
  readonly time: string | undefined;
  readonly extent: string | undefined;
}

/**
 * Rewrites the mathematics of a submodel in the time and extent of its parent: parent = submodel x factor.
 * @see SBML Level 3 comp Version 1, section 3.9 (table of conversions)
 */
export function convertTimeAndExtent(model: Part, { time, extent }: Factors): void {
  if (time === undefined && extent === undefined) return;
  const reactions = new Set(reactionIds(model));
  const walk = (part: Part): void => {
    for (const c of part.children) if (!["listOfSubmodels", "annotation"].includes(c.name)) walk(c);
    part.children = part.children.map((c) => (c.uri === MATHML ? inMathematics(c, reactions, time, extent) : c));
    const math = part.children.find((c) => c.name === "math" && c.uri === MATHML);
    const body = math?.children[0];
    if (math === undefined || body === undefined) return;
    if (part.name === "rateRule" && time !== undefined) math.children = [combine("divide", body, name(time))];
    if (part.name === "delay" && time !== undefined) math.children = [combine("times", body, name(time))];
    if (part.name === "kineticLaw") {
      const scaled = extent === undefined ? body : combine("times", body, name(extent));
      math.children = [time === undefined ? scaled : combine("divide", scaled, name(time))];
    }
  };
  walk(model);
}

/** csymbols time, delay and rateOf, and rates of reactions, seen from inside the submodel. */
function inMathematics(
  part: Part,
  reactions: ReadonlySet<string>,
  time: string | undefined,
  extent: string | undefined,
): Part {
  const url = attribute(part, "definitionURL")?.trim();
  if (time !== undefined && part.name === "csymbol" && url === TIME) return combine("divide", part, name(time));
  if (part.name === "ci" && reactions.has(part.text.trim())) {
    const perTime = time === undefined ? part : combine("times", part, name(time));
    return extent === undefined ? perTime : combine("divide", perTime, name(extent));
  }
  const head = part.children[0];
  const headUrl = head === undefined ? undefined : attribute(head, "definitionURL")?.trim();
  const [, first, second] = part.children;
  if (time !== undefined && part.name === "apply" && headUrl === DELAY && second !== undefined)
    part.children[2] = combine("times", second, name(time));
  if (time !== undefined && part.name === "apply" && headUrl === RATE_OF && first !== undefined)
    return combine("times", part, name(time));
  return part;
}

function reactionIds(model: Part): string[] {
  const list = model.children.find((c) => c.name === "listOfReactions");
  return (list?.children ?? []).map((r) => attribute(r, "id") ?? "");
}

/** `<apply><op/> a b </apply>` */
export function combine(operator: "times" | "divide", a: Part, b: Part): Part {
  return mathPart("apply", "", a.line, [mathPart(operator, "", a.line, []), a, b]);
}

/** `<ci> id </ci>` */
export function name(id: string, line = 0): Part {
  return mathPart("ci", id, line, []);
}

function mathPart(element: string, text: string, line: number, children: Part[]): Part {
  return { name: element, uri: MATHML, attributes: [], children, text, offset: 0, line, column: 1 };
}
