import type { PredictedVariable, Prediction } from "../../analysis/experiments/predict.ts";
import { scaleLinear } from "../../vendor/d3.ts";
import { bottomAxis, type Frame } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { fitted, number, textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { MUTED } from "../svg/palette.ts";

const [ROW, TOP, PLOT, SIZE, SHOWN] = [22, 86, 380, 12, 25];
const NAME_WIDTH = 190;
const COLOURS = { sure: "#0072B2", open: "#8A8A8A", base: "#999999" };

/**
 * The largest predicted changes with their 90 % intervals, each in units of what the variable's changes in the
 * experiments typically are.
 * @param asked what was done, in words
 */
export function predictionFigure({ predictor, range, variables }: Prediction, asked: string): Figure {
  const free = variables.filter(({ held }) => !held);
  const shown = [...free].sort((a, b) => Math.abs(scaled(b).change) - Math.abs(scaled(a).change)).slice(0, SHOWN);
  const names = shown.map(({ variable }) => fitted(variable, SIZE, NAME_WIDTH));
  const left = Math.ceil(Math.max(60, ...names.map((name) => textWidth(name, SIZE)))) + 28;
  const frame = { x: left, y: TOP, width: PLOT, height: ROW * shown.length };
  const ends = [0, ...shown.flatMap((variable) => [scaled(variable).low, scaled(variable).high])];
  const scale = scaleLinear()
    .domain([Math.min(...ends), Math.max(...ends)])
    .nice(6)
    .range([left, left + PLOT]);
  const more = free.length > shown.length ? `, ${shown.length} of ${free.length} variables` : "";
  const head = {
    name: "prediction",
    title: `Predicted: ${asked}`,
    caption:
      `Predicted changes against the control${more}, answered by '${predictor}'; ${range.code}. Points are predictions, lines 90 % ` +
      "intervals, over the root mean square of each variable's changes in the experiments; numbers are in the table's unit.",
  };
  const end = left + PLOT;
  return figure(
    head,
    { width: end + 160, height: TOP + frame.height + 54 },
    label(16, 24, fitted(head.title, 16, end + 120), { size: 16, weight: 600 }),
    label(16, 43, `${range.code}${more}; bars 90 % intervals`, { fill: MUTED }),
    label(16, 60, fitted(`answered by '${predictor}'`, SIZE, end + 120), { fill: MUTED }),
    label(end + 16, TOP - 8, "control → predicted", { size: SIZE, fill: MUTED }),
    bottomAxis(scale, frame, { title: "change over its usual size in the experiments", count: 6, grid: true }),
    svg("line", { x1: scale(0), x2: scale(0), y1: TOP, y2: TOP + frame.height, stroke: COLOURS.base }),
    shown.map((variable, i) => row(variable, names[i] ?? "", scale, frame, TOP + ROW * (i + 0.5))),
  );
}

/** Change and interval over the variable's usual change. */
function scaled({ control, change, low, high, usual }: PredictedVariable) {
  const unit = usual > 0 ? usual : 1;
  return { change: change / unit, low: (low - control) / unit, high: (high - control) / unit };
}

function row(
  variable: PredictedVariable,
  name: string,
  scale: (value: number) => number,
  { x, width }: Frame,
  y: number,
): Markup {
  const { change, low, high } = scaled(variable);
  const colour = low > 0 || high < 0 ? COLOURS.sure : COLOURS.open;
  return svg(
    "g",
    { class: "row" },
    label(x - 12, y + 4, name, { anchor: "end", size: SIZE }),
    svg("line", { x1: scale(low), x2: scale(high), y1: y, y2: y, stroke: colour, "stroke-width": 2 }),
    svg("circle", { cx: scale(change), cy: y, r: 4, fill: colour }),
    label(x + width + 16, y + 4, `${number(variable.control)} → ${number(variable.predicted)}`, { size: SIZE }),
  );
}
