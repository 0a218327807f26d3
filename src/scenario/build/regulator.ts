import { CellweaveError } from "../../errors.ts";
import type { EnvironmentSources, PoolFeature } from "../../regulation/environment.ts";
import type { RegulatoryGraph } from "../../regulation/graph.ts";
import { rangeJudge } from "../../regulation/range.ts";
import { regulatorModule } from "../../regulation/regulator-module.ts";
import { didYouMean } from "../../suggest.ts";
import type { RegulatorSpec } from "../schema/regulator.ts";
import type { BuildContext, BuiltModule } from "./build-module.ts";

export async function buildRegulator(spec: RegulatorSpec, context: BuildContext): Promise<BuiltModule> {
  const { inputs, manifest, graph, rule } = context;
  const { openRegulator } = await import("../../regulation/open-node.ts");
  const opened = await openRegulator(inputs.files.resolve(manifest.base, chosen(spec, context)));
  for (const file of opened.files) inputs.note({ ...file, role: "model" });
  const { regulator: id, growth, degradation, tolerance, answers, effectors = {}, environment } = spec;
  const module = regulatorModule({
    id,
    regulator: opened.regulator,
    hold: rule.hold,
    geneNames: geneNames(graph),
    range: rangeJudge(opened.card, graph),
    effectors: rule.effectors ? Object.entries(effectors).map(([effector, source]) => ({ effector, ...source })) : [],
    ...(environment === undefined ? {} : { environment: environmentSources(environment) }),
    ...(answers === undefined ? {} : { answers }),
    ...(growth === undefined ? {} : { growth }),
    ...(degradation === undefined ? {} : { degradation }),
    ...(tolerance === undefined ? {} : { tolerance }),
  });
  const usesOnnx = opened.files.some(({ path }) => path.endsWith(".onnx"));
  return { module, repeatability: usesOnnx && !rule.hold ? "B" : "A" };
}

/** The file of the model that was asked for. */
function chosen(spec: RegulatorSpec, { regulator, manifest }: BuildContext): string {
  const name = regulator ?? spec.default;
  const file = Object.hasOwn(spec.choices, name) ? spec.choices[name] : undefined;
  if (file !== undefined) return file;
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

function geneNames(graph: RegulatoryGraph | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  graph?.graph.forEachNode((_node, { type, locus, name }) => {
    if (type === "gene" && locus !== undefined) names.set(locus, name);
  });
  return names;
}
