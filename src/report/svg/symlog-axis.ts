import type { ScaleSymLog } from "../../vendor/d3.ts";
import { label } from "./figure.ts";
import { number } from "./format.ts";
import { type Markup, svg } from "./markup.ts";
import { GRID, MUTED } from "./palette.ts";

const POWERS = [1, 10, 100, 1000, 10_000];

/** Vertical lines and numbers at 0 and at powers of ten of a scale that is linear near 0 and logarithmic beyond. */
export function symlogAxis(x: ScaleSymLog<number, number>, top: number, bottom: number): Markup {
  const [from = 0, to = 0] = x.domain();
  const ticks = [...POWERS.map((p) => -p).reverse(), 0, ...POWERS].filter((tick) => tick >= from && tick <= to);
  return svg(
    "g",
    { class: "axis" },
    ticks.map((tick) => [
      svg("line", { x1: x(tick), x2: x(tick), y1: top, y2: bottom, stroke: tick === 0 ? "#999999" : GRID }),
      label(x(tick), bottom + 16, number(tick).replace("-", "−"), { size: 11, anchor: "middle", fill: MUTED }),
    ]),
  );
}
