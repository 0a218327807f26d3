import type { Neighbourhood, ReportEdge, ReportNode } from "../input.ts";

/** Targets that the same regulators act on with the same signs. */
export interface TargetBlock {
  readonly nodes: readonly ReportNode[];
  readonly from: readonly Pick<ReportEdge, "source" | "sign">[];
}

/** A neighbourhood in rows from cause to effect. */
export interface GraphLayers {
  /** Rows of single nodes, top to bottom: effectors, regulators, the perturbed, their products. */
  readonly rows: readonly (readonly ReportNode[])[];
  readonly blocks: readonly TargetBlock[];
  /** Edges between single nodes. */
  readonly edges: readonly ReportEdge[];
  /** Nodes of the neighbourhood that have no place in the rows. */
  readonly left: number;
}

const CARRIERS = new Set(["tf", "sigma", "protein", "metabolite", "signal"]);
const MOST_REGULATORS = 14;

/** The perturbed nodes and what carries their effect on without being made anew: product, active regulator. */
function chainOf({ focus, edges }: Neighbourhood, nodes: ReadonlyMap<string, ReportNode>): Map<string, number> {
  const ranks = new Map(focus.filter((id) => nodes.has(id)).map((id) => [id, 0]));
  for (const [source, rank] of ranks) {
    for (const edge of edges) {
      if (edge.source !== source || ranks.has(edge.target)) continue;
      if (CARRIERS.has(nodes.get(edge.target)?.type ?? "")) ranks.set(edge.target, rank + 1);
    }
  }
  return ranks;
}

function blocksOf(
  edges: readonly ReportEdge[],
  nodes: ReadonlyMap<string, ReportNode>,
  placed: ReadonlyMap<string, number>,
) {
  const incoming = new Map<string, ReportEdge[]>();
  for (const edge of edges) {
    if (!placed.has(edge.source) || placed.has(edge.target)) continue;
    incoming.set(edge.target, [...(incoming.get(edge.target) ?? []), edge]);
  }
  const blocks = new Map<string, { nodes: ReportNode[]; from: { source: string; sign: ReportEdge["sign"] }[] }>();
  for (const [target, list] of incoming) {
    const node = nodes.get(target);
    if (!node) continue;
    const from = list
      .map(({ source, sign }) => ({ source, sign }))
      .sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : b.sign - a.sign));
    const key = `${node.type === "imodulon"} ${JSON.stringify(from)}`;
    const block = blocks.get(key) ?? { nodes: [], from };
    block.nodes.push(node);
    blocks.set(key, block);
  }
  return [...blocks.values()].sort((a, b) => b.nodes.length - a.nodes.length);
}

/** Nodes that act on any of `on`, those with most edges first. */
function actorsOn(on: ReadonlySet<string>, edges: readonly ReportEdge[], skip: ReadonlyMap<string, unknown>): string[] {
  const counts = new Map<string, number>();
  for (const { source, target } of edges) {
    if (on.has(target) && !on.has(source) && !skip.has(source)) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
}

/** Orders a neighbourhood into rows; deterministic. */
export function graphLayers(neighbourhood: Neighbourhood): GraphLayers {
  const nodes = new Map(neighbourhood.nodes.map((node) => [node.id, node]));
  const { edges } = neighbourhood;
  const ranks = chainOf(neighbourhood, nodes);
  const chain = new Set(ranks.keys());
  const regulators = actorsOn(chain, edges, ranks).slice(0, MOST_REGULATORS);
  const placed = new Map(ranks);
  for (const id of regulators) placed.set(id, -1);
  const effectors = actorsOn(new Set(regulators), edges, placed)
    .filter((id) => nodes.get(id)?.type === "metabolite" || nodes.get(id)?.type === "signal")
    .slice(0, MOST_REGULATORS);
  for (const id of effectors) placed.set(id, -2);
  const depths = [...new Set(placed.values())].sort((a, b) => a - b);
  const rows = depths.map((depth) =>
    [...placed].flatMap(([id, at]) => {
      const node = at === depth ? nodes.get(id) : undefined;
      return node ? [node] : [];
    }),
  );
  const blocks = blocksOf(edges, nodes, ranks).map((block) => ({
    ...block,
    nodes: block.nodes.filter((node) => !placed.has(node.id)),
  }));
  const filled = blocks.filter((block) => block.nodes.length > 0);
  const shown = placed.size + filled.reduce((sum, block) => sum + block.nodes.length, 0);
  return {
    rows: rows.filter((row) => row.length > 0),
    blocks: filled,
    edges: edges.filter(({ source, target }) => placed.has(source) && placed.has(target)),
    left: nodes.size - shown,
  };
}
