import { CellweaveError } from "../../errors.ts";
import type { RegulatoryGraph } from "../../regulation/graph/graph.ts";
import type { EnvironmentSources, PoolFeature } from "../../regulation/module/environment.ts";
import { regulatorModule } from "../../regulation/module/regulator-module.ts";
import type { TrainingDistance } from "../../regulation/range/distance.ts";
import { type RangeJudge, rangeJudge } from "../../regulation/range/range.ts";
import type { Regulator } from "../../regulation/regulator.ts";
import type { Card } from "../../regulation/trained/card.ts";
import { type Fallback, mismatch } from "../../regulation/trained/fallback.ts";
import { checkFit } from "../../regulation/trained/fit.ts";
import { didYouMean } from "../../suggest.ts";
import type { RegulatorSpec } from "../schema/regulator.ts";
import { uncertaintyOf } from "../uncertainty.ts";
import type { BuildContext, BuiltModule } from "./context.ts";
import { buildFromExperiments } from "./experiments.ts";

export async function buildRegulator(spec: RegulatorSpec, context: BuildContext): Promise<BuiltModule> {
  const { graph, rule } = context;
  const { usesOnnx, card, ...opened } = await open(spec, context);
  const fallback = await openFallback(spec, { regulator: opened.regulator, fit: card?.fit }, context);
  const { regulator: id, growth, degradation, tolerance, answers, effectors = {}, environment } = spec;
  const module = regulatorModule({
    id,
    ...opened,
    ...(fallback === undefined ? {} : { fallback: fallback.answers }),
    hold: rule.hold,
    geneNames: graph === undefined ? ownNames(opened.regulator) : geneNames(graph),
    effectors: rule.effectors ? Object.entries(effectors).map(([effector, source]) => ({ effector, ...source })) : [],
    ...(environment === undefined ? {} : { environment: environmentSources(environment) }),
    ...(answers === undefined ? {} : { answers }),
    ...(growth === undefined ? {} : { growth }),
    ...(degradation === undefined ? {} : { degradation }),
    ...(tolerance === undefined ? {} : { tolerance }),
  });
  const uncertainty = rule.hold || card === undefined ? undefined : uncertaintyOf(spec, card, fallback?.card);
  const repeatability = usesOnnx && !rule.hold ? "B" : "A";
  return { module, repeatability, ...(uncertainty === undefined ? {} : { uncertainty }) };
}

interface Opened {
  readonly regulator: Regulator;
  readonly range: RangeJudge;
  readonly usesOnnx: boolean;
  readonly card?: Card;
  readonly distance?: TrainingDistance;
}

/** The regulator that was asked for, with the judge of what it knows. */
async function open(spec: RegulatorSpec, context: BuildContext): Promise<Opened> {
  const { inputs, manifest, graph } = context;
  const { name, choice } = chosen(spec, context);
  if (typeof choice !== "string") {
    const path = ["modules", manifest.spec.modules.indexOf(spec), "choices", name];
    return { ...(await buildFromExperiments(choice, path, context)), usesOnnx: true };
  }
  const { openRegulator } = await import("../../regulation/trained/open-node.ts");
  const { files, ...opened } = await openRegulator(inputs.files.resolve(manifest.base, choice));
  for (const file of files) inputs.note({ ...file, role: "model" });
  const usesOnnx = files.some(({ path }) => path.endsWith(".onnx"));
  return { ...opened, range: rangeJudge(opened.card, graph), usesOnnx };
}

/**
 * The choice that answers where the chosen one is out of range.
 * @throws CellweaveError `cell/fallback` where it is no file, or its columns are others
 */
async function openFallback(
  spec: RegulatorSpec,
  { regulator, fit }: { readonly regulator: Regulator; readonly fit: string | undefined },
  { inputs, manifest, regulator: asked, fallback: wanted = true }: BuildContext,
): Promise<{ readonly answers: Fallback; readonly card: Card } | undefined> {
  const { fallback: name, choices } = spec;
  if (!wanted || name === undefined || name === (asked ?? spec.default)) return undefined;
  const refused = (message: string, hint: string) =>
    new CellweaveError("cell/fallback", `fallback '${name}' ${message}`, { hint });
  const choice = new Map(Object.entries(choices)).get(name);
  const names = Object.keys(choices);
  if (choice === undefined)
    throw refused("is not among the choices", didYouMean(name, names) ?? `they are ${names.join(", ")}`);
  if (typeof choice !== "string") throw refused("is a table of experiments", "a fallback is a model's file");
  const { openRegulator } = await import("../../regulation/trained/open-node.ts");
  const opened = await openRegulator(inputs.files.resolve(manifest.base, choice));
  checkFit({ name: `fallback '${name}'`, fit: opened.card.fit }, { name: `'${regulator.name}'`, fit });
  const different = mismatch(regulator, opened.regulator);
  if (different !== undefined) {
    if (typeof choices[asked ?? spec.default] !== "string") return undefined;
    throw refused(`has other ${different} than '${regulator.name}'`, "both come from the same training");
  }
  for (const file of opened.files) inputs.note({ ...file, role: "model" });
  return { answers: { name, regulator: opened.regulator }, card: opened.card };
}

/** The model that was asked for: a file, or a table of experiments. */
function chosen(spec: RegulatorSpec, { regulator, manifest }: BuildContext) {
  const name = regulator ?? spec.default;
  const choice = Object.hasOwn(spec.choices, name) ? spec.choices[name] : undefined;
  if (choice !== undefined) return { name, choice };
  const names = Object.keys(spec.choices);
  throw new CellweaveError("cell/unknown-regulator", `the cell '${manifest.spec.cell}' has no regulator '${name}'`, {
    hint: didYouMean(name, names) ?? `it has ${names.join(", ")}`,
  });
}

type EnvironmentSpec = NonNullable<RegulatorSpec["environment"]>;

function environmentSources({ preference = [], features = [] }: EnvironmentSpec): EnvironmentSources {
  const source = ({ pool, ...same }: NonNullable<EnvironmentSpec["features"]>[number]): PoolFeature => ({
    ...same,
    pool: `pool:${pool}`,
  });
  return { preference: preference.map(source), features: features.map(source) };
}

/** Without a graph genes are called what the regulator calls them. */
function ownNames({ names }: Regulator): ReadonlyMap<string, string> {
  return new Map(names.expression.map((gene) => [gene, gene]));
}

function geneNames({ graph }: RegulatoryGraph): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  graph.forEachNode((_node, { type, locus, name }) => {
    if (type === "gene" && locus !== undefined) names.set(locus, name);
  });
  return names;
}
