import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import { extent } from "../../vendor/d3.ts";
import type { Measurement, Observable, PerturbationMark, ReportInput } from "../input.ts";
import { type BandPoint, bandOf } from "../svg/band.ts";
import { unitOf } from "../svg/format.ts";
import { ARM_STYLES, DRAWING_ORDER, type LineStyle, REFERENCE_STYLE } from "../svg/palette.ts";
import type { Point } from "../svg/simplify.ts";
import { nameOf, timeSpan, variableOf } from "./sample.ts";

/** A line of a panel in data units: hours and the variable's unit. */
export interface PanelLine {
  /** `arm-hybrid`, ... or `reference`; style sheets and the report's switches go by it. */
  readonly class: string;
  readonly style: LineStyle;
  readonly label: string;
  readonly points: readonly Point[];
  /** 90 % interval of what the arm's regulator answers for. */
  readonly band?: readonly BandPoint[];
}

/** What one time-course panel shows. */
export interface PanelData {
  readonly variable: string;
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly PanelLine[];
  /** Those inside the hours shown. */
  readonly measurements: readonly Measurement[];
  /** How many measured points lie before or after the run. */
  readonly outside: number;
  readonly windows: readonly PerturbationMark[];
  /** Hours. */
  readonly time: readonly [number, number];
  /** The variable's unit. */
  readonly range: readonly [number, number];
}

function pointsOf(trajectory: Trajectory | undefined, id: string): Point[] {
  const column = trajectory && columnOf(trajectory, id);
  if (!trajectory || !column) return [];
  return Array.from(trajectory.times, (t, i): Point => [t, column[i] ?? Number.NaN]).filter(([, v]) =>
    Number.isFinite(v),
  );
}

/** Mean difference of two lines on the same times, as a share of the first one's height. */
function apart(a: readonly Point[], b: readonly Point[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const [low = 0, high = 0] = extent(a, (p) => p[1]);
  const mean = a.reduce((sum, p, i) => sum + Math.abs(p[1] - (b[i]?.[1] ?? Number.NaN)), 0) / a.length;
  return mean / Math.max(high - low, 1e-3 * Math.abs(high), 1e-12);
}

/** Wild types: that of the main arm, and those of others where they differ from it and from their perturbed arm. */
function referenceLines(input: ReportInput, id: string): PanelLine[] {
  const lines: PanelLine[] = [];
  for (const name of DRAWING_ORDER) {
    const arm = input.arms.find((candidate) => candidate.name === name);
    const points = pointsOf(arm?.reference, id);
    if (points.length === 0 || lines.some((line) => apart(line.points, points) < 0.06)) continue;
    if (lines.length > 0 && apart(pointsOf(arm?.trajectory, id), points) < 0.005) continue;
    const { dash } = ARM_STYLES[name];
    const style = lines.length === 0 || dash === undefined ? REFERENCE_STYLE : { ...REFERENCE_STYLE, dash };
    lines.push({ class: "reference", style, points, label: lines.length === 0 ? "wild type" : `wild type (${name})` });
  }
  return lines;
}

function armLines(input: ReportInput, id: string): PanelLine[] {
  return DRAWING_ORDER.flatMap((name) => {
    const points = pointsOf(input.arms.find((arm) => arm.name === name)?.trajectory, id);
    const style = ARM_STYLES[name];
    const arm = input.arms.find((candidate) => candidate.name === name);
    const band = arm === undefined ? undefined : bandOf(arm, id, input.perturbations);
    const shown = { class: `arm-${name}`, style, label: style.label, points };
    return points.length === 0 ? [] : [{ ...shown, ...(band === undefined ? {} : { band }) }];
  });
}

/** A range that shows zero where zero is near, and never magnifies round-off. */
export function paddedRange(values: readonly number[]): [number, number] {
  const [low, high] = extent(values);
  if (low === undefined || high === undefined) return [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < 1e-12) return [0, 1];
  if (high - low < 1e-3 * size) return low >= 0 ? [0, 1.25 * high] : [1.25 * low, Math.max(0, 1.25 * high)];
  if (low > -1e-3 * high && low < 0.6 * high) return [0, high];
  if (high < -1e-3 * low && high > 0.6 * low) return [low, 0];
  return [low, high];
}

/** Perturbations that begin or end inside the run, cut to it. */
export function windowsInside(input: ReportInput): PerturbationMark[] {
  const [start, end] = timeSpan(input);
  return input.perturbations
    .filter((mark) => (mark.from > start || mark.to < end) && mark.from < end && mark.to > start)
    .map((mark) => ({ ...mark, from: Math.max(mark.from, start), to: Math.min(mark.to, end) }));
}

/** Labels of perturbations in force over the whole run. */
export function standing(input: ReportInput): string[] {
  const [start, end] = timeSpan(input);
  return input.perturbations.filter((mark) => mark.from <= start && mark.to >= end).map((mark) => mark.label);
}

/** The sentence that tells of measured points left out; empty where none are. */
export function outsideNote(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? " 1 measured point lies outside the run and is not shown."
    : ` ${count} measured points lie outside the run and are not shown.`;
}

/** The ends of the bands, as far as they leave a third of the panel's height to the lines. */
function bandReach(lines: readonly PanelLine[], values: readonly number[]): number[] {
  const [low = 0, high = 0] = extent(values);
  const room = Math.max(high - low, 0.5 * Math.max(Math.abs(low), Math.abs(high)));
  const ends = lines.flatMap(({ band = [] }) => band.flatMap((point) => [point.low, point.high]));
  return ends.map((value) => Math.min(Math.max(value, low - room), high + room));
}

/** What the panel of one observable shows; no lines where no arm has the variable. */
export function panelData(input: ReportInput, observable: Observable): PanelData {
  const id = observable.variable;
  const lines = [...referenceLines(input, id), ...armLines(input, id)];
  const time = timeSpan(input);
  const measured = input.measurements.filter((point) => point.variable === id);
  const measurements = measured.filter((point) => point.time >= time[0] && point.time <= time[1]);
  const variable = variableOf(input, id);
  const values = lines.flatMap((line) => line.points.map((p) => p[1]));
  values.push(...bandReach(lines, values));
  const floor = values.every((v) => v >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  for (const { value, sd = 0 } of measurements) values.push(Math.max(floor, value - sd), value + sd);
  return {
    variable: id,
    title: observable.label ?? nameOf(input, id),
    unit: variable ? unitOf(variable) : "",
    lines,
    measurements,
    outside: measured.length - measurements.length,
    windows: windowsInside(input),
    time,
    range: paddedRange(values),
  };
}
