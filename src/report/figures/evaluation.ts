import type { ComparedRow, Results } from "../../analysis/knockouts/results.ts";
import type { Interval } from "../../analysis/metrics/bootstrap.ts";
import { scaleLinear } from "../../vendor/d3.ts";
import { bottomAxis, type Frame } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { INK, MUTED } from "../svg/palette.ts";

const ROW = 26;
const TOP = 74;
const PANEL = 250;
const GAP = 36;
const SIZE = 12;

/** Okabe and Ito's colours by kind of row; text carries the kind too. */
const COLOURS: Readonly<Record<ComparedRow["kind"], string>> = {
  plain: "#6B6B6B",
  transformer: "#D55E00",
  shipped: "#0072B2",
  ceiling: "#009E73",
};

interface Panel {
  readonly title: string;
  readonly pick: (row: ComparedRow) => Interval;
}

const PANELS: readonly Panel[] = [
  { title: "mean squared error (less is better)", pick: (row) => row.mse },
  { title: "r per condition (more is better)", pick: (row) => row.pearson },
  { title: "r on own regulon (more is better)", pick: (row) => row.ownRegulon },
];

/** Every predictor's error and correlations with 95 % intervals, one row each; the best plain row as a line. */
export function evaluationFigure(results: Results, split: string): Figure {
  const { rows, conditions, genotypes, best } = results;
  const left = Math.ceil(Math.max(...rows.map(({ name }) => textWidth(name, SIZE)))) + 28;
  const height = ROW * rows.length;
  const panels = PANELS.map((panel, i) => {
    const frame = { x: left + i * (PANEL + GAP), y: TOP, width: PANEL, height };
    return drawPanel(panel, results, frame);
  });
  const head = {
    name: "evaluation-ecoli-knockouts",
    title: "An unseen gene is knocked out",
    caption:
      `Predicted change of iModulon activities against what was measured, ${split}: ${conditions} conditions, ` +
      `${genotypes} genotypes. Points are figures, lines 95 % intervals by bootstrap over genotypes, the dashed line ` +
      `the best plain row ('${best}').`,
  };
  const subtitle = `E. coli, ${split}: ${conditions} conditions, ${genotypes} genotypes; bars 95 % bootstrap intervals`;
  const size = { width: left + PANELS.length * (PANEL + GAP), height: TOP + height + 54 };
  return figure(
    head,
    size,
    label(16, 24, head.title, { size: 16, weight: 600 }),
    label(16, 43, subtitle, { fill: MUTED }),
    rows.map((row, i) => rowName(row, i, left, row.name === best)),
    panels,
  );
}

function rowName({ name, kind }: ComparedRow, i: number, left: number, best: boolean): Markup {
  const options = { anchor: "end", size: SIZE, fill: kind === "plain" ? INK : COLOURS[kind] } as const;
  return label(left - 12, yOf(i) + 4, name, best ? { ...options, weight: 700 } : options);
}

function yOf(i: number): number {
  return TOP + ROW * (i + 0.5);
}

function drawPanel({ title, pick }: Panel, { rows, best }: Results, frame: Frame): Markup {
  const ends = rows.flatMap((row) => [pick(row).low, pick(row).high]).filter((value) => Number.isFinite(value));
  const scale = scaleLinear()
    .domain([Math.min(...ends), Math.max(...ends)])
    .nice(5)
    .range([frame.x, frame.x + frame.width]);
  const reference = rows.find(({ name }) => name === best);
  const line = reference === undefined ? undefined : scale(pick(reference).estimate);
  return svg(
    "g",
    { class: "panel" },
    label(frame.x, frame.y - 8, title, { size: SIZE, fill: MUTED }),
    bottomAxis(scale, frame, { count: 5, grid: true }),
    line === undefined || !Number.isFinite(line)
      ? undefined
      : svg("line", {
          x1: line,
          x2: line,
          y1: frame.y,
          y2: frame.y + frame.height,
          stroke: "#999999",
          "stroke-dasharray": "4 3",
        }),
    rows.map((row, i) => drawInterval(pick(row), scale, yOf(i), COLOURS[row.kind])),
  );
}

function drawInterval(interval: Interval, scale: (value: number) => number, y: number, colour: string) {
  const { estimate, low, high } = interval;
  if (!Number.isFinite(estimate)) return [];
  return [
    svg("line", { x1: scale(low), x2: scale(high), y1: y, y2: y, stroke: colour, "stroke-width": 2 }),
    svg("circle", { cx: scale(estimate), cy: y, r: 4, fill: colour }),
  ];
}
