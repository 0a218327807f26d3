import { coordinate, type Markup, svg } from "../svg/markup.ts";
import type { GraphLayers } from "./layers.ts";
import type { GraphLayout, PlacedNode } from "./layout.ts";
import { edgeHead } from "./marks.ts";

interface Wire {
  readonly source: PlacedNode;
  /** Centre and half sizes of what it ends at. */
  readonly target: { readonly x: number; readonly top: number; readonly bottom: number; readonly width: number };
  readonly targetKey: string;
  readonly sign: 1 | -1 | 0;
}

function wiresOf(layers: GraphLayers, layout: GraphLayout): Wire[] {
  const between = layers.edges.flatMap(({ source, target, sign }): Wire[] => {
    const from = layout.nodes.get(source);
    const to = layout.nodes.get(target);
    if (!from || !to || from === to) return [];
    const end = { x: to.x, top: to.y - to.height / 2, bottom: to.y + to.height / 2, width: to.width };
    return [{ source: from, target: end, targetKey: target, sign }];
  });
  const toBlocks = layout.blocks.flatMap(({ block, x, y, width, height }, i) =>
    block.from.flatMap(({ source, sign }): Wire[] => {
      const from = layout.nodes.get(source);
      const end = { x: x + width / 2, top: y, bottom: y + height, width: Math.min(width, 120) };
      return from ? [{ source: from, target: end, targetKey: `block ${i}`, sign }] : [];
    }),
  );
  return [...between, ...toBlocks];
}

/** A curve that leaves and arrives upright; one that passes a row keeps to its own side until it is past. */
function curve(x0: number, y0: number, x1: number, y1: number, level: boolean): string {
  const c = coordinate;
  const way = y1 - y0;
  const passes = Math.abs(way) > 70;
  const first = level ? y0 - 22 : y0 + way * (passes ? 0.85 : 0.5);
  const second = level ? y1 - 22 : y1 - way * (passes ? 0.45 : 0.5);
  return `M${c(x0)},${c(y0)}C${c(x0)},${c(first)} ${c(x1)},${c(second)} ${c(x1)},${c(y1)}`;
}

function draw(wire: Wire, wanted: number): Markup {
  const { source, target, sign } = wire;
  const below = target.top > source.y;
  const level = !below && target.bottom > source.y;
  const side = below || level ? 0 : 0.3;
  const startX = source.x + side * source.width;
  const startY = source.y + ((below ? 1 : -1) * source.height) / 2;
  const endX = wanted + side * target.width;
  const endY = below || level ? target.top - 2 : target.bottom + 2;
  const stop = endY - (below || level ? 1 : -1) * (sign === -1 ? 2 : 8);
  return svg(
    "g",
    {},
    svg("path", {
      class: "edge",
      d: curve(startX, startY, endX, stop, level),
      fill: "none",
      stroke: "#777777",
      "stroke-width": 1.3,
    }),
    edgeHead(sign, endX, endY, below || level),
  );
}

/** Edges of a node to itself: a loop at its right. */
function loops(layers: GraphLayers, layout: GraphLayout): Markup[] {
  return layers.edges.flatMap(({ source, target, sign }) => {
    const node = layout.nodes.get(source);
    if (source !== target || !node) return [];
    const x = node.x + node.width / 2 - 10;
    const y = node.y - node.height / 2;
    const c = coordinate;
    return svg(
      "g",
      {},
      svg("path", {
        class: "edge",
        d: `M${c(node.x + node.width / 2)},${c(node.y)}c28,0 24,-36 ${c(-10)},${c(-node.height / 2 - 9)}`,
        fill: "none",
        stroke: "#777777",
        "stroke-width": 1.3,
      }),
      edgeHead(sign, x, y - 2, true),
    );
  });
}

/** All edges of a layout; those that end at the same node come in side by side, in the order of their sources. */
export function graphEdges(layers: GraphLayers, layout: GraphLayout): Markup[] {
  const groups = new Map<string, Wire[]>();
  for (const wire of wiresOf(layers, layout)) groups.set(wire.targetKey, [...(groups.get(wire.targetKey) ?? []), wire]);
  const drawn = [...groups.values()].flatMap((wires) => {
    const sorted = [...wires].sort((a, b) => a.source.x - b.source.x);
    return sorted.map((wire, i) => {
      const room = Math.min(16, (wire.target.width - 16) / Math.max(1, sorted.length - 1));
      return draw(wire, wire.target.x + (i - (sorted.length - 1) / 2) * room);
    });
  });
  return [...drawn, ...loops(layers, layout)];
}
