import type { ArmName } from "../../scenario/arms/arm.ts";
import { type SymbolType, symbol, symbolCircle, symbolDiamond, symbolSquare } from "../../vendor/d3.ts";
import { label } from "./figure.ts";
import { textWidth } from "./format.ts";
import { type Markup, svg } from "./markup.ts";
import { ARM_STYLES, GROUND } from "./palette.ts";

/** Shape and area, px²: drawn in the order of `DRAWING_ORDER`, none hides another. */
const SHAPES: Readonly<Record<ArmName, readonly [shape: SymbolType, area: number]>> = {
  hybrid: [symbolCircle, 115],
  mechanistic: [symbolSquare, 64],
  learned: [symbolDiamond, 44],
};

/** An arm's mark: its colour and its shape, so that grey print tells them apart. */
export function armMark(arm: ArmName, x: number, y: number): Markup {
  const path = symbol(...SHAPES[arm]).digits(2)() ?? "";
  return svg("path", {
    class: `mark arm-${arm}`,
    d: path,
    transform: `translate(${Math.round(x * 100) / 100},${Math.round(y * 100) / 100})`,
    fill: ARM_STYLES[arm].colour,
    stroke: GROUND,
    "stroke-width": 1,
  });
}

/** A key of arm marks in one row. */
export function armKey(arms: readonly ArmName[], x: number, y: number): Markup {
  let at = x;
  return svg(
    "g",
    { class: "key" },
    arms.map((arm) => {
      const left = at;
      at += textWidth(arm, 12) + 42;
      return [
        armMark(arm, left + 6, y - 4),
        label(left + 16, y, arm, { class: `name arm-${arm}`, fill: ARM_STYLES[arm].ink, weight: 600 }),
      ];
    }),
  );
}
