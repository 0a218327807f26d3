import { CellweaveError } from "../../errors.ts";
import { isFbc } from "../fbc.ts";
import { LIMITS, type ReadLimits } from "../limits.ts";
import { packageOf } from "../namespaces.ts";
import { contextOf } from "../read.ts";
import { parseXml, type XmlElement } from "../xml.ts";
import { checkAnnotations } from "./annotations.ts";
import { checkAssignments, checkConversionFactors, checkEvents } from "./assignments.ts";
import { attempt } from "./attempt.ts";
import { checkComp } from "./comp.ts";
import { checkCompartments, checkSpecies } from "./compartments-species.ts";
import { checkDependencies } from "./dependencies.ts";
import { checkFbc } from "./fbc.ts";
import { Report, type SbmlFinding } from "./finding.ts";
import { checkIds, checkMetaids } from "./ids.ts";
import { checkMathml } from "./mathml.ts";
import { checkVocabulary } from "./names.ts";
import { checkReactions } from "./reactions.ts";
import { checkReferences } from "./references.ts";
import { checkStructure } from "./structure.ts";
import { checkTypes } from "./types.ts";
import { checkUnitDefinitions } from "./unit-definitions.ts";
import { checkUnits } from "./units.ts";
import { type ModelView, viewModel } from "./view.ts";

/** How a file is checked. */
export interface CheckOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  readonly limits?: Partial<ReadLimits>;
}

/** What a check found: errors and warnings in the order of the file, and what could not be checked. */
export interface SbmlCheck {
  readonly findings: readonly SbmlFinding[];
  readonly notes: readonly string[];
}

/** Checks of one model, each with its part of the rules. */
const MODEL_CHECKS: readonly ((view: ModelView, report: Report) => void)[] = [
  checkStructure,
  checkIds,
  checkUnitDefinitions,
  checkCompartments,
  checkSpecies,
  checkAssignments,
  checkConversionFactors,
  checkReactions,
  checkEvents,
  checkReferences,
  checkTypes,
  checkDependencies,
  checkFbc,
  checkUnits,
];

/**
 * Checks a file against the consistency rules of the specification (`CHECK_RULES`) and goes on after the first finding.
 *
 * Throws what `readSbml` throws for text that is not well-formed XML or beyond the limits.
 */
export function checkSbml(text: string, options: CheckOptions = {}): SbmlCheck {
  const limits = { ...LIMITS, ...options.limits };
  const root = parseXml(text, options.file, limits);
  const packages = packagesOf(root);
  const context = attempt(() => contextOf(root, options.file, limits, packages));
  if (context instanceof CellweaveError) return { findings: [notSbml(root, context)], notes: [] };
  const report = new Report(context);
  const encoding = /^\uFEFF?<\?xml[^>]*encoding=["']([^"']*)["']/.exec(text)?.[1];
  if (encoding !== undefined && encoding.toUpperCase() !== "UTF-8")
    report.add("10101", { line: 1 }, `the file says that its encoding is ${encoding}`, { hint: "save it as UTF-8" });
  const model = root.children.find((c) => c.name === "model" && c.uri === context.core);
  if (model === undefined) report.add("20201", root, "<sbml> holds no <model>");
  checkVocabulary(context, root, report);
  checkMetaids(root, report);
  checkAnnotations(root, context.core, report);
  const models = [...(model === undefined ? [] : [model]), ...modelDefinitions(root)];
  for (const m of models) checkModel(viewModel(context, m), report);
  if (packages.has("comp")) checkComp(context, root, report);
  for (const { uri, name, value } of root.attributes)
    if (name === "required" && isFbc(uri) && value.trim() !== "false" && value.trim() !== "0")
      report.add("fbc-20103", root, `got fbc:required="${value}"`);
  const findings = [...report.findings].sort((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0));
  return { findings, notes: report.notes };
}

/** Packages that a file declares, with their version. */
function packagesOf(root: XmlElement): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const { uri, name } of root.attributes) {
    const found = packageOf(uri);
    if (found !== undefined && name === "required") out.set(found.name, found.version);
  }
  return out;
}

/** Without level and version there is nothing to check by. */
function notSbml(root: XmlElement, error: CellweaveError): SbmlFinding {
  const report = new Report({ level: 3, version: 2 });
  if (root.name === "sbml")
    report.add("20101", root, error.message.replace(" (SBML rule 20101)", ""), {
      hint: error.hint?.replace(" (SBML rule 20101)", ""),
    });
  else report.unreadable(root, error);
  const [finding] = report.findings;
  if (finding === undefined) throw error;
  return finding;
}

function modelDefinitions(root: XmlElement): XmlElement[] {
  return root.children
    .filter((c) => c.name === "listOfModelDefinitions" && packageOf(c.uri)?.name === "comp")
    .flatMap((list) => list.children.filter((c) => c.name === "modelDefinition"));
}

function checkModel(view: ModelView, report: Report): void {
  for (const formula of view.formulas) {
    const before = report.findings.length;
    checkMathml(view, formula, report);
    if (formula.error !== undefined && report.findings.length === before)
      report.unreadable(formula.owner, formula.error);
  }
  for (const check of MODEL_CHECKS) check(view, report);
}
