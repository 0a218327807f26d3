import type { ScaleLinear } from "../../vendor/d3.ts";
import { label } from "./figure.ts";
import { tickFormat } from "./format.ts";
import { type Markup, svg } from "./markup.ts";
import { GRID, MUTED } from "./palette.ts";

/** Where a plot lies in its figure, px. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Horizontal grid lines with their numbers on the left. */
export function valueAxis(scale: ScaleLinear<number, number>, frame: Frame, count = 5, size = 11): Markup {
  const ticks = scale.ticks(count);
  const format = tickFormat(ticks);
  return svg(
    "g",
    { class: "axis" },
    ticks.map((tick) => [
      svg("line", {
        class: tick === 0 ? "base" : "grid",
        x1: frame.x,
        x2: frame.x + frame.width,
        y1: scale(tick),
        y2: scale(tick),
        stroke: tick === 0 ? "#999999" : GRID,
      }),
      label(frame.x - 6, scale(tick) + 4, format(tick), { size, anchor: "end", fill: MUTED }),
    ]),
  );
}

/** Ticks and numbers below a plot, with a title under their middle. */
export function bottomAxis(
  scale: ScaleLinear<number, number>,
  frame: Frame,
  options: { readonly title?: string; readonly count?: number; readonly grid?: boolean; readonly size?: number } = {},
): Markup {
  const ticks = scale.ticks(options.count ?? 7);
  const format = tickFormat(ticks);
  const bottom = frame.y + frame.height;
  const middle = frame.x + frame.width / 2;
  return svg(
    "g",
    { class: "axis" },
    svg("line", { class: "base", x1: frame.x, x2: frame.x + frame.width, y1: bottom, y2: bottom, stroke: "#999999" }),
    ticks.map((tick) => [
      svg("line", {
        class: options.grid ? "grid" : "base",
        x1: scale(tick),
        x2: scale(tick),
        y1: options.grid ? frame.y : bottom,
        y2: bottom + 4,
        stroke: options.grid ? GRID : "#999999",
      }),
      label(scale(tick), bottom + 17, format(tick), { size: options.size ?? 11, anchor: "middle", fill: MUTED }),
    ]),
    options.title && label(middle, bottom + 34, options.title, { anchor: "middle", fill: MUTED }),
  );
}
