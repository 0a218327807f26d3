import { didYouMean } from "../../suggest.ts";
import { parseDouble } from "../attributes.ts";
import { fbcItems, fbcUri, fbcValue, isFbc } from "../fbc.ts";
import type { XmlElement } from "../xml.ts";
import { idsOf } from "./compartments-species.ts";
import { idOf, word } from "./elements.ts";
import { checkStrict } from "./fbc-strict.ts";
import type { Report } from "./finding.ts";
import type { ModelView } from "./view.ts";

/** Rules of the package fbc: what its objects refer to, and what a strict model promises. */
export function checkFbc(view: ModelView, report: Report): void {
  const version = view.context.packages.get("fbc");
  if (version === undefined) return;
  const { model } = view;
  checkObjectives(view, report);
  if (version === 1) checkFluxBounds(view, report);
  else {
    if (fbcUri(model, "strict") === undefined)
      report.add("fbc-20209", model, "the model does not say fbc:strict", { hint: 'add fbc:strict="true" or "false"' });
    checkGeneProducts(view, report);
    for (const reaction of view.all("reaction")) checkBounds(view, reaction, report);
    if (/^(true|1)$/.test(fbcValue(model, "strict")?.trim() ?? "")) checkStrict(view, report);
  }
  for (const species of view.all("species")) {
    const charge = fbcValue(species, "charge");
    if (charge !== undefined && version < 3 && !/^[+-]?\d+$/.test(charge.trim()))
      report.add("fbc-20302", species, `got fbc:charge="${charge}" of species '${idOf(view.context, species)}'`);
  }
}

function checkObjectives(view: ModelView, report: Report): void {
  const lists = view.model.children.filter((c) => c.name === "listOfObjectives" && isFbc(c.uri));
  const objectives = fbcItems(view.model, "listOfObjectives", "objective");
  const ids = objectives.map((o) => fbcValue(o, "id")?.trim() ?? "");
  for (const list of lists) {
    const active = fbcValue(list, "activeObjective")?.trim();
    if (active !== undefined && !ids.includes(active))
      report.add("fbc-20208", list, `activeObjective="${active}" is no objective`, { hint: didYouMean(active, ids) });
  }
  for (const o of objectives) {
    const id = fbcValue(o, "id")?.trim();
    const type = fbcValue(o, "type")?.trim();
    if (id === undefined || type === undefined)
      report.add("fbc-20503", o, `an objective has no ${id === undefined ? "id" : "type"}`, { id });
    else if (type !== "maximize" && type !== "minimize")
      report.add("fbc-20505", o, `got fbc:type="${type}" of objective '${id}'`, {
        id,
        hint: didYouMean(type, ["maximize", "minimize"]),
      });
    const parts = fbcItems(o, "listOfFluxObjectives", "fluxObjective");
    const lists = o.children.filter((c) => c.name === "listOfFluxObjectives").length;
    if (lists !== 1) report.add("fbc-20506", o, `objective '${id}' has ${lists} lists of flux objectives`, { id });
    else if (parts.length === 0) report.add("fbc-20507", o, `objective '${id}' has no flux objective`, { id });
    for (const part of parts) {
      if (fbcValue(part, "reaction") === undefined || fbcValue(part, "coefficient") === undefined)
        report.add("fbc-20603", part, `a flux objective of '${id}' lacks its reaction or coefficient`, { id });
      checkReference(view, part, "reaction", "reaction", "fbc-20606", report);
    }
  }
}

const OPERATIONS = ["lessEqual", "greaterEqual", "equal"];

function checkFluxBounds(view: ModelView, report: Report): void {
  const lower = new Map<string, number>();
  const upper = new Map<string, number>();
  for (const bound of fbcItems(view.model, "listOfFluxBounds", "fluxBound")) {
    checkReference(view, bound, "reaction", "reaction", "fbc-20408", report);
    const operation = fbcValue(bound, "operation")?.trim() ?? "";
    if (!OPERATIONS.includes(operation))
      report.add("fbc-20406", bound, `got fbc:operation="${operation}"`, { hint: didYouMean(operation, OPERATIONS) });
    const reaction = fbcValue(bound, "reaction")?.trim() ?? "";
    const value = parseDouble(fbcValue(bound, "value") ?? "") ?? Number.NaN;
    if (operation !== "lessEqual") lower.set(reaction, value);
    if (operation !== "greaterEqual") upper.set(reaction, value);
    const [least, most] = [lower.get(reaction) ?? Number.NaN, upper.get(reaction) ?? Number.NaN];
    if (least > most)
      report.add(
        "fbc-20409",
        bound,
        `reaction '${reaction}' has the lower bound ${least} and the upper bound ${most}`,
        {
          id: reaction,
        },
      );
  }
}

function checkBounds(view: ModelView, reaction: XmlElement, report: Report): void {
  checkReference(view, reaction, "lowerFluxBound", "parameter", "fbc-20705", report);
  checkReference(view, reaction, "upperFluxBound", "parameter", "fbc-20706", report);
}

function checkGeneProducts(view: ModelView, report: Report): void {
  const labels = new Map<string, number>();
  const ids = new Set<string>();
  for (const g of fbcItems(view.model, "listOfGeneProducts", "geneProduct")) {
    const [id, label] = [fbcValue(g, "id")?.trim(), fbcValue(g, "label")];
    if (id === undefined || label === undefined)
      report.add("fbc-21203", g, `a gene product has no ${id === undefined ? "id" : "label"}`, { id: id ?? label });
    const line = label === undefined ? undefined : labels.get(label);
    if (line !== undefined) report.add("fbc-21205", g, `the label '${label}' is already used at line ${line}`, { id });
    if (label !== undefined && line === undefined) labels.set(label, g.line);
    if (id !== undefined) ids.add(id);
    checkReference(view, g, "associatedSpecies", "species", "fbc-21207", report);
  }
  for (const reaction of view.all("reaction"))
    for (const association of reaction.children.filter((c) => c.name === "geneProductAssociation" && isFbc(c.uri)))
      checkAssociation(association, idOf(view.context, reaction), ids, report);
}

function checkAssociation(e: XmlElement, reaction: string, genes: ReadonlySet<string>, report: Report): void {
  const parts = e.children.filter((c) => isFbc(c.uri));
  const rule = e.name === "and" ? "fbc-21003" : "fbc-21103";
  if (e.name === "geneProductAssociation" && parts.length !== 1)
    report.add("fbc-20805", e, `the gene product association of '${reaction}' holds ${parts.length} elements`, {
      id: reaction,
    });
  if ((e.name === "and" || e.name === "or") && parts.length < 2)
    report.add(rule, e, `<${e.name}> in the gene product association of '${reaction}' holds ${parts.length}`, {
      id: reaction,
    });
  const gene = e.name === "geneProductRef" ? (fbcValue(e, "geneProduct")?.trim() ?? "") : undefined;
  if (gene !== undefined && !genes.has(gene))
    report.add("fbc-20908", e, `reaction '${reaction}' names '${gene}', which is no gene product`, {
      id: reaction,
      hint: didYouMean(gene, genes),
    });
  for (const c of parts) checkAssociation(c, reaction, genes, report);
}

function checkReference(
  view: ModelView,
  e: XmlElement,
  attribute: string,
  kind: "reaction" | "parameter" | "species",
  rule: string,
  report: Report,
): void {
  const named = fbcValue(e, attribute)?.trim();
  if (named === undefined || view.byId.get(named)?.kind === kind) return;
  const id = idOf(view.context, e) || (fbcValue(e, "id") ?? word(e, "id"));
  const message = `fbc:${attribute}="${named}" is no ${kind} of the model`;
  report.add(rule, e, message, { id: id ?? named, hint: didYouMean(named, idsOf(view, kind)) });
}
