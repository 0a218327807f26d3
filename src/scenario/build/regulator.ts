import { CellweaveError } from "../../errors.ts";
import type { EnvironmentSources, PoolFeature } from "../../regulation/environment.ts";
import type { RegulatoryGraph } from "../../regulation/graph.ts";
import { type RangeJudge, rangeJudge } from "../../regulation/range.ts";
import type { Regulator } from "../../regulation/regulator.ts";
import { regulatorModule } from "../../regulation/regulator-module.ts";
import { didYouMean } from "../../suggest.ts";
import type { RegulatorSpec } from "../schema/regulator.ts";
import type { BuildContext, BuiltModule } from "./build-module.ts";
import { buildFromExperiments } from "./experiments.ts";

export async function buildRegulator(spec: RegulatorSpec, context: BuildContext): Promise<BuiltModule> {
  const { graph, rule } = context;
  const { usesOnnx, ...opened } = await open(spec, context);
  const { regulator: id, growth, degradation, tolerance, answers, effectors = {}, environment } = spec;
  const module = regulatorModule({
    id,
    ...opened,
    hold: rule.hold,
    geneNames: graph === undefined ? ownNames(opened.regulator) : geneNames(graph),
    effectors: rule.effectors ? Object.entries(effectors).map(([effector, source]) => ({ effector, ...source })) : [],
    ...(environment === undefined ? {} : { environment: environmentSources(environment) }),
    ...(answers === undefined ? {} : { answers }),
    ...(growth === undefined ? {} : { growth }),
    ...(degradation === undefined ? {} : { degradation }),
    ...(tolerance === undefined ? {} : { tolerance }),
  });
  return { module, repeatability: usesOnnx && !rule.hold ? "B" : "A" };
}

interface Opened {
  readonly regulator: Regulator;
  readonly range: RangeJudge;
  readonly usesOnnx: boolean;
}

/** The regulator that was asked for, with the judge of what it knows. */
async function open(spec: RegulatorSpec, context: BuildContext): Promise<Opened> {
  const { inputs, manifest, graph } = context;
  const { name, choice } = chosen(spec, context);
  if (typeof choice !== "string") {
    const path = ["modules", manifest.spec.modules.indexOf(spec), "choices", name];
    return { ...(await buildFromExperiments(choice, path, context)), usesOnnx: true };
  }
  const { openRegulator } = await import("../../regulation/open-node.ts");
  const { regulator, card, files } = await openRegulator(inputs.files.resolve(manifest.base, choice));
  for (const file of files) inputs.note({ ...file, role: "model" });
  return { regulator, range: rangeJudge(card, graph), usesOnnx: files.some(({ path }) => path.endsWith(".onnx")) };
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
