import type { Frame } from "./axis.ts";
import { label } from "./figure.ts";
import { textWidth } from "./format.ts";
import { type Markup, svg } from "./markup.ts";
import { GROUND } from "./palette.ts";
import type { PanelLine } from "./panel-data.ts";
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

function nameOf(line: PanelLine, x: number, y: number): Markup {
  return svg(
    "text",
    {
      x,
      y,
      class: `name halo ${line.class}`,
      fill: line.style.ink,
      "font-size": SIZE,
      "font-weight": line.class === "reference" ? undefined : 600,
      stroke: GROUND,
      "stroke-width": 3,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    },
    line.label,
  );
}

/** Names at the ends of lines, moved apart, with leaders. */
function endNames(lines: readonly PanelLine[], scales: Scales, frame: Frame): Markup[] {
  const ends = lines.map((item) => scales.y(item.points.at(-1)?.[1] ?? 0));
  const placed = spread(ends, 14, frame.y + 4, frame.y + frame.height);
  const right = frame.x + frame.width;
  return lines.map((item, i) => {
    const from = ends[i] ?? 0;
    const to = placed[i] ?? from;
    const start = scales.x(item.points.at(-1)?.[0] ?? 0);
    const round = (x: number) => Math.round(x * 100) / 100;
    return svg(
      "g",
      {},
      svg("path", {
        class: `leader ${item.class}`,
        d: `M${round(start + 3)},${round(from)}L${right + 5},${round(from)}L${right + 13},${round(to)}`,
        fill: "none",
        stroke: item.style.colour,
        "stroke-width": 0.8,
      }),
      label(right + 17, to + 4, item.label, {
        fill: item.style.ink,
        class: `name ${item.class}`,
        ...(item.class === "reference" ? {} : { weight: 600 }),
      }),
    );
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
  const requests = lines.map((line) => ({
    width: textWidth(line.label, SIZE),
    height: SIZE + 1,
    line: densePoints(line, scales),
  }));
  const boxes = placeLabels(requests, frame, taken);
  const inside = lines.flatMap((line, i) => {
    const box = boxes[i];
    return box ? [nameOf(line, box.x, box.y + SIZE - 2)] : [];
  });
  const outside = lines.filter((_, i) => boxes[i] === undefined);
  const margin = outside.reduce((most, line) => Math.max(most, textWidth(line.label, SIZE) + 22), 0);
  return { names: svg("g", { class: "names" }, inside, endNames(outside, scales, frame)), margin };
}
