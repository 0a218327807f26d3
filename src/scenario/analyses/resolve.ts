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
const OWN = {
  genes: ["moma", "linear-moma", "room", "linear-room", "knockout"],
  reactions: ["fva", "envelope", "knockout"],
  fraction: ["fva", "sample"],
  loopless: ["fva"],
  method: ["knockout"],
  pairs: ["knockout"],
  goals: ["lexicographic"],
  points: ["envelope"],
  growth: ["medium"],
  fewest: ["medium"],
  count: ["sample"],
  seed: ["sample"],
} as const satisfies Partial<Record<keyof FluxAnalysisSpec, readonly FluxAnalysisSpec["fluxes"][]>>;

/** Options without which a question is none, with an example. */
const NEEDED = {
  moma: ["genes", "the genes that are deleted", "genes: [pgi]"],
  "linear-moma": ["genes", "the genes that are deleted", "genes: [pgi]"],
  room: ["genes", "the genes that are deleted", "genes: [pgi]"],
  "linear-room": ["genes", "the genes that are deleted", "genes: [pgi]"],
  envelope: ["reactions", "the flux that is held, or two", "reactions: [EX_ac_e]"],
  lexicographic: ["goals", "the fluxes that come after growth", "goals: [{ reaction: EX_ac_e, sense: minimize }]"],
} as const;

const DEFAULTS = { fraction: 1, loopless: false, method: "fba", pairs: false, points: 20 } as const;
const MEDIUM = { growth: 0.1, fewest: false } as const;
const SAMPLE = { count: 1000, seed: 1 } as const;

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
      reactions: spec.reactions?.map((id) => reactionOf(module, id, "reactions", refuse)),
      goals: (spec.goals ?? []).map(({ reaction, sense }) => ({
        reaction: reactionOf(module, reaction, "goals", refuse),
        sense,
      })),
      ...{ ...DEFAULTS, ...MEDIUM, ...SAMPLE },
      ...(spec.fluxes === "sample" ? { fraction: 0 } : {}),
      ...given(spec),
    };
  });
}

type Refuse = (key: string, code: string, message: string, hint?: string) => CellweaveError;

/** Options as they were written, where they take the place of a default. */
function given({ fraction, loopless, method, pairs, points, growth, fewest, count, seed }: FluxAnalysisSpec) {
  const written = { fraction, loopless, method, pairs, points, growth, fewest, count, seed };
  type Written = { [K in keyof typeof written]?: NonNullable<(typeof written)[K]> };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as Written;
}

function checkOptions(spec: FluxAnalysisSpec, refuse: Refuse): void {
  for (const [key, questions] of Object.entries(OWN) as [keyof typeof OWN, readonly string[]][])
    if (spec[key] !== undefined && !questions.includes(spec.fluxes))
      throw refuse(key, "analysis-option", `'${key}' is for ${questions.join(", ")}, not for ${spec.fluxes}`);
  const [key, what, example] = NEEDED[spec.fluxes as keyof typeof NEEDED] ?? [];
  if (key !== undefined && spec[key] === undefined)
    throw refuse("fluxes", `analysis-${key}`, `${spec.fluxes} needs ${what}`, example);
  if (spec.genes !== undefined && spec.reactions !== undefined)
    throw refuse("reactions", "analysis-option", "genes and reactions exclude each other");
  if (spec.fluxes === "envelope" && (spec.reactions?.length ?? 0) > 2)
    throw refuse("reactions", "analysis-option", `an envelope holds one flux or two, got ${spec.reactions?.length}`);
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

function reactionOf({ model }: MetabolicModule, id: string, key: string, refuse: Refuse): string {
  try {
    reactionAt(model, id);
    return id;
  } catch (error) {
    if (!(error instanceof CellweaveError)) throw error;
    throw refuse(key, "unknown-reaction", error.message, error.hint);
  }
}
