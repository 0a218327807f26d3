import { didYouMean } from "../../suggest.ts";
import type { XmlElement } from "../xml.ts";
import { idsOf, reference } from "./compartments-species.ts";
import { coreChildren, idOf, itemsOf, participantsOf, referencesOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import type { ModelView } from "./view.ts";

/** Reactions: what takes part in them. */
export function checkReactions(view: ModelView, report: Report): void {
  const { context } = view;
  for (const reaction of view.all("reaction")) {
    const id = idOf(context, reaction);
    const references = referencesOf(context, reaction);
    if (references.length === 0)
      report.add("21101", reaction, `reaction '${id}' has neither reactants nor products`, { id });
    reference(view, reaction, "compartment", "compartment", "21107", report);
    for (const e of [...references, ...itemsOf(context, reaction, "listOfModifiers")])
      checkParticipant(view, e, id, report);
    for (const e of references)
      if (word(e, "stoichiometry") !== undefined && coreChildren(context, e, "stoichiometryMath").length > 0)
        report.add("21113", e, `'${word(e, "species")}' in reaction '${id}' has both`, { id, hint: "keep one" });
    checkLocalNames(view, reaction, id, report);
  }
  for (const formula of view.formulas)
    if (formula.place === "functionDefinition" && formula.math !== undefined)
      checkLambda(formula.math, formula.id, report);
}

function checkParticipant(view: ModelView, e: XmlElement, reaction: string, report: Report): void {
  const species = word(e, "species") ?? word(e, "specie");
  if (species === undefined || view.byId.get(species)?.kind === "species") return;
  report.add("21111", e, `<${e.name}> in reaction '${reaction}' names '${species}', which is no species`, {
    id: species,
    hint: didYouMean(species, idsOf(view, "species")),
  });
}

/** A local parameter that hides a species of its reaction. */
function checkLocalNames({ context }: ModelView, reaction: XmlElement, id: string, report: Report): void {
  const participants = participantsOf(context, reaction);
  for (const law of coreChildren(context, reaction, "kineticLaw"))
    for (const p of itemsOf(context, law, "listOfLocalParameters"))
      if (participants.has(idOf(context, p)))
        report.add("21173", p, `the local parameter '${idOf(context, p)}' of reaction '${id}' hides a species of it`, {
          id: idOf(context, p),
        });
}

function checkLambda(math: XmlElement, id: string, report: Report): void {
  let [lambda] = math.children;
  if (lambda?.name === "semantics") [lambda] = lambda.children;
  if (lambda === undefined || lambda.name === "lambda") return;
  report.add("20301", lambda, `function '${id}' holds <${lambda.name}>`, { id, hint: "write <lambda> around it" });
}
