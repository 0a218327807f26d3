import { CellweaveError } from "../../errors.ts";
import { reactionAt } from "../../metabolism/model/edits.ts";
import { isMetabolic, type MetabolicModule } from "../../metabolism/module/flux-problem.ts";
import { didYouMean } from "../../suggest.ts";
import type { ArmCell } from "../arms/arm-cell.ts";
import { errorAt } from "../documents/check.ts";
import type { Path } from "../documents/problem.ts";
import type { Names } from "../perturbation.ts";
import type { Scenario } from "../scenario.ts";
import type { FluxAnalysisSpec } from "../schema/flux-analysis.ts";
import type { FluxAnalysis } from "./analysis.ts";

/** Options that some questions have, and others don't. */
const OWN: Readonly<Record<"genes" | "reactions" | "fraction" | "method", readonly FluxAnalysisSpec["fluxes"][]>> = {
  genes: ["moma", "linear-moma", "room", "linear-room", "knockout"],
  reactions: ["fva"],
  fraction: ["fva"],
  method: ["knockout"],
};

/**
 * The analyses of a scenario, checked before anything runs.
 * @throws CellweaveError for times outside the run, unknown names, and options that the question doesn't have
 */
export function resolveAnalyses(scenario: Scenario, names: Names, arms: readonly ArmCell[]): FluxAnalysis[] {
  const modules = new Map(arms.flatMap((arm) => arm.modules.filter(isMetabolic).map((one) => [one.id, one] as const)));
  const seen = new Set<string>();
  return (scenario.spec.analyses ?? []).map((spec, i) => {
    const path = ["analyses", i];
    const refuse = (key: string, code: string, message: string, hint?: string) =>
      errorAt(scenario.source, [...path, key], `scenario/${code}`, message, hint);
    checkOptions(spec, refuse);
    checkTimes(spec, scenario, path);
    const name = spec.name ?? spec.fluxes;
    if (seen.has(name))
      throw refuse(
        spec.name === undefined ? "fluxes" : "name",
        "analysis-twice",
        `there is a '${name}' already`,
        "give each a name:",
      );
    seen.add(name);
    const module = moduleOf(spec, modules, refuse);
    return {
      name,
      asks: spec.fluxes,
      at: spec.at.toSorted((a, b) => a - b),
      module: module.id,
      genes: spec.genes?.map((gene, k) => {
        const { locus } = names.gene(gene, [...path, "genes", k]);
        if (module.model.geneIndex.has(locus)) return locus;
        throw refuse("genes", "unknown-gene", `'${gene}' (${locus}) is in no gene rule of '${module.id}'`);
      }),
      reactions: spec.reactions?.map((id) => reactionOf(module, id, refuse)),
      fraction: spec.fraction ?? 1,
      method: spec.method ?? "fba",
    };
  });
}

type Refuse = (key: string, code: string, message: string, hint?: string) => CellweaveError;

function checkOptions(spec: FluxAnalysisSpec, refuse: Refuse): void {
  for (const key of ["genes", "reactions", "fraction", "method"] as const)
    if (spec[key] !== undefined && !OWN[key].includes(spec.fluxes))
      throw refuse(key, "analysis-option", `'${key}' is for ${OWN[key].join(", ")}, not for ${spec.fluxes}`);
  if (spec.genes === undefined && spec.fluxes !== "knockout" && OWN.genes.includes(spec.fluxes))
    throw refuse("fluxes", "analysis-genes", `${spec.fluxes} needs the genes that are deleted`, "genes: [pgi]");
}

function checkTimes({ at }: FluxAnalysisSpec, { spec, source }: Scenario, path: Path): void {
  const { from = 0, to } = spec.time;
  const outside = at.findIndex((t) => !(t >= from && t <= to));
  if (outside < 0) return;
  const message = `${at[outside]} h is outside the run from ${from} to ${to} h`;
  throw errorAt(source, [...path, "at", outside], "scenario/window", message);
}

function moduleOf(
  { module: wanted }: FluxAnalysisSpec,
  modules: ReadonlyMap<string, MetabolicModule>,
  refuse: Refuse,
): MetabolicModule {
  const ids = [...modules.keys()];
  const [only] = modules.values();
  if (wanted === undefined && only !== undefined && ids.length === 1) return only;
  if (wanted === undefined)
    throw refuse(
      "fluxes",
      "analysis-module",
      ids.length === 0 ? "the cell has no metabolic module" : `the cell has ${ids.length} metabolic modules`,
      ids.length === 0 ? undefined : `add module: ${ids.join(" or ")}`,
    );
  const found = modules.get(wanted);
  if (found !== undefined) return found;
  throw refuse("module", "unknown-module", `no metabolic module '${wanted}'`, didYouMean(wanted, ids));
}

function reactionOf({ model }: MetabolicModule, id: string, refuse: Refuse): string {
  try {
    reactionAt(model, id);
    return id;
  } catch (error) {
    if (!(error instanceof CellweaveError)) throw error;
    throw refuse("reactions", "unknown-reaction", error.message, error.hint);
  }
}
