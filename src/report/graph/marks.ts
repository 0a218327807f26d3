import { interpolateRdBu, rgb } from "../../vendor/d3.ts";
import { label } from "../svg/figure.ts";
import { fitted } from "../svg/format.ts";
import { coordinate, type Markup, svg } from "../svg/markup.ts";
import { GROUND, INK } from "../svg/palette.ts";
import type { PlacedNode } from "./layout.ts";

/** A perturbed node whose change has no number. */
const PERTURBED = "#222222";

/** Colour of a change: blue lower, white none, red higher (ColorBrewer RdBu, safe for colour-blind readers). */
export function changeColour(change: number, limit: number): string {
  const share = Math.max(-1, Math.min(1, change / limit));
  return rgb(interpolateRdBu(0.5 - 0.42 * share)).formatHex();
}

/** Black or white, whichever reads better on a colour. */
function inkOn(colour: string): string {
  const { r, g, b } = rgb(colour);
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? INK : "#FFFFFF";
}

function path(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${coordinate(x)},${coordinate(y)}`).join("L")}Z`;
}

/** Outline of a node by type: box gene, hexagon regulator, pill metabolite, slanted box signal, cut box iModulon. */
function outline({ node, x, y, width: w, height: h }: PlacedNode, look: Record<string, string | number | undefined>) {
  const left = x - w / 2;
  const top = y - h / 2;
  const box = { x: left, y: top, width: w, height: h };
  switch (node.type) {
    case "gene":
      return svg("rect", { ...box, rx: 3, ...look });
    case "metabolite":
    case "protein":
      return svg("rect", { ...box, rx: h / 2, ...look });
    case "signal":
      return svg("path", {
        d: path([
          [left + 9, top],
          [left + w, top],
          [left + w - 9, top + h],
          [left, top + h],
        ]),
        ...look,
      });
    case "imodulon":
      return svg("path", {
        d: path([
          [left + 6, top],
          [left + w, top],
          [left + w, top + h - 6],
          [left + w - 6, top + h],
          [left, top + h],
          [left, top + 6],
        ]),
        ...look,
      });
    default:
      return svg("path", {
        d: path([
          [left + 10, top],
          [left + w - 10, top],
          [left + w, y],
          [left + w - 10, top + h],
          [left + 10, top + h],
          [left, y],
        ]),
        ...look,
      });
  }
}

/** A node: its shape says the type, its colour the change; dashed where the change is unknown, thick where perturbed. */
export function nodeMark(
  place: PlacedNode,
  change: number | undefined,
  limit: number,
  focus: boolean,
  tip: string,
): Markup {
  const known = change !== undefined && Number.isFinite(change);
  const fill = known ? changeColour(change, limit) : focus ? PERTURBED : GROUND;
  const size = place.height < 26 ? 11 : 12;
  return svg(
    "g",
    { class: known || focus ? "node" : "node unknown" },
    svg("title", {}, tip),
    outline(place, {
      fill,
      stroke: focus ? INK : "#777777",
      "stroke-width": focus ? 2.6 : 1,
      "stroke-dasharray": known || focus ? undefined : "3 2",
    }),
    label(place.x, place.y + 4, fitted(place.node.name, size, place.width - 8), {
      anchor: "middle",
      size,
      fill: inkOn(fill),
      class: known || focus ? "on-colour" : "ink",
      ...(focus ? { weight: 700 } : {}),
    }),
  );
}

/** The head of an edge at a point, going down or up: arrow activates, bar represses, ring dual or unknown. */
export function edgeHead(sign: 1 | -1 | 0, x: number, y: number, down: boolean): Markup {
  const d = down ? 1 : -1;
  if (sign === 1)
    return svg("path", {
      class: "head",
      d: path([
        [x - 4.5, y - 9 * d],
        [x + 4.5, y - 9 * d],
        [x, y],
      ]),
      fill: "#555555",
    });
  if (sign === -1)
    return svg("line", {
      class: "edge",
      x1: x - 6,
      x2: x + 6,
      y1: y - 1.5 * d,
      y2: y - 1.5 * d,
      stroke: "#555555",
      "stroke-width": 2.6,
    });
  return svg("circle", {
    class: "ring",
    cx: x,
    cy: y - 4.5 * d,
    r: 3.5,
    fill: GROUND,
    stroke: "#555555",
    "stroke-width": 1.5,
  });
}
