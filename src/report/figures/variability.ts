import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import { scaleSymlog } from "../../vendor/d3.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { fitted, number, textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { MUTED } from "../svg/palette.ts";
import { symlogAxis } from "../svg/symlog-axis.ts";

/** The range of one flux, mmol gDW^-1 h^-1. */
export interface FluxRange {
  /** Index in the model. */
  readonly reaction: number;
  readonly id: string;
  readonly least: number;
  readonly most: number;
}

export interface VariabilityInput {
  readonly model: FluxModel;
  readonly ranges: readonly FluxRange[];
  readonly objective: number;
  /** Share of the optimum that the objective keeps. */
  readonly fraction: number;
}

const ROW = 15;
const PLOT = 430;
const TOP = 84;
/** Most reactions that are drawn: those with the largest fluxes. */
const MOST = 90;
const NOTHING = 1e-9;
const FIXED = "#0072B2";
const FREE = "#E69F00";

/** Ranges of fluxes as bars, one row a reaction; exchanges first, then what is inside. */
export function variabilityFigure({ model, ranges, objective, fraction }: VariabilityInput): Figure {
  const size = ({ least, most }: FluxRange) => Math.max(Math.abs(least), Math.abs(most));
  const carrying = ranges.filter((range) => size(range) > NOTHING);
  const chosen = new Set(carrying.toSorted((a, b) => size(b) - size(a)).slice(0, MOST));
  const isOutside = ({ reaction }: FluxRange) => model.reactions[reaction]?.boundary === true;
  const groups = [
    { title: "Exchange (out of the cell is positive)", rows: carrying.filter((r) => chosen.has(r) && isOutside(r)) },
    { title: "Inside", rows: carrying.filter((r) => chosen.has(r) && !isOutside(r)) },
  ].filter(({ rows }) => rows.length > 0);
  const left = 30 + Math.min(190, Math.max(60, ...[...chosen].map(({ id }) => textWidth(id, 11))));
  const largest = Math.max(1, ...[...chosen].map(size));
  const x = scaleSymlog([-largest, largest], [left, left + PLOT]);
  const height = groups.reduce((sum, { rows }) => sum + 36 + ROW * rows.length, 0);
  const more = carrying.length > chosen.size ? `; the ${chosen.size} largest of ${carrying.length}` : "";
  const head = {
    name: "variability",
    title: `Flux variability, ${model.id}`,
    caption:
      `Least to largest flux of each reaction while the objective keeps ${100 * fraction} % of ${number(objective)}${more}; ` +
      "reactions that can carry nothing are left out. The scale is linear near zero and logarithmic beyond.",
  };
  let y = TOP;
  const drawn = groups.map(({ title, rows }) => {
    const heading = label(18, y + 22, title, { size: 12, weight: 600 });
    y += 34;
    const bars = rows.map((range) => {
      y += ROW;
      return bar(range, x, left, y - ROW);
    });
    return [heading, ...bars];
  });
  return figure(
    head,
    { width: left + PLOT + 40, height: TOP + height + 44 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    label(18, 45, `mmol gDW⁻¹ h⁻¹; objective at least ${100 * fraction} % of ${number(objective)}${more}`, {
      fill: MUTED,
    }),
    key(18, 68),
    symlogAxis(x, TOP, TOP + height),
    drawn,
  );
}

function bar({ id, least, most }: FluxRange, x: (v: number) => number, left: number, y: number): Markup {
  const middle = y + ROW / 2;
  const isFixed = most - least < 1e-6 * Math.max(1, Math.abs(most));
  const mark = isFixed
    ? svg("circle", { cx: x(most), cy: middle, r: 3.6, fill: FIXED })
    : svg("rect", {
        x: x(least),
        y: middle - 4,
        width: Math.max(1.5, x(most) - x(least)),
        height: 8,
        rx: 2,
        fill: FREE,
      });
  return svg(
    "g",
    { class: "row" },
    svg("title", {}, `${id}: ${number(least)} to ${number(most)}`),
    label(left - 10, middle + 4, fitted(id, 11, left - 26), { size: 11, anchor: "end" }),
    mark,
  );
}

function key(x: number, y: number): Markup {
  return svg(
    "g",
    { class: "key" },
    svg("circle", { cx: x + 5, cy: y - 4, r: 3.6, fill: FIXED }),
    label(x + 14, y, "fixed by the optimum", { fill: MUTED }),
    svg("rect", { x: x + 152, y: y - 8, width: 20, height: 8, rx: 2, fill: FREE }),
    label(x + 178, y, "free within a range", { fill: MUTED }),
  );
}
