import { area, line } from "../../vendor/d3.ts";
import type { PanelData, PanelLine } from "../findings/panel-data.ts";
import { windowNames, windowShades } from "../findings/windows.ts";
import { bottomAxis, type Frame, valueAxis } from "./axis.ts";
import type { BandPoint } from "./band.ts";
import { fitted, textWidth } from "./format.ts";
import { densePoints, lineNames } from "./line-labels.ts";
import { type Markup, svg } from "./markup.ts";
import { GROUND, INK, MUTED } from "./palette.ts";
import type { Box } from "./place-labels.ts";
import { type Scales, scalesOf } from "./scales.ts";
import { type Point, simplify } from "./simplify.ts";

/** The path of a line in px. */
function pathOf(points: readonly Point[], { x, y }: Scales): string {
  const px = points.map(([t, v]): Point => [x(t), y(v)]);
  return line<Point>().digits(2)(simplify(px, 0.15)) ?? "";
}

/** One line in its style. */
export function drawLine(item: PanelLine, scales: Scales): Markup {
  const { style } = item;
  return svg("path", {
    class: `line ${item.class}`,
    d: pathOf(item.points, scales),
    fill: "none",
    stroke: style.colour,
    "stroke-width": style.width,
    "stroke-dasharray": style.dash,
    "stroke-linecap": style.dash?.startsWith("0") ? "round" : undefined,
    "stroke-linejoin": "round",
  });
}

function drawBand({ band, class: name, style }: PanelLine, { x, y }: Scales): Markup | undefined {
  if (band === undefined) return undefined;
  const [least = 0, most = 0] = y.domain();
  const inside = (value: number) => y(Math.min(Math.max(value, least), most));
  const shape = area<BandPoint>(
    ({ t }) => x(t),
    ({ low }) => inside(low),
    ({ high }) => inside(high),
  ).digits(2);
  return svg("path", { class: `band ${name}`, d: shape(band) ?? "", fill: style.colour, opacity: 0.14 });
}

function drawMeasurements(data: PanelData, { x, y }: Scales, radius: number): Markup {
  const [low = 0, high = 0] = y.domain();
  const inside = (v: number) => y(Math.min(Math.max(v, low), high));
  return svg(
    "g",
    { class: "measured" },
    data.measurements.map(({ time, value, sd }) => [
      sd === undefined
        ? undefined
        : svg("line", { x1: x(time), x2: x(time), y1: inside(value - sd), y2: inside(value + sd), stroke: INK }),
      svg("circle", { cx: x(time), cy: inside(value), r: radius, fill: GROUND, stroke: INK, "stroke-width": 1.3 }),
    ]),
  );
}

function measuredBoxes(data: PanelData, { x, y }: Scales): Box[] {
  return data.measurements.map(({ time, value, sd = 0 }) => {
    const top = y(value + sd) - 5;
    return { x: x(time) - 5, y: top, width: 10, height: y(value - sd) + 5 - top };
  });
}

function heading(data: PanelData, frame: Frame, room: number): Markup {
  const unit = data.unit === "" ? "" : `(${data.unit})`;
  const title = fitted(data.title, 14, room - textWidth(unit, 12) - 5);
  return svg(
    "text",
    { x: frame.x, y: frame.y - 10, class: "ink", fill: INK, "font-size": 13 },
    svg("tspan", { "font-weight": 600 }, title),
    unit === "" ? undefined : svg("tspan", { class: "muted", dx: 5, fill: MUTED, "font-size": 12 }, unit),
  );
}

export interface PanelOptions {
  readonly timeTitle?: boolean;
  readonly timeTicks?: number;
  readonly valueTicks?: number;
  /** Whether lines are named beside themselves. */
  readonly names?: boolean;
  /** Whether perturbation windows are named inside the panel. */
  readonly windowNames?: boolean;
  readonly radius?: number;
  /** Room for title and unit, px; the frame's width where absent. */
  readonly headingWidth?: number;
}

/**
 * One panel: windows, axes, lines, measured points, names. The report's read-out finds it by its data attributes.
 * @returns the panel and the width that names need right of the frame, px
 */
export function drawPanel(
  data: PanelData,
  frame: Frame,
  options: PanelOptions = {},
): { readonly panel: Markup; readonly margin: number } {
  const scales = scalesOf(data, frame, options.valueTicks);
  const lines = data.lines.flatMap((item) => densePoints(item, scales));
  const windows = windowNames(options.windowNames === false ? [] : data.windows, scales.x, frame, lines);
  const taken = [...windows.boxes, ...measuredBoxes(data, scales)];
  const names = options.names === false ? undefined : lineNames(data.lines, scales, frame, taken);
  const panel = svg(
    "g",
    {
      class: "panel",
      "data-variable": data.variable,
      "data-frame": [frame.x, frame.y, frame.width, frame.height].join(" "),
      "data-time": data.time.join(" "),
      "data-range": scales.y.domain().join(" "),
    },
    windowShades(data.windows, scales.x, frame),
    valueAxis(scales.y, frame, options.valueTicks ?? 5),
    bottomAxis(scales.x, frame, {
      count: options.timeTicks ?? 7,
      ...(options.timeTitle === false ? {} : { title: "time (h)" }),
    }),
    heading(data, frame, options.headingWidth ?? frame.width),
    data.lines.map((item) => drawBand(item, scales)),
    data.lines.map((item) => drawLine(item, scales)),
    drawMeasurements(data, scales, options.radius ?? 3.2),
    windows.names,
    names?.names,
  );
  return { panel, margin: names?.margin ?? 0 };
}
