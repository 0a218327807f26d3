import { parseDouble } from "../attributes.ts";
import { fbcItems, fbcValue } from "../fbc.ts";
import type { XmlElement } from "../xml.ts";
import { flag, idOf, referencesOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import type { ModelView } from "./view.ts";

/** What a model with fbc:strict promises. @see SBML Level 3 fbc Version 2, section 3.3, doi:10.1515/jib-2017-0082 */
export function checkStrict(view: ModelView, report: Report): void {
  const initial = new Set(view.formulas.filter((f) => f.place === "initialAssignment").map((f) => f.id));
  for (const reaction of view.all("reaction")) {
    const id = idOf(view.context, reaction);
    checkBounds(view, reaction, id, initial, report);
    for (const r of referencesOf(view.context, reaction)) checkStoichiometry(r, id, initial, report);
  }
  for (const objective of fbcItems(view.model, "listOfObjectives", "objective"))
    for (const part of fbcItems(objective, "listOfFluxObjectives", "fluxObjective")) {
      const coefficient = parseDouble(fbcValue(part, "coefficient") ?? "");
      if (coefficient === undefined || !Number.isFinite(coefficient))
        report.add(
          "fbc-20608",
          part,
          `the coefficient of '${fbcValue(part, "reaction")}' is ${coefficient ?? "missing"}`,
        );
    }
}

function checkBounds(
  view: ModelView,
  reaction: XmlElement,
  id: string,
  initial: ReadonlySet<string>,
  report: Report,
): void {
  const values = ["lowerFluxBound", "upperFluxBound"].map((side, i) => {
    const name = fbcValue(reaction, side)?.trim();
    if (name === undefined) {
      report.add("fbc-20707", reaction, `reaction '${id}' of a strict model has no fbc:${side}`, { id });
      return Number.NaN;
    }
    const bound = view.byId.get(name)?.element;
    if (bound === undefined) return Number.NaN;
    const told = `'${name}', ${i === 0 ? "lower" : "upper"} flux bound of '${id}',`;
    const value = parseDouble(word(bound, "value") ?? "");
    if (!flag(bound, "constant", true)) report.add("fbc-20708", bound, `${told} is not constant`, { id: name });
    if (value === undefined || Number.isNaN(value))
      report.add("fbc-20709", bound, `${told} has no value`, { id: name });
    if (initial.has(name)) report.add("fbc-20710", bound, `${told} has an initial assignment`, { id: name });
    if (i === 0 && value === Number.POSITIVE_INFINITY) report.add("fbc-20711", bound, `${told} is INF`, { id: name });
    if (i === 1 && value === Number.NEGATIVE_INFINITY) report.add("fbc-20712", bound, `${told} is -INF`, { id: name });
    return value ?? Number.NaN;
  });
  const [lower = Number.NaN, upper = Number.NaN] = values;
  if (lower > upper) report.add("fbc-20713", reaction, `reaction '${id}' has the bounds ${lower} and ${upper}`, { id });
}

function checkStoichiometry(e: XmlElement, reaction: string, initial: ReadonlySet<string>, report: Report): void {
  const told = `the stoichiometry of '${word(e, "species")}' in '${reaction}'`;
  const value = parseDouble(word(e, "stoichiometry") ?? "");
  const id = word(e, "id") ?? reaction;
  if (!flag(e, "constant", true)) report.add("fbc-20714", e, `${told} is not constant`, { id });
  if (value === undefined || !Number.isFinite(value))
    report.add("fbc-20715", e, `${told} is ${value ?? "missing"}`, { id });
  if (initial.has(word(e, "id") ?? "")) report.add("fbc-20716", e, `${told} has an initial assignment`, { id });
}
