import type { RangeJudge } from "../../regulation/range/range.ts";
import type { Regulator } from "../../regulation/regulator.ts";
import { didYouMean } from "../../suggest.ts";
import { errorAt } from "../documents/check.ts";
import { namedText } from "../documents/named-text.ts";
import type { Path } from "../documents/problem.ts";
import { parseGraph } from "../experiments/read-graph.ts";
import { parseExperiments } from "../experiments/read-table.ts";
import type { ExperimentsSpec } from "../schema/experiments.ts";
import type { BuildContext } from "./context.ts";

const READER = "cellweave:models/reader";

/**
 * A regulator from a table of experiments that a manifest names.
 * @param path of the entry in the manifest
 * @throws CellweaveError for a file that is missing or wrong, a column, project or predictor that isn't there
 */
export async function buildFromExperiments(
  spec: ExperimentsSpec,
  path: Path,
  { inputs, manifest }: BuildContext,
): Promise<{ readonly regulator: Regulator; readonly range: RangeJudge }> {
  const { source, base } = manifest;
  const file = inputs.files.resolve(base, spec.experiments);
  const experiments = parseExperiments(await namedText(inputs, file, "data", source, [...path, "experiments"]), file);
  const { variables: known, conditions } = experiments;
  const refuse = (key: string, what: string, name: string, names: readonly string[], at: Path = [...path, key]) =>
    errorAt(
      source,
      at,
      `cell/unknown-${key}`,
      `the table has no ${what} '${name}'`,
      didYouMean(name, names) ?? listOf(names),
    );
  const unknown = spec.variables?.findIndex((name) => !known.includes(name)) ?? -1;
  if (unknown >= 0)
    throw refuse("variables", "column", spec.variables?.[unknown] ?? "", known, [...path, "variables", unknown]);
  const projects = [...new Set(conditions.map(({ project }) => project))].filter((name) => name !== "");
  if (spec.project !== undefined && !projects.includes(spec.project))
    throw refuse("project", "project", spec.project, projects);
  const { openReader } = await import("../../regulation/in-context/open-node.ts");
  const { allPredictors } = await import("../../regulation/in-context/predictors.ts");
  const { STACK } = await import("../../regulation/in-context/stack.ts");
  const { experimentsRegulator } = await import("../../regulation/in-context/experiments-regulator.ts");
  const reader = await openReader(inputs.files.resolve(base, spec.reader ?? READER));
  for (const opened of reader.files) inputs.note({ ...opened, role: "model" });
  const predictors = allPredictors(reader);
  const names = [...predictors.map(({ name }) => name), STACK];
  if (spec.predictor !== undefined && !names.includes(spec.predictor))
    throw refuse("predictor", "predictor", spec.predictor, names);
  const { predictor, variables, project } = spec;
  return experimentsRegulator({
    experiments,
    edges: await edgesOf(spec, path, known, { inputs, manifest }),
    predictors,
    source: spec.experiments,
    ...(predictor === undefined ? {} : { predictor }),
    ...(variables === undefined ? {} : { variables }),
    ...(project === undefined ? {} : { project }),
  });
}

async function edgesOf(
  { graph }: ExperimentsSpec,
  path: Path,
  variables: readonly string[],
  { inputs, manifest }: Pick<BuildContext, "inputs" | "manifest">,
) {
  const { differsInCase, edgesOnTable } = await import("../../regulation/in-context/signed-edges.ts");
  if (graph === undefined) return edgesOnTable([], variables);
  const file = inputs.files.resolve(manifest.base, graph);
  const text = await namedText(inputs, file, "graph", manifest.source, [...path, "graph"]);
  const graphed = parseGraph(text, file, variables);
  const edges = edgesOnTable(graphed, variables);
  if (edges.outside.size > 0 || edges.matrix.some((weight) => weight !== 0)) return edges;
  throw errorAt(
    manifest.source,
    [...path, "graph"],
    "edges/no-overlap",
    `no edge of '${graph}' ends at a column of the table`,
    differsInCase(graphed, variables) ?? listOf(variables),
  );
}

function listOf(names: readonly string[]): string {
  return names.length === 0
    ? "it has none"
    : `it has ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", ..." : ""}`;
}
