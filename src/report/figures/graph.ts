import type { ArmName } from "../../scenario/arms/arm.ts";
import { range } from "../../vendor/d3.ts";
import { graphEdges } from "../graph/edges.ts";
import { type GraphLayers, graphLayers, type TargetBlock } from "../graph/layers.ts";
import { type GraphLayout, graphLayout, type PlacedNode } from "../graph/layout.ts";
import { changeColour, edgeHead, nodeMark } from "../graph/marks.ts";
import type { Neighbourhood, ReportInput, ReportNode } from "../input.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { numberWithin, textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { ARM_STYLES, MUTED } from "../svg/palette.ts";

const VERBS = new Map<number, string>([
  [1, "activates"],
  [-1, "represses"],
  [0, "dual or unknown"],
]);

function captionOf({ from, nodes }: TargetBlock, names: ReadonlyMap<string, string>): string {
  const parts = from.map(({ source, sign }) => `${names.get(source) ?? source} ${VERBS.get(sign)}`);
  const kind = nodes[0]?.type === "imodulon" ? "iModulons: " : "";
  return `${kind}${parts.join(", ")} (${nodes.length})`;
}

function tipOf(node: ReportNode): string {
  const changes = Object.entries(node.change).map(([arm, value]) => `${arm} ${numberWithin(value, 10)}`);
  const locus = node.locus === undefined || node.locus === node.name ? "" : ` ${node.locus}`;
  return `${node.name}${locus}, ${node.type}${changes.length > 0 ? `: ${changes.join(", ")}` : ""}`;
}

/** Symmetric limit of the colours: the largest change, rounded up, from 1 to 4. */
function limitOf({ nodes }: Neighbourhood): number {
  const sizes = nodes.flatMap((node) => Object.values(node.change).map(Math.abs)).filter(Number.isFinite);
  return Math.min(4, Math.max(1, Math.ceil(Math.max(0, ...sizes))));
}

function byChange(layers: GraphLayers, arm: ArmName): GraphLayers {
  const order = (node: ReportNode) => node.change[arm] ?? Number.NEGATIVE_INFINITY;
  const sorted = (nodes: readonly ReportNode[]) =>
    [...nodes].sort((a, b) => order(b) - order(a) || (a.name < b.name ? -1 : 1));
  return { ...layers, blocks: layers.blocks.map((block) => ({ ...block, nodes: sorted(block.nodes) })) };
}

function colourKey(limit: number, measure: string, x: number, y: number): Markup {
  const steps = 21;
  const width = 168 / steps;
  return svg(
    "g",
    { class: "key" },
    range(steps).map((i) =>
      svg("rect", {
        x: x + i * width,
        y,
        width: width + 0.3,
        height: 10,
        fill: changeColour(limit * ((2 * i) / (steps - 1) - 1), limit),
      }),
    ),
    [-limit, 0, limit].map((tick, i) =>
      label(x + i * 84, y + 23, tick === limit ? `+${tick}` : String(tick).replace("-", "−"), {
        size: 10,
        anchor: "middle",
        fill: MUTED,
      }),
    ),
    label(x + 184, y + 9, measure, { size: 11, fill: MUTED }),
  );
}

function shapeKey(layers: GraphLayers, x: number, y: number): Markup {
  const present = new Set([...layers.rows.flat(), ...layers.blocks.flatMap((b) => b.nodes)].map((node) => node.type));
  const words = new Map([
    ["gene", "gene"],
    ["tf", "regulator"],
    ["sigma", "sigma factor"],
    ["metabolite", "metabolite"],
    ["protein", "protein"],
    ["signal", "signal"],
    ["imodulon", "iModulon"],
  ]);
  let at = x;
  const shapes = [...words].flatMap(([type, word]) => {
    const found = [...present].find((shown) => shown === type);
    if (!found) return [];
    const width = textWidth(word, 11) + 30;
    const place: PlacedNode = {
      node: { id: type, type: found, name: word, change: {} },
      x: at + width / 2,
      y,
      width,
      height: 20,
    };
    at += width + 10;
    return nodeMark(place, 0, 1, false, word);
  });
  const heads = ([1, -1, 0] as const).map((sign) => {
    const word = sign === 1 ? "activates" : sign === -1 ? "represses" : "dual or unknown";
    const left = at + 14;
    at += 34 + textWidth(word, 11);
    return [
      svg("line", { class: "edge", x1: left, x2: left, y1: y - 10, y2: y + 2, stroke: "#777777", "stroke-width": 1.3 }),
      edgeHead(sign, left, y + 10, true),
      label(left + 10, y + 4, word, { size: 11, fill: MUTED }),
    ];
  });
  return svg("g", { class: "key" }, shapes, heads);
}

function drawBlocks(layout: GraphLayout, titles: readonly string[], mark: (place: PlacedNode) => Markup): Markup[] {
  return layout.blocks.map((block, i) =>
    svg(
      "g",
      {},
      svg("rect", {
        class: "block",
        x: block.x,
        y: block.y,
        width: block.width,
        height: block.height,
        rx: 6,
        fill: "#F6F6F6",
        stroke: "#CCCCCC",
      }),
      label(block.x + block.width / 2, block.y + 17, titles[i] ?? "", { size: 11, anchor: "middle", fill: MUTED }),
      block.cells.map(mark),
    ),
  );
}

/** The regulatory graph around what was perturbed, coloured by the change in one arm. */
export function graphFigure(input: ReportInput, arm: ArmName): Figure | undefined {
  const { graph } = input;
  if (!graph || graph.nodes.length === 0) return undefined;
  const layers = byChange(graphLayers(graph), arm);
  const focus = new Set(graph.focus);
  const names = new Map(graph.nodes.map((node) => [node.id, node.name]));
  const titles = layers.blocks.map((block) => captionOf(block, names));
  const layout = graphLayout(
    layers,
    titles.map((title) => textWidth(title, 11)),
    122,
  );
  const limit = limitOf(graph);
  const mark = (place: PlacedNode) =>
    nodeMark(place, place.node.change[arm], limit, focus.has(place.node.id), tipOf(place.node));
  const centre = graph.focus.map((id) => names.get(id) ?? id).join(", ");
  const rest = layers.left > 0 ? ` ${layers.left} further nodes of the neighbourhood are not drawn.` : "";
  return figure(
    {
      name: `graph-${arm}`,
      title: `Regulation around ${centre}, ${arm} arm`,
      caption:
        `From cause to effect: what acts on ${centre} above, what it acts on below; colour: ${graph.measure}, ${arm} arm; ` +
        `edges between other nodes are left out.${rest}`,
    },
    { width: layout.width, height: layout.height + 22 },
    label(18, 24, `Regulation around ${centre}`, { size: 16, weight: 600 }),
    label(18, 42, `${arm} arm`, { class: `name arm-${arm}`, fill: ARM_STYLES[arm].ink, weight: 600 }),
    colourKey(limit, graph.measure, 100, 33),
    shapeKey(layers, 18, 80),
    graphEdges(layers, layout),
    [...layout.nodes.values()].map(mark),
    drawBlocks(layout, titles, mark),
  );
}
