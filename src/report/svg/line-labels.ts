import type { PanelLine } from "../findings/panel-data.ts";
import type { Frame } from "./axis.ts";
import { textWidth } from "./format.ts";
import { coordinate, type Markup, svg } from "./markup.ts";
import { GROUND } from "./palette.ts";
import { type Box, placeLabels } from "./place-labels.ts";
import type { Scales } from "./scales.ts";
import type { Point } from "./simplify.ts";
import { spread } from "./spread.ts";

const SIZE = 12;

/** A line's points in px, at most 3 px apart. */
export function densePoints(line: PanelLine, { x, y }: Scales): Point[] {
  const dense: Point[] = [];
  let before: Point | undefined;
  for (const [t, v] of line.points) {
    const now: Point = [x(t), y(v)];
    const steps = before ? Math.min(200, Math.ceil(Math.hypot(now[0] - before[0], now[1] - before[1]) / 3)) : 1;
    for (let k = 1; k <= steps; k++) {
      const s = k / steps;
      const [x0, y0] = before ?? now;
      dense.push([x0 + s * (now[0] - x0), y0 + s * (now[1] - y0)]);
    }
    before = now;
  }
  return dense;
}

/** Lines that lie on each other, to within a px on average, are named together. */
function coinciding(lines: readonly PanelLine[], { y }: Scales): PanelLine[][] {
  const groups: PanelLine[][] = [];
  for (const line of lines) {
    const group = groups.find(([first]) => first !== undefined && meanGap(first, line, y) < 1.2);
    if (group) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

function meanGap(a: PanelLine, b: PanelLine, y: (value: number) => number): number {
  if (a.points.length !== b.points.length) return Number.POSITIVE_INFINITY;
  const sum = a.points.reduce((total, p, i) => total + Math.abs(y(p[1]) - y(b.points[i]?.[1] ?? Number.NaN)), 0);
  return sum / a.points.length;
}

function widthOf(group: readonly PanelLine[]): number {
  return textWidth(group.map((line) => line.label).join(", "), SIZE);
}

/** The names of a group, each in its line's colour. */
function nameText(group: readonly PanelLine[], x: number, y: number, halo: boolean): Markup {
  const outline = { stroke: GROUND, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
  return svg(
    "text",
    { x, y, class: halo ? "halo" : undefined, "font-size": SIZE, ...(halo ? outline : {}) },
    group.map((line, i) =>
      svg(
        "tspan",
        {
          class: `name ${line.class}`,
          fill: line.style.ink,
          "font-weight": line.class === "reference" ? undefined : 600,
        },
        i === 0 ? line.label : `, ${line.label}`,
      ),
    ),
  );
}

/** Names at the ends of lines, moved apart, with leaders. */
function endNames(groups: readonly (readonly PanelLine[])[], scales: Scales, frame: Frame): Markup[] {
  const ends = groups.map(([line]) => scales.y(line?.points.at(-1)?.[1] ?? 0));
  const placed = spread(ends, 14, frame.y + 4, frame.y + frame.height);
  const right = frame.x + frame.width;
  return groups.flatMap((group, i) => {
    const [line] = group;
    if (!line) return [];
    const from = coordinate(ends[i] ?? 0);
    const to = placed[i] ?? 0;
    const start = scales.x(line.points.at(-1)?.[0] ?? 0);
    const leader = svg("path", {
      class: `leader ${line.class}`,
      d: `M${coordinate(start + 3)},${from}L${right + 5},${from}L${right + 13},${coordinate(to)}`,
      fill: "none",
      stroke: line.style.colour,
      "stroke-width": 0.8,
    });
    return [leader, nameText(group, right + 17, to + 4, false)];
  });
}

/**
 * Names of lines, each beside its own line where it stands alone, else at the line's end.
 * @returns the names and the width that the names right of the frame need, px
 */
export function lineNames(
  lines: readonly PanelLine[],
  scales: Scales,
  frame: Frame,
  taken: readonly Box[],
): { readonly names: Markup; readonly margin: number } {
  const groups = coinciding(lines, scales);
  const requests = groups.map((group) => ({
    width: widthOf(group),
    height: SIZE + 1,
    line: group.flatMap((line) => densePoints(line, scales)),
  }));
  const boxes = placeLabels(requests, frame, taken);
  const inside = groups.flatMap((group, i) => {
    const box = boxes[i];
    return box ? [nameText(group, box.x, box.y + SIZE - 2, true)] : [];
  });
  const outside = groups.filter((_, i) => boxes[i] === undefined);
  const margin = outside.reduce((most, group) => Math.max(most, widthOf(group) + 22), 0);
  return { names: svg("g", { class: "names" }, inside, endNames(outside, scales, frame)), margin };
}
