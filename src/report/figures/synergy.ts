import type { Synergy } from "../../analysis/inhibitors/synergy.ts";
import type { Interval } from "../../analysis/metrics/bootstrap.ts";
import { interpolateRdBu, scaleSequential } from "../../vendor/d3.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { INK, MUTED } from "../svg/palette.ts";

const CELL = 62;
const LEFT = 92;
const TOP = 96;
const GAP = 110;

/** Names of two drugs and their doses, in the order of the synergy's rows (A) and columns (B). */
export interface SynergyLabels {
  readonly title: string;
  readonly drugA: string;
  readonly drugB: string;
  readonly dosesA: readonly number[];
  readonly dosesB: readonly number[];
}

/** Two heat maps, excess over Bliss and over Loewe, with the 95 % interval in every cell. */
export function synergyFigure({ bliss, loewe }: Synergy, labels: SynergyLabels): Figure {
  const { title, dosesA, dosesB } = labels;
  const width = CELL * dosesB.length;
  const most = Math.max(0.05, ...[...bliss, ...loewe].flat().map(({ estimate }) => Math.abs(estimate)));
  // Blue synergy, red antagonism, legible to those who confuse red and green; never so dark that figures drown.
  const colour = scaleSequential(interpolateRdBu).domain([-1.8 * most, 1.8 * most]);
  const head = {
    name: "synergy",
    title,
    caption:
      `Effect of ${labels.drugA} and ${labels.drugB} together minus what Bliss independence and Loewe additivity expect ` +
      "of each alone. Positive (blue) is synergy. Small figures are 95 % intervals by bootstrap over ligands.",
  };
  const size = { width: LEFT + 2 * width + GAP + 24, height: TOP + CELL * dosesA.length + 52 };
  return figure(
    head,
    size,
    label(16, 24, title, { size: 16, weight: 600 }),
    label(16, 43, `${labels.drugA} down, ${labels.drugB} across, nmol/L; blue is synergy, red antagonism`, {
      fill: MUTED,
    }),
    heatMap("excess over Bliss", bliss, labels, LEFT, colour),
    heatMap("excess over Loewe", loewe, labels, LEFT + width + GAP, colour),
  );
}

function heatMap(
  title: string,
  excess: readonly (readonly Interval[])[],
  { dosesA, dosesB }: SynergyLabels,
  x: number,
  colour: (value: number) => string,
): Markup {
  const bottom = TOP + CELL * dosesA.length;
  return svg(
    "g",
    { class: "panel" },
    label(x, TOP - 12, title, { weight: 600 }),
    excess.map((row, i) => row.map((cell, j) => drawCell(cell, x + j * CELL, TOP + i * CELL, colour))),
    dosesA.map((dose, i) => label(x - 8, TOP + (i + 0.5) * CELL + 4, String(dose), { anchor: "end" })),
    dosesB.map((dose, j) => label(x + (j + 0.5) * CELL, bottom + 18, String(dose), { anchor: "middle" })),
  );
}

function drawCell(
  { estimate, low, high }: Interval,
  x: number,
  y: number,
  colour: (value: number) => string,
): Markup[] {
  const middle = x + CELL / 2;
  return [
    svg("rect", { x, y, width: CELL - 2, height: CELL - 2, fill: colour(estimate) }),
    label(middle, y + 28, signed(estimate), { anchor: "middle", fill: INK }),
    label(middle, y + 45, `${signed(low)} ${signed(high)}`, { anchor: "middle", size: 9, fill: INK }),
  ];
}

function signed(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" || text === "0.00" ? "0" : value > 0 ? `+${text}` : text;
}
