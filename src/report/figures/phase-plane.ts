import type { PhasePlane } from "../../metabolism/balance/phase-plane.ts";
import { interpolateViridis, scaleLinear } from "../../vendor/d3.ts";
import { bottomAxis, type Frame, valueAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { number } from "../svg/format.ts";
import { svg } from "../svg/markup.ts";
import { MUTED } from "../svg/palette.ts";

const FRAME: Frame = { x: 72, y: 84, width: 460, height: 400 };
const KEY = { x: 556, width: 14, steps: 40 } as const;

/** A phenotype phase plane: the largest objective on a grid of two fluxes, by colour; blank where nothing is possible. */
export function phasePlaneFigure({ axes, minimum, maximum }: PhasePlane, model: string): Figure {
  const [across, up] = axes;
  const [xs, ys] = [across?.flux ?? new Float64Array(1), up?.flux ?? new Float64Array(1)];
  const names = `${across?.reaction ?? ""} and ${up?.reaction ?? ""}`;
  const [dx, dy] = [half(xs), half(ys)];
  const x = scaleLinear([(xs[0] ?? 0) - dx, (xs.at(-1) ?? 0) + dx], [FRAME.x, FRAME.x + FRAME.width]);
  const y = scaleLinear([(ys[0] ?? 0) - dy, (ys.at(-1) ?? 0) + dy], [FRAME.y + FRAME.height, FRAME.y]);
  const known = [...maximum].filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...known), Math.max(1e-9, ...known)];
  const colour = (v: number) => interpolateViridis((v - low) / (high - low));
  const key = scaleLinear([low, high], [FRAME.y + FRAME.height, FRAME.y]);
  const head = {
    name: "phase-plane",
    title: `Largest objective over ${names}, ${model}`,
    caption: `The objective's largest value while ${names} are held at each point of a grid; blank where no flux distribution is possible.`,
  };
  const [width, height] = [Math.abs(x(2 * dx) - x(0)) + 0.3, Math.abs(y(2 * dy) - y(0)) + 0.3];
  const cells = [...maximum.keys()].flatMap((k) => {
    const v = maximum[k] ?? Number.NaN;
    if (Number.isNaN(v)) return [];
    const [a, b] = [xs[Math.floor(k / ys.length)] ?? 0, ys[k % ys.length] ?? 0];
    const said = `${number(a)}, ${number(b)}: ${number(minimum[k] ?? 0)} to ${number(v)}`;
    return [
      svg(
        "rect",
        { x: x(a - dx), y: y(b + dy), width, height, fill: colour(v), class: "point" },
        svg("title", {}, said),
      ),
    ];
  });
  const step = FRAME.height / KEY.steps;
  return figure(
    head,
    { width: KEY.x + KEY.width + 20, height: FRAME.y + FRAME.height + 52 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    label(18, 45, "colour: the largest objective; blank: no flux distribution", { fill: MUTED }),
    label(FRAME.x, FRAME.y - 10, `${up?.reaction ?? ""}, mmol gDW⁻¹ h⁻¹`, { fill: MUTED }),
    valueAxis(y, FRAME),
    cells,
    bottomAxis(x, FRAME, { title: `${across?.reaction ?? ""}, mmol gDW⁻¹ h⁻¹` }),
    Array.from({ length: KEY.steps }, (_, k) =>
      svg("rect", {
        x: KEY.x,
        y: FRAME.y + FRAME.height - (k + 1) * step,
        width: KEY.width,
        height: step + 0.3,
        fill: interpolateViridis((k + 0.5) / KEY.steps),
      }),
    ),
    label(KEY.x + KEY.width, FRAME.y - 10, "objective", { fill: MUTED, anchor: "end" }),
    key.ticks(5).map((v) => label(KEY.x - 4, key(v) + 4, number(v), { size: 11, anchor: "end", fill: MUTED })),
  );
}

/** Half the distance of two points of an axis; something where there is none. */
function half(flux: Float64Array): number {
  const width = ((flux.at(-1) ?? 0) - (flux[0] ?? 0)) / Math.max(1, flux.length - 1);
  return width > 0 ? width / 2 : 0.5;
}
