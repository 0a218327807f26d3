import type { InhibitorRow } from "../../analysis/inhibitors/metrics-row.ts";
import type { InhibitorResults } from "../../analysis/inhibitors/results.ts";
import { scaleLinear } from "../../vendor/d3.ts";
import { bottomAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { INK, MUTED } from "../svg/palette.ts";

const ROW = 24;
const TOP = 88;
const PANEL = 230;
const GAP = 36;
const SIZE = 12;

/** Okabe and Ito's colours by kind of row; names carry the kind too. */
const COLOURS: Readonly<Record<InhibitorRow["kind"], string>> = {
  plain: "#6B6B6B",
  control: "#999999",
  mechanistic: "#0072B2",
  learned: "#D55E00",
  hybrid: "#009E73",
};

/** Every predictor's error with its 95 % interval, one panel a line. */
export function inhibitorFigure(lines: readonly InhibitorResults[]): Figure {
  const names = [...new Set(lines.flatMap(({ rows }) => rows.map(({ name }) => name)))];
  const left = Math.ceil(Math.max(0, ...names.map((name) => textWidth(name, SIZE)))) + 28;
  const head = {
    name: "evaluation-breast-inhibitors",
    title: "An unseen inhibitor is added",
    caption:
      "Mean squared error of the predicted log2 change of phosphorylation under inhibitors that no training row shows, " +
      "by cell line. Points are figures, lines 95 % intervals by bootstrap over stimuli; less is better.",
  };
  const height = ROW * names.length;
  const size = { width: left + lines.length * (PANEL + GAP), height: TOP + height + 54 };
  return figure(
    head,
    size,
    label(16, 24, head.title, { size: 16, weight: 600 }),
    label(16, 43, "mean squared error of log2(inhibited / uninhibited); bars 95 % bootstrap intervals over stimuli", {
      fill: MUTED,
    }),
    names.map((name, i) => label(left - 12, yOf(i) + 4, name, { anchor: "end", size: SIZE, fill: INK })),
    lines.map((results, i) => panel(results, names, left + i * (PANEL + GAP), height)),
  );
}

function yOf(i: number): number {
  return TOP + ROW * (i + 0.5);
}

function panel({ line, rows }: InhibitorResults, names: readonly string[], x: number, height: number): Markup {
  const scale = scaleLinear()
    .domain([0, Math.max(...rows.map(({ mse }) => mse.high))])
    .nice(4)
    .range([x, x + PANEL]);
  const frame = { x, y: TOP, width: PANEL, height };
  return svg(
    "g",
    { class: "panel" },
    label(x, TOP - 10, line, { size: 13, weight: 600, fill: INK }),
    bottomAxis(scale, frame, { count: 4, grid: true }),
    rows.map((row) => interval(row, scale, yOf(names.indexOf(row.name)))),
  );
}

function interval({ mse, kind }: InhibitorRow, scale: (value: number) => number, y: number): Markup[] {
  const stroke = COLOURS[kind];
  return [
    svg("line", { x1: scale(mse.low), x2: scale(mse.high), y1: y, y2: y, stroke, "stroke-width": 2 }),
    svg("circle", { cx: scale(mse.estimate), cy: y, r: 4, fill: stroke }),
  ];
}
