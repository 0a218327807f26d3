import { interpolateRgb, piecewise } from "../../vendor/d3.ts";
import { label } from "../svg/figure.ts";
import { number } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { MUTED } from "../svg/palette.ts";

export const CLOSED = "#D55E00";
export const IDLE = "#C4C4C4";
export const ABSENT = "#DDDDDD";

/** Colour of a flux by the square root of its share of the largest. */
export const fluxColour = piecewise(interpolateRgb, ["#A9CCE3", "#3E8FC4", "#08407C"]);

/** What colours and widths of a flux map mean. */
export function legend(largest: number, withClosed: boolean, withAbsent: boolean): Markup {
  const x0 = 570;
  const shares = [0.25, 0.5, 0.75, 1];
  const entry = (at: number, text: string, colour: string, width: number, dash?: string) => [
    svg("line", {
      x1: at,
      x2: at + 44,
      y1: 24,
      y2: 24,
      stroke: colour,
      "stroke-width": width,
      "stroke-dasharray": dash,
    }),
    label(at + 22, 48, text, { size: 11, anchor: "middle", fill: MUTED }),
  ];
  const ramp = shares.map((share, k) =>
    entry(x0 + 62 * (k + 1), number(largest * share * share), fluxColour(share), 3 + 7 * share),
  );
  const extra = [
    ...(withClosed ? [entry(x0 + 330, "closed", CLOSED, 3, "7 5")] : []),
    ...(withAbsent ? [entry(x0 + 400, "not in model", ABSENT, 3, "3 4")] : []),
  ];
  return svg(
    "g",
    { class: "key" },
    entry(x0, "0", IDLE, 2),
    ramp,
    extra,
    label(x0 + 150, 66, "|flux| (mmol gDW⁻¹ h⁻¹)", { size: 11, anchor: "middle", fill: MUTED }),
  );
}
