import { interpolateViridis, scaleLinear, scaleLog } from "../../vendor/d3.ts";
import { bottomAxis, type Frame, valueAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { number } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { INK, MUTED, SUBSTANCE_STYLES } from "../svg/palette.ts";

/** A quantity and the values it takes. */
export interface ScanAxis {
  readonly id: string;
  readonly values: readonly number[];
}

/** Values of columns at times, for every combination of the axes' values, the last axis fastest. */
interface ScanTable {
  readonly columns: readonly string[];
  readonly times: Float64Array;
  /** Shape [points, times, columns]; points beyond the combinations are left out. */
  readonly rows: Float64Array;
}

export interface ScanFigureInput {
  readonly title: string;
  readonly axes: readonly ScanAxis[];
  readonly result: ScanTable;
}

const FRAME: Frame = { x: 70, y: 64, width: 560, height: 320 };
const LEGEND = 150;
/** Lines that one figure tells apart. */
const MOST_LINES = SUBSTANCE_STYLES.length;

/**
 * The end of every run of a scan: over one axis a line for each recorded quantity, over two a map of the first one.
 * Knockouts are left out. Scans over no axis or more than two give undefined.
 */
export function scanFigure(input: ScanFigureInput): Figure | undefined {
  const [across, up] = input.axes;
  if (across === undefined || input.axes.length > 2) return undefined;
  return up === undefined ? lines(input, across) : map(input, across, up);
}

/** The value of a column at the end of a point. */
function ends({ rows, times, columns }: ScanTable): (point: number, column: number) => number {
  const width = times.length * columns.length;
  return (point, column) => rows[point * width + (times.length - 1) * columns.length + column] ?? Number.NaN;
}

function lines({ title, result }: ScanFigureInput, axis: ScanAxis): Figure {
  const shown = result.columns.slice(0, MOST_LINES);
  const at = ends(result);
  const values = shown.map((_, c) => axis.values.map((_v, p) => at(p, c)));
  const finite = values.flat().filter(Number.isFinite);
  const x = horizontal(axis.values, FRAME);
  const y = scaleLinear(
    [Math.min(0, ...finite), Math.max(...finite, 1e-300)],
    [FRAME.y + FRAME.height, FRAME.y],
  ).nice();
  const curves = shown.map((id, c) => {
    const { colour, width, dash } = style(c);
    const points = axis.values
      .map((v, p) => [x.place(v), y(values[c]?.[p] ?? Number.NaN)] as const)
      .filter(([, b]) => Number.isFinite(b))
      .map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`);
    return [
      svg("polyline", {
        points: points.join(" "),
        fill: "none",
        stroke: colour,
        "stroke-width": width,
        "stroke-dasharray": dash,
      }),
      svg("line", {
        x1: FRAME.x + FRAME.width + 16,
        x2: FRAME.x + FRAME.width + 40,
        y1: FRAME.y + 10 + 18 * c,
        y2: FRAME.y + 10 + 18 * c,
        stroke: colour,
        "stroke-width": width,
        "stroke-dasharray": dash,
      }),
      label(FRAME.x + FRAME.width + 46, FRAME.y + 14 + 18 * c, id, { size: 11 }),
    ];
  });
  const more =
    result.columns.length > shown.length ? `; ${result.columns.length - shown.length} more are in the table` : "";
  const head = {
    name: "scan",
    title,
    caption: `Values at the end of each run, time ${end(result)}, against ${axis.id}: ${shown.join(", ")}${more}.`,
  };
  return figure(
    head,
    { width: FRAME.x + FRAME.width + LEGEND, height: FRAME.y + FRAME.height + 52 },
    label(18, 26, title, { size: 16, weight: 600 }),
    label(FRAME.x, FRAME.y - 12, `at time ${end(result)}`, { fill: MUTED }),
    valueAxis(y, FRAME),
    x.axis(axis.id),
    curves,
  );
}

function map({ title, result }: ScanFigureInput, across: ScanAxis, up: ScanAxis): Figure {
  const at = ends(result);
  const [column = ""] = result.columns;
  const values = across.values.map((_, i) => up.values.map((_v, j) => at(i * up.values.length + j, 0)));
  const finite = values.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const width = FRAME.width / across.values.length;
  const height = FRAME.height / up.values.length;
  const shade = (v: number): string =>
    Number.isFinite(v) ? interpolateViridis(high > low ? (v - low) / (high - low) : 0.5) : "#DDDDDD";
  const cells = values.flatMap((row, i) =>
    row.map((v, j) =>
      svg(
        "rect",
        {
          x: (FRAME.x + i * width).toFixed(2),
          y: (FRAME.y + FRAME.height - (j + 1) * height).toFixed(2),
          width: (width + 0.3).toFixed(2),
          height: (height + 0.3).toFixed(2),
          fill: shade(v),
        },
        svg(
          "title",
          {},
          `${across.id} ${number(across.values[i] ?? 0)}, ${up.id} ${number(up.values[j] ?? 0)}: ${number(v)}`,
        ),
      ),
    ),
  );
  const head = {
    name: "scan",
    title,
    caption: `${column} at the end of each run, time ${end(result)}, over ${across.id} and ${up.id}; grey where a run did not end.`,
  };
  const [first, last] = [across.values, up.values].map((v) => [v[0] ?? 0, v.at(-1) ?? 0] as const);
  return figure(
    head,
    { width: FRAME.x + FRAME.width + LEGEND, height: FRAME.y + FRAME.height + 52 },
    label(18, 26, title, { size: 16, weight: 600 }),
    label(FRAME.x, FRAME.y - 12, `${column} at time ${end(result)}`, { fill: MUTED }),
    cells,
    cornerLabels(across.id, up.id, first ?? [0, 0], last ?? [0, 0]),
    colourKey(low, high),
  );
}

function cornerLabels(
  across: string,
  up: string,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
): Markup[] {
  const below = FRAME.y + FRAME.height + 17;
  return [
    label(FRAME.x, below, number(left), { fill: MUTED, size: 11 }),
    label(FRAME.x + FRAME.width, below, number(right), { fill: MUTED, size: 11, anchor: "end" }),
    label(FRAME.x + FRAME.width / 2, below + 17, across, { fill: INK, anchor: "middle" }),
    label(FRAME.x - 6, FRAME.y + FRAME.height, number(bottom), { fill: MUTED, size: 11, anchor: "end" }),
    label(FRAME.x - 6, FRAME.y + 10, number(top), { fill: MUTED, size: 11, anchor: "end" }),
    label(FRAME.x - 6, FRAME.y + FRAME.height / 2, up, { fill: INK, anchor: "end" }),
  ];
}

function colourKey(low: number, high: number): Markup[] {
  const x = FRAME.x + FRAME.width + 24;
  const steps = Array.from({ length: 40 }, (_, k) =>
    svg("rect", {
      x,
      y: FRAME.y + FRAME.height - 5 * (k + 1),
      width: 16,
      height: 5.3,
      fill: interpolateViridis(k / 39),
    }),
  );
  return [
    ...steps,
    label(x + 22, FRAME.y + FRAME.height, number(low), { size: 11, fill: MUTED }),
    label(x + 22, FRAME.y + FRAME.height - 191, number(high), { size: 11, fill: MUTED }),
  ];
}

function style(line: number) {
  return SUBSTANCE_STYLES[line % SUBSTANCE_STYLES.length] ?? { colour: INK, width: 2, dash: undefined };
}

function end({ times }: ScanTable): string {
  return number(times.at(-1) ?? 0);
}

/** A scale across the frame: logarithmic where the values are evenly spaced in their logarithm. */
function horizontal(values: readonly number[], frame: Frame) {
  const [low = 0, high = 1] = [values[0], values.at(-1)];
  const [a = 0, b = 1, c = 2] = values;
  const isLog = low > 0 && values.length > 2 && Math.abs(b / a / (c / b) - 1) < 1e-6;
  const range = [frame.x, frame.x + frame.width];
  if (!isLog) {
    const scale = scaleLinear([low, high], range);
    return { place: (v: number) => scale(v), axis: (title: string) => bottomAxis(scale, frame, { title, grid: true }) };
  }
  const scale = scaleLog([low, high], range);
  const bottom = frame.y + frame.height;
  const marks = scale.ticks(6).filter((tick) => Number.isInteger(Math.log10(tick)) || high / low < 100);
  const axis = (title: string): Markup[] => [
    ...marks.flatMap((tick) => [
      svg("line", { x1: scale(tick), x2: scale(tick), y1: frame.y, y2: bottom + 4, stroke: "#E4E4E4" }),
      label(scale(tick), bottom + 17, number(tick), { size: 11, anchor: "middle", fill: MUTED }),
    ]),
    label(frame.x + frame.width / 2, bottom + 34, title, { anchor: "middle", fill: MUTED }),
  ];
  return { place: (v: number) => scale(v), axis };
}
