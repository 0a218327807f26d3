import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import { max } from "../../vendor/d3.ts";
import { ACETATE, BIOMASS, GLUCOSE, OXYGEN } from "../findings/findings.ts";
import { type PanelLine, paddedRange, standing, windowsInside } from "../findings/panel-data.ts";
import { type Phase, phasesOf } from "../findings/phases.ts";
import { endOf, mainArm, nameOf, variableOf } from "../findings/sample.ts";
import { windowNames, windowShades } from "../findings/windows.ts";
import type { ReportInput } from "../input.ts";
import { bottomAxis, type Frame, valueAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { hours, textWidth, unitOf } from "../svg/format.ts";
import { densePoints, lineNames } from "../svg/line-labels.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { ARM_STYLES, INK, MUTED, SUBSTANCE_STYLES } from "../svg/palette.ts";
import { drawLine } from "../svg/panel.ts";
import { scalesOf } from "../svg/scales.ts";
import type { Point } from "../svg/simplify.ts";

const WIDTH = 560;
const TOP = 66;

interface Strip {
  readonly title: string;
  readonly unit: string;
  readonly height: number;
  readonly lines: readonly PanelLine[];
}

function lineOf(input: ReportInput, trajectory: Trajectory, id: string, position: number): PanelLine | undefined {
  const column = columnOf(trajectory, id);
  const style = SUBSTANCE_STYLES[position % SUBSTANCE_STYLES.length];
  if (!column || !style) return undefined;
  const points = Array.from(trajectory.times, (t, i): Point => [t, column[i] ?? 0]);
  return { class: `substance-${position}`, style, label: nameOf(input, id), points };
}

/** Pools that rise to a visible share of the glucose given, most first, glucose and acetate ahead. */
function substances(trajectory: Trajectory): string[] {
  const start = columnOf(trajectory, GLUCOSE)?.[0] ?? 0;
  const others = trajectory.variables
    .map((variable, i) => ({ variable, most: max(trajectory.columns[i] ?? []) ?? 0 }))
    .filter(({ variable, most }) => /^pool:(succ|etoh|for|lac__D|pyr)_e$/.test(variable.id) && most > 0.05 * start)
    .sort((a, b) => b.most - a.most)
    .map(({ variable }) => variable.id);
  return [GLUCOSE, ACETATE, ...others.slice(0, 2)];
}

function stripsOf(input: ReportInput, trajectory: Trajectory): Strip[] {
  const unit = (id: string) => {
    const variable = variableOf(input, id);
    return variable ? unitOf(variable) : "";
  };
  const held = substances(trajectory).flatMap((id, i) => lineOf(input, trajectory, id, i) ?? []);
  const biomass = lineOf(input, trajectory, BIOMASS, 4);
  const oxygen = lineOf(input, trajectory, OXYGEN, 5);
  const strips: Strip[] = [
    { title: nameOf(input, BIOMASS), unit: unit(BIOMASS), height: 110, lines: biomass ? [biomass] : [] },
    { title: "substrates and products", unit: unit(GLUCOSE), height: 150, lines: held },
    { title: nameOf(input, OXYGEN), unit: unit(OXYGEN), height: 70, lines: oxygen ? [oxygen] : [] },
  ];
  return strips.filter((strip) => strip.lines.length > 0);
}

function drawStrip(strip: Strip, frame: Frame, time: readonly [number, number], input: ReportInput, last: boolean) {
  const values = strip.lines.flatMap((line) => line.points.map((p) => p[1]));
  const scales = scalesOf({ time, range: paddedRange(values) }, frame, 4);
  const points = strip.lines.flatMap((line) => densePoints(line, scales));
  const marks = last ? windowNames(windowsInside(input), scales.x, frame, points) : undefined;
  const named = strip.lines.length > 1 ? lineNames(strip.lines, scales, frame, marks?.boxes ?? []) : undefined;
  const drawn = svg(
    "g",
    {},
    windowShades(windowsInside(input), scales.x, frame),
    valueAxis(scales.y, frame, 4),
    svg(
      "text",
      { x: frame.x, y: frame.y - 8, class: "ink", fill: INK },
      svg("tspan", { "font-weight": 600 }, strip.title),
      svg("tspan", { class: "muted", fill: MUTED, dx: 5, "font-size": 11 }, strip.unit === "" ? "" : `(${strip.unit})`),
    ),
    strip.lines.map((line) => drawLine(line, scales)),
    marks?.names,
    named?.names,
    last ? bottomAxis(scales.x, frame, { title: "time (h)" }) : undefined,
  );
  return { drawn, margin: named?.margin ?? 0, x: scales.x };
}

function phaseMarks(phases: readonly Phase[], x: (t: number) => number, top: number, bottom: number): Markup {
  return svg(
    "g",
    { class: "phases" },
    phases.map(({ label: text, from, to }, i) => {
      const wide = x(to) - x(from);
      return [
        i === 0
          ? undefined
          : svg("line", {
              class: "cut",
              x1: x(from),
              x2: x(from),
              y1: top - 4,
              y2: bottom,
              stroke: MUTED,
              "stroke-dasharray": "2 3",
            }),
        textWidth(text, 11) + 6 > wide
          ? undefined
          : label(x(from) + wide / 2, top, text, { size: 11, anchor: "middle", fill: MUTED }),
      ];
    }),
  );
}

/** Biomass, substrates and oxygen of one arm on the same hours, cut into the phases of the culture. */
export function phasesFigure(input: ReportInput): Figure | undefined {
  const arm = mainArm(input);
  if (!arm || !columnOf(arm.trajectory, GLUCOSE)) return undefined;
  const strips = stripsOf(input, arm.trajectory);
  const phases = phasesOf(arm.trajectory);
  const time = [arm.trajectory.times[0] ?? 0, endOf(arm.trajectory)] as const;
  let y = TOP + 24;
  const parts = strips.map((strip, i) => {
    const frame = { x: 62, y, width: WIDTH, height: strip.height };
    y += strip.height + 32;
    return drawStrip(strip, frame, time, input, i === strips.length - 1);
  });
  const bottom = y - 32;
  const [first] = parts;
  const cuts = phases.slice(1).map((phase) => hours(phase.from));
  const always = standing(input).join(", ");
  return figure(
    {
      name: "phases",
      title: `Phases of the culture, ${arm.name} arm`,
      caption:
        `Biomass, substrates and oxygen in the ${arm.name} arm over time; phases: ${phases.map((p) => p.label).join(", ")}` +
        `${cuts.length > 0 ? `, beginning at ${["0 h", ...cuts].join(", ")}` : ""}.`,
    },
    { width: 62 + WIDTH + Math.max(24, ...parts.map((part) => part.margin + 6)), height: bottom + 46 },
    label(18, 24, `Phases of the culture${always === "" ? "" : `: ${always}`}`, { size: 16, weight: 600 }),
    label(18, 44, `${arm.name} arm`, { class: `name arm-${arm.name}`, fill: ARM_STYLES[arm.name].ink, weight: 600 }),
    parts.map((part) => part.drawn),
    first ? phaseMarks(phases, first.x, TOP, bottom) : undefined,
  );
}
