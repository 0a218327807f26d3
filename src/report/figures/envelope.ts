import type { Envelope } from "../../metabolism/balance/envelope.ts";
import { area, line, scaleLinear } from "../../vendor/d3.ts";
import { bottomAxis, type Frame, valueAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { svg } from "../svg/markup.ts";
import { ARM_STYLES, MUTED } from "../svg/palette.ts";

const FRAME: Frame = { x: 64, y: 78, width: 520, height: 320 };

/** A production envelope: what the objective can be along the range of one flux. */
export function envelopeFigure({ reaction, flux, minimum, maximum }: Envelope, model: string): Figure {
  const known = Array.from(flux.keys()).filter((k) => Number.isFinite(minimum[k]) && Number.isFinite(maximum[k]));
  const x = scaleLinear([flux[0] ?? 0, flux.at(-1) ?? 1], [FRAME.x, FRAME.x + FRAME.width]).nice();
  const ends = known.flatMap((k) => [minimum[k] ?? 0, maximum[k] ?? 0]);
  const y = scaleLinear([Math.min(0, ...ends), Math.max(...ends, 1e-9)], [FRAME.y + FRAME.height, FRAME.y]).nice();
  const at = (k: number) => x(flux[k] ?? 0);
  const low = (k: number) => y(minimum[k] ?? 0);
  const high = (k: number) => y(maximum[k] ?? 0);
  const head = {
    name: "envelope",
    title: `Production envelope of ${reaction}, ${model}`,
    caption: `The objective's least and largest value while ${reaction} is held at each flux of its range; shaded: what is possible.`,
  };
  const { colour } = ARM_STYLES.mechanistic;
  return figure(
    head,
    { width: FRAME.x + FRAME.width + 30, height: FRAME.y + FRAME.height + 52 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    label(18, 45, "shaded: what is possible; line: the largest objective", { fill: MUTED }),
    valueAxis(y, FRAME),
    bottomAxis(x, FRAME, { title: `${reaction}, mmol gDW⁻¹ h⁻¹`, grid: true }),
    label(FRAME.x, FRAME.y - 8, "objective", { fill: MUTED }),
    svg("path", { d: area<number>(at, low, high)(known) ?? "", fill: colour, "fill-opacity": 0.18 }),
    svg("path", { d: line<number>(at, high)(known) ?? "", fill: "none", stroke: colour, "stroke-width": 2 }),
    known.map((k) =>
      svg(
        "circle",
        { cx: at(k), cy: high(k), r: 2.6, fill: colour },
        svg("title", {}, `${flux[k]}: ${minimum[k]} to ${maximum[k]}`),
      ),
    ),
  );
}
