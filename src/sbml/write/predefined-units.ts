import { attribute } from "../attributes.ts";
import type { Part } from "../comp/instance.ts";
import { listOf, made, setDefault } from "./build.ts";
import type { Conversion } from "./conversion.ts";

/** Units that Level 1 and Level 2 define before the model does. @see SBML Level 2 Version 5, section 4.4.3 */
interface Predefined {
  /** What it is by default, and to which power. */
  readonly kind: string;
  readonly exponent: number;
  /** Attributes of a Level 3 model that say so. */
  readonly attributes: readonly string[];
}

const PREDEFINED: Readonly<Record<string, Predefined>> = {
  substance: { kind: "mole", exponent: 1, attributes: ["substanceUnits", "extentUnits"] },
  time: { kind: "second", exponent: 1, attributes: ["timeUnits"] },
  volume: { kind: "litre", exponent: 1, attributes: ["volumeUnits"] },
  area: { kind: "metre", exponent: 2, attributes: ["areaUnits"] },
  length: { kind: "metre", exponent: 1, attributes: ["lengthUnits"] },
};

const REFERENCES = new Set(["units", "substanceUnits"]);

/**
 * Says the predefined units of Level 1 and Level 2 as Level 3 has it: attributes of the model, and definitions of those
 * that are named and that no base unit stands for.
 */
export function writeUnits({ context }: Conversion, model: Part): void {
  const units = model.children.find((c) => c.name === "listOfUnitDefinitions");
  const defined = new Set((units?.children ?? []).map((u) => attribute(u, "id")?.trim()));
  const named = new Set<string>();
  collect(model, context.core, named);
  for (const [name, { kind, exponent, attributes }] of Object.entries(PREDEFINED)) {
    const needsOne = !defined.has(name) && (named.has(name) || exponent !== 1);
    if (needsOne) listOf(model, "listOfUnitDefinitions").children.push(definition(model.uri, name, kind, exponent));
    const unit = defined.has(name) || needsOne ? name : kind;
    for (const attribute of attributes) setDefault(model, attribute, unit);
  }
}

/** Names that attributes refer to units by. */
function collect(e: Part, core: string, out: Set<string>): void {
  if (e.uri !== core) return;
  for (const a of e.attributes) if (a.uri === "" && REFERENCES.has(a.name)) out.add(a.value.trim());
  for (const c of e.children) collect(c, core, out);
}

function definition(uri: string, id: string, kind: string, exponent: number): Part {
  const unit = made("unit", uri, {
    attributes: [
      ["kind", kind],
      ["exponent", String(exponent)],
      ["scale", "0"],
      ["multiplier", "1"],
    ],
  });
  const list = made("listOfUnits", uri, { children: [unit] });
  return made("unitDefinition", uri, { attributes: [["id", id]], children: [list] });
}
