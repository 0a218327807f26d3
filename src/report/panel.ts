import { line, type ScaleLinear, scaleLinear } from "d3";
import { bottomAxis, type Frame, valueAxis } from "./axis.ts";
import { label } from "./figure.ts";
import { textWidth } from "./format.ts";
import type { PerturbationMark } from "./input.ts";
import { type Markup, svg } from "./markup.ts";
import { INK, MUTED, SHADE } from "./palette.ts";
import type { PanelData, PanelLine } from "./panel-data.ts";
import { type Point, simplify } from "./simplify.ts";
import { spread } from "./spread.ts";

type Scale = ScaleLinear<number, number>;

export interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** Scales of a panel: hours to px, the variable's unit to px. */
export function scalesOf(data: Pick<PanelData, "time" | "range">, frame: Frame, ticks = 5): Scales {
  return {
    x: scaleLinear(data.time, [frame.x, frame.x + frame.width]),
    y: scaleLinear(data.range, [frame.y + frame.height, frame.y]).nice(ticks),
  };
}

/** Shaded windows in which a perturbation is in force, named at the top. */
export function windowMarks(windows: readonly PerturbationMark[], x: Scale, frame: Frame, named = true): Markup {
  return svg(
    "g",
    { class: "windows" },
    windows.map((mark, i) => {
      const left = x(mark.from);
      const right = x(mark.to);
      const room = frame.x + frame.width - left - 4;
      const flip = textWidth(mark.label, 11) > room;
      return [
        svg("rect", {
          class: "window",
          x: left,
          y: frame.y,
          width: Math.max(1, right - left),
          height: frame.height,
          fill: SHADE,
        }),
        named &&
          label(flip ? right - 4 : left + 4, frame.y + 12 + 13 * (i % 3), mark.label, {
            size: 11,
            fill: MUTED,
            ...(flip ? { anchor: "end" as const } : {}),
          }),
      ].filter((part) => part !== false);
    }),
  );
}

/** The path of a line in px. */
export function pathOf(points: readonly Point[], { x, y }: Scales): string {
  const px = points.map(([t, v]): Point => [x(t), y(v)]);
  return line<Point>().digits(2)(simplify(px, 0.15)) ?? "";
}

function drawLine(item: PanelLine, scales: Scales): Markup {
  const { style } = item;
  return svg("path", {
    class: `line ${item.class}`,
    d: pathOf(item.points, scales),
    fill: "none",
    stroke: style.colour,
    "stroke-width": style.width,
    "stroke-dasharray": style.dash,
    "stroke-linecap": style.dash?.startsWith("1") ? "round" : undefined,
    "stroke-linejoin": "round",
  });
}

function drawMeasurements(data: PanelData, { x, y }: Scales, radius: number): Markup {
  return svg(
    "g",
    { class: "measured" },
    data.measurements.map(({ time, value, sd }) => [
      sd === undefined
        ? undefined
        : svg("line", { x1: x(time), x2: x(time), y1: y(value - sd), y2: y(value + sd), stroke: INK, class: "bar" }),
      svg("circle", { cx: x(time), cy: y(value), r: radius, fill: "#FFFFFF", stroke: INK, "stroke-width": 1.3 }),
    ]),
  );
}

/** Names at the ends of lines, moved apart, with a leader where moved far. */
export function endLabels(lines: readonly PanelLine[], scales: Scales, frame: Frame): Markup {
  const ends = lines.map((item) => scales.y(item.points.at(-1)?.[1] ?? 0));
  const placed = spread(ends, 14, frame.y + 4, frame.y + frame.height);
  return svg(
    "g",
    { class: "end-labels" },
    lines.map((item, i) => {
      const from = ends[i] ?? 0;
      const to = placed[i] ?? from;
      const start = scales.x(item.points.at(-1)?.[0] ?? 0);
      const right = frame.x + frame.width;
      return [
        svg("path", {
          class: `leader ${item.class}`,
          d: `M${pair(start + 3, from)}L${pair(right + 5, from)}L${pair(right + 13, to)}`,
          fill: "none",
          stroke: item.style.colour,
          "stroke-width": 0.8,
          opacity: 0.7,
        }),
        label(right + 17, to + 4, item.label, {
          fill: item.style.ink,
          class: `name ${item.class}`,
          ...(item.class === "reference" ? {} : { weight: 600 }),
        }),
      ];
    }),
  );
}

function pair(x: number, y: number): string {
  return `${Math.round(x * 100) / 100},${Math.round(y * 100) / 100}`;
}

export interface PanelOptions {
  readonly timeTitle?: boolean;
  readonly timeTicks?: number;
  readonly valueTicks?: number;
  readonly labels?: boolean;
  readonly nameWindows?: boolean;
  readonly radius?: number;
}

/** One panel: windows, axes, lines, measured points, names. The report's read-out finds it by its data attributes. */
export function drawPanel(data: PanelData, frame: Frame, options: PanelOptions = {}): Markup {
  const scales = scalesOf(data, frame, options.valueTicks);
  const unit = data.unit === "" ? "" : ` (${data.unit})`;
  const title = svg(
    "text",
    { x: frame.x, y: frame.y - 10, class: "ink", fill: INK, "font-size": 13 },
    svg("tspan", { "font-weight": 600 }, data.title),
    svg("tspan", { class: "muted", fill: MUTED, "font-size": 12 }, unit),
  );
  return svg(
    "g",
    {
      class: "panel",
      "data-variable": data.variable,
      "data-frame": [frame.x, frame.y, frame.width, frame.height].join(" "),
      "data-time": data.time.join(" "),
      "data-range": scales.y.domain().join(" "),
    },
    windowMarks(data.windows, scales.x, frame, options.nameWindows ?? true),
    valueAxis(scales.y, frame, options.valueTicks ?? 5),
    bottomAxis(scales.x, frame, {
      count: options.timeTicks ?? 7,
      ...(options.timeTitle === false ? {} : { title: "time (h)" }),
    }),
    title,
    data.lines.map((item) => drawLine(item, scales)),
    drawMeasurements(data, scales, options.radius ?? 3.2),
    options.labels === false ? undefined : endLabels(data.lines, scales, frame),
  );
}
