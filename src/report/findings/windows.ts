import type { ScaleLinear } from "../../vendor/d3.ts";
import type { PerturbationMark } from "../input.ts";
import type { Frame } from "../svg/axis.ts";
import { label } from "../svg/figure.ts";
import { textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { MUTED, SHADE } from "../svg/palette.ts";
import { type Box, overlap } from "../svg/place-labels.ts";
import type { Point } from "../svg/simplify.ts";

const SIZE = 11;

/** Whether a perturbation is a sudden change and no window. */
export function isInstant({ from, to }: PerturbationMark): boolean {
  return to <= from;
}

/** A vertical line where a sudden change is. */
export function instantLine(x: number, top: number, height: number): Markup {
  return svg("line", { class: "instant", x1: x, x2: x, y1: top, y2: top + height, stroke: MUTED });
}

/** Shaded windows in which a perturbation is in force, lines where something changes suddenly. */
export function windowShades(
  windows: readonly PerturbationMark[],
  x: ScaleLinear<number, number>,
  frame: Frame,
): Markup {
  return svg(
    "g",
    { class: "windows" },
    windows.map((mark) =>
      isInstant(mark)
        ? instantLine(x(mark.from), frame.y, frame.height)
        : svg("rect", {
            class: "window",
            x: x(mark.from),
            y: frame.y,
            width: Math.max(1, x(mark.to) - x(mark.from)),
            height: frame.height,
            fill: SHADE,
          }),
    ),
  );
}

function hits(box: Box, points: readonly Point[]): number {
  let count = 0;
  for (const [x, y] of points) {
    if (x >= box.x - 2 && x <= box.x + box.width + 2 && y >= box.y - 2 && y <= box.y + box.height + 2) count++;
  }
  return count;
}

/**
 * Names of windows, at the height inside the plot where the fewest points of lines are.
 * @param points of all lines, px
 */
export function windowNames(
  windows: readonly PerturbationMark[],
  x: ScaleLinear<number, number>,
  frame: Frame,
  points: readonly Point[],
): { readonly names: Markup; readonly boxes: readonly Box[] } {
  const boxes: Box[] = [];
  const names = windows.map((mark) => {
    const width = textWidth(mark.label, SIZE);
    const left = x(mark.from) + 4;
    const flip = left + width > frame.x + frame.width;
    const at = flip ? Math.max(frame.x, x(mark.to) - 4 - width) : left;
    let best: Box = { x: at, y: frame.y + 3, width, height: SIZE + 2 };
    let fewest = Number.POSITIVE_INFINITY;
    for (let y = frame.y + 3; y + SIZE + 4 < frame.y + frame.height && fewest > 0; y += 7) {
      const box = { ...best, y };
      const count = hits(box, points) + (boxes.some((other) => overlap(box, other)) ? 1000 : 0);
      if (count < fewest) {
        fewest = count;
        best = box;
      }
    }
    boxes.push(best);
    return label(best.x, best.y + SIZE - 1, mark.label, { size: SIZE, fill: MUTED });
  });
  return { names: svg("g", { class: "window-names" }, names), boxes };
}
