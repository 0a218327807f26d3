import { didYouMean } from "../../suggest.ts";
import { parseDouble } from "../attributes.ts";
import { elementHint } from "../check-names.ts";
import type { ReadContext } from "../context.ts";
import { levelsWith, type Vocabulary, vocabularyOf } from "../vocabulary.ts";
import type { XmlElement } from "../xml.ts";
import type { Report } from "./finding.ts";

/** Level 3 has a rule for what each list holds, whatever the level says of them. */
const LIST_RULES: ReadonlyMap<string, string> = new Map([
  ["listOfFunctionDefinitions", "20206"],
  ["listOfUnitDefinitions", "20207"],
  ["listOfCompartments", "20208"],
  ["listOfSpecies", "20209"],
  ["listOfParameters", "20210"],
  ["listOfInitialAssignments", "20211"],
  ["listOfRules", "20212"],
  ["listOfConstraints", "20213"],
  ["listOfReactions", "20214"],
  ["listOfEvents", "20215"],
  ["listOfUnits", "20415"],
  ["listOfReactants", "21104"],
  ["listOfProducts", "21104"],
  ["listOfModifiers", "21105"],
  ["listOfLocalParameters", "21128"],
  ["listOfEventAssignments", "21223"],
]);

/** Level 3's rules of the attributes of an element. */
const ATTRIBUTE_RULES: ReadonlyMap<string, string> = new Map([
  ["sbml", "20108"],
  ["model", "20222"],
  ["functionDefinition", "20307"],
  ["unitDefinition", "20419"],
  ["unit", "20421"],
  ["compartment", "20517"],
  ["species", "20623"],
  ["parameter", "20706"],
  ["initialAssignment", "20805"],
  ["assignmentRule", "20908"],
  ["rateRule", "20909"],
  ["algebraicRule", "20910"],
  ["constraint", "21009"],
  ["reaction", "21110"],
  ["speciesReference", "21116"],
  ["modifierSpeciesReference", "21117"],
  ["kineticLaw", "21132"],
  ["localParameter", "21172"],
  ["eventAssignment", "21214"],
  ["event", "21225"],
  ["trigger", "21226"],
  ["delay", "21227"],
  ["priority", "21232"],
]);

/** Attributes of Level 2 whose passing has a rule of its own. */
const REMOVED_RULES: ReadonlyMap<string, string> = new Map([
  ["unit offset", "20411"],
  ["species spatialSizeUnits", "20615"],
  ["kineticLaw substanceUnits", "21125"],
  ["kineticLaw timeUnits", "21126"],
]);

const NUMBERS = "size volume initialAmount initialConcentration value stoichiometry multiplier exponent".split(" ");
const WHOLE = "scale denominator charge".split(" ");
const BOOLEANS =
  "constant hasOnlySubstanceUnits boundaryCondition reversible fast useValuesFromTriggerTime initialValue persistent".split(
    " ",
  );

/** Elements and attributes that the level and version does not have, that are missing, or whose values are no such. */
export function checkVocabulary(context: ReadContext, root: XmlElement, report: Report): void {
  const vocabulary = vocabularyOf(context.level, context.version);
  const walk = (element: XmlElement): void => {
    const known = vocabulary.get(element.name);
    if (known === undefined) return;
    checkAttributes(context, element, known, report);
    for (const c of element.children) {
      if (c.uri !== context.core) continue;
      if (!known.children.includes(c.name)) unknownElement(context, element, c, known, report);
      walk(c);
    }
  };
  walk(root);
}

function unknownElement(
  { level, version }: ReadContext,
  parent: XmlElement,
  found: XmlElement,
  known: Vocabulary,
  report: Report,
): void {
  const listed = LIST_RULES.get(parent.name);
  const rule = listed !== undefined && report.has(listed) ? listed : "10102";
  const message = `Level ${level} Version ${version} has no <${found.name}> in <${parent.name}>`;
  report.add(rule, found, message, { hint: elementHint(parent.name, found.name, known) });
}

function checkAttributes({ level, version }: ReadContext, e: XmlElement, known: Vocabulary, report: Report): void {
  const rule = level === 3 ? (ATTRIBUTE_RULES.get(e.name) ?? "10102") : "10103";
  const own = new Map(e.attributes.filter((a) => a.uri === "").map((a) => [a.name, a.value.trim()]));
  const id = own.get(level === 1 ? "name" : "id");
  for (const [name, value] of own) {
    if (!known.attributes.includes(name)) {
      const elsewhere = levelsWith(e.name, "attributes", name);
      const removed = REMOVED_RULES.get(`${e.name} ${name}`);
      const hint = elsewhere === "" ? didYouMean(name, known.attributes) : `it is of ${elsewhere}`;
      const message = `Level ${level} Version ${version} has no attribute '${name}' on <${e.name}>`;
      report.add(removed !== undefined && report.has(removed) ? removed : rule, e, message, { id, hint });
    } else {
      const expected = typeProblem(name, value);
      if (expected !== undefined)
        report.add(rule, e, `got ${name}="${value}" on <${e.name}> when ${expected} was expected`, { id });
    }
  }
  for (const name of known.required)
    if (!own.has(name) && !(e.name === "species" && name === "compartment"))
      report.add(rule, e, `<${e.name}> has no attribute '${name}'`, { id, hint: `add ${name}="..."` });
}

/** What was expected of a value, where it is none such. */
function typeProblem(name: string, value: string): string | undefined {
  if (NUMBERS.includes(name)) return parseDouble(value) === undefined ? "a number" : undefined;
  if (WHOLE.includes(name)) return /^[+-]?\d+$/.test(value) ? undefined : "a whole number";
  if (!BOOLEANS.includes(name)) return undefined;
  return /^(true|false|0|1)$/.test(value) ? undefined : "true or false";
}
