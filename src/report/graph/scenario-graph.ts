import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import type { RegulatoryGraph } from "../../regulation/graph/graph.ts";
import { encodedBy } from "../../regulation/graph/graph-genes.ts";
import { neighbourhood } from "../../regulation/graph/neighbourhood.ts";
import { signValue } from "../../regulation/graph/sign.ts";
import type { ArmName } from "../../scenario/arms/arm.ts";
import type { ArmResult, ScenarioResult } from "../../scenario/result.ts";
import { valueAt } from "../findings/sample.ts";
import type { Neighbourhood, ReportNode } from "../input.ts";

/** Most nodes a figure carries; the most changed stay. */
const MOST_NODES = 120;
/** Fold changes beyond 2^6 are drawn as 2^6: a deleted gene's is infinite. */
const MOST_CHANGE = 6;

/** What the graph is drawn from. */
type GraphSource = Pick<ScenarioResult, "graph" | "arms" | "perturbations" | "setting">;

/** The graph around what was perturbed, with changes against the wild type; undefined where nothing in it was. */
export function scenarioGraph(result: GraphSource): Neighbourhood | undefined {
  const { graph, arms } = result;
  if (graph === undefined) return undefined;
  const focus = [...new Set(result.perturbations.flatMap(({ node }) => (node === undefined ? [] : [node])))];
  if (focus.length === 0) return undefined;
  const causes = causesOf(graph, focus);
  const effects = focus.flatMap((node) => neighbourhood(graph, node, { up: 0, down: reach(graph, node) }).nodes);
  const time = readingTime(result);
  const described = [...new Set([...causes, ...effects.map(({ id }) => id)])]
    .filter((id) => graph.graph.getNodeAttribute(id, "type") !== "imodulon")
    .map((id) => describe(id, graph, arms, time));
  const kept = mostChanged(described, new Set(causes));
  const ids = new Set(kept.map(({ id }) => id));
  const edges = graph.graph
    .mapEdges((_edge, { sign }, source, target) => ({ source, target, sign: signValue(sign) }))
    .filter(({ source, target }) => ids.has(source) && ids.has(target));
  const measure = `log2 fold change of expression against the wild type at ${time.toPrecision(3)} h`;
  return { focus, nodes: kept, edges, measure };
}

/** The perturbed nodes and their products, what acts on them, and the metabolites and signals that act on that. */
function causesOf(graph: RegulatoryGraph, focus: readonly string[]): string[] {
  const centres = focus.flatMap((node) => [node, ...encodedBy(graph, node)]);
  const direct = centres.flatMap((node) => graph.graph.inNeighbors(node));
  const effectors = direct
    .flatMap((node) => graph.graph.inNeighbors(node))
    .filter((node) => ["metabolite", "signal"].includes(graph.graph.getNodeAttribute(node, "type")));
  return [...new Set([...centres, ...direct, ...effectors])];
}

/** From a regulator's gene, or from a signal, one hop leads to the regulator and the second to what it regulates. */
function reach(graph: RegulatoryGraph, node: string): number {
  return graph.graph.getNodeAttribute(node, "type") !== "gene" || encodedBy(graph, node).length > 0 ? 2 : 1;
}

/**
 * When changes are read: at mid-growth of the wild type, where its biomass is the geometric mean of start and end,
 * inside the window of the last perturbation.
 */
function readingTime({ arms, perturbations, setting }: GraphSource): number {
  const reference = arms.find(({ name }) => name === "hybrid")?.reference ?? arms[0]?.reference;
  const growth = reference === undefined ? undefined : midGrowth(reference);
  const from = Math.max(setting.from, ...perturbations.map((p) => p.from));
  const to = Math.min(setting.to, ...perturbations.filter((p) => p.to > from).map((p) => p.to));
  const middle = (from + to) / 2;
  return growth !== undefined && growth > from && growth < to ? growth : middle;
}

function midGrowth({ times, ...trajectory }: Trajectory): number | undefined {
  const biomass = columnOf({ times, ...trajectory }, "biomass");
  if (biomass === undefined) return undefined;
  const level = Math.sqrt((biomass[0] ?? 0) * (biomass.at(-1) ?? 0));
  const i = biomass.findIndex((value) => value >= level);
  return i <= 0 ? undefined : times[i];
}

function describe(id: string, graph: RegulatoryGraph, arms: readonly ArmResult[], time: number): ReportNode {
  const { type, name, locus } = graph.graph.getNodeAttributes(id);
  const variable = `expression:${locus ?? locusOf(graph, id) ?? ""}`;
  const changes = arms.flatMap(({ name: arm, trajectory, reference }): [ArmName, number][] => {
    const change = reference === undefined ? undefined : log2Change(trajectory, reference, variable, time);
    return change === undefined ? [] : [[arm, change]];
  });
  return { id, type, name, ...(locus === undefined ? {} : { locus }), change: Object.fromEntries(changes) };
}

/** A regulator changes as the gene that encodes it. */
function locusOf({ graph }: RegulatoryGraph, node: string): string | undefined {
  const edge = graph.findInEdge(node, (_edge, { type }) => type === "encodes");
  return edge === undefined ? undefined : graph.getNodeAttribute(graph.source(edge), "locus");
}

function log2Change(perturbed: Trajectory, reference: Trajectory, id: string, time: number): number | undefined {
  const [after, before] = [columnOf(perturbed, id), columnOf(reference, id)];
  if (after === undefined || before === undefined) return undefined;
  const ratio = valueAt(perturbed.times, after, time) / valueAt(reference.times, before, time);
  const change = Math.log2(ratio);
  return Number.isNaN(change) ? undefined : Math.max(-MOST_CHANGE, Math.min(MOST_CHANGE, change));
}

function mostChanged(nodes: readonly ReportNode[], always: ReadonlySet<string>): ReportNode[] {
  const size = (node: ReportNode) =>
    always.has(node.id) ? Number.POSITIVE_INFINITY : Math.max(0, ...Object.values(node.change).map(Math.abs));
  return [...nodes].sort((a, b) => size(b) - size(a)).slice(0, MOST_NODES);
}
