import type { Cell, Part, RateWire } from "../../cell/cell.ts";
import type { Contribution, Feedback, Window } from "../../cell/module.ts";
import { type Failure, failureOf, isPromise, type Meter } from "../step/call.ts";
import { gatherReads, type Point } from "../step/point.ts";

type MutableWindow = { -readonly [K in keyof Required<Window>]: Required<Window>[K] };

/** The windows of all parts, and where their modules leave what they computed. */
export interface Windows {
  readonly perPart: readonly MutableWindow[];
  /** Values at the end as advanced, shape [variables]; only states are meaningful. */
  readonly result: Float64Array;
  /** What each part said while advancing, the empty string for nothing. */
  readonly warnings: string[];
  /** Departure from the line over the window, of all values and all rates. */
  readonly valueBends: Float64Array;
  readonly rateBends: Float64Array;
  /** Room for the ledger: sums over the contributions to each variable of one part. */
  readonly sum: Float64Array;
  readonly gross: Float64Array;
}

export function createWindows(cell: Cell): Windows {
  const result = new Float64Array(cell.variables.length);
  const perPart = cell.parts.map((part) => ({
    t0: 0,
    t1: 0,
    reads0: new Float64Array(0),
    reads1: new Float64Array(0),
    readsBend: new Float64Array(part.reads.length),
    contributions: part.receives.map((wire) => createContribution(cell, wire)),
    start: new Float64Array(part.count),
    owned: result.subarray(part.offset, part.offset + part.count),
    moved: new Float64Array(part.receives.length),
    own: new Float64Array(part.count),
    before: new Float64Array(part.count),
  }));
  const largest = Math.max(0, ...cell.parts.map((part) => part.count));
  return {
    perPart,
    result,
    warnings: cell.parts.map(() => ""),
    valueBends: new Float64Array(cell.variables.length),
    rateBends: new Float64Array(cell.rateCount),
    sum: new Float64Array(largest),
    gross: new Float64Array(largest),
  };
}

function createContribution(cell: Cell, wire: RateWire): Contribution {
  const feedback = wire.feedback.map(
    (f): Feedback => ({ variable: f.local, slope0: 0, slope1: 0, anchor0: 0, anchor1: 0, anchorBend: 0 }),
  );
  return { from: cell.parts[wire.from]?.module.id ?? "", target: wire.local, rate0: 0, rate1: 0, bend: 0, feedback };
}

/**
 * Every module over the window between two points, with reads and rates on the line in between, bent by the bends.
 * @returns the first failure, or undefined; results in `windows`
 */
export async function advanceAll(
  cell: Cell,
  windows: Windows,
  from: Point,
  to: Point,
  meter: Meter,
): Promise<Failure | undefined> {
  for (let k = 0; k < cell.parts.length; k++) {
    const part = cell.parts[k];
    const window = windows.perPart[k];
    if (part === undefined || window === undefined) continue;
    openWindow(windows, part, k, from, to);
    const begin = performance.now();
    const pending = part.module.advance(window);
    const status = isPromise(pending) ? await pending : pending;
    meter.moduleMs[k] = (meter.moduleMs[k] ?? 0) + performance.now() - begin;
    if (!status.ok) return failureOf(part, status);
    windows.warnings[k] = status.warning ?? "";
  }
  return undefined;
}

function openWindow(windows: Windows, part: Part, k: number, from: Point, to: Point): void {
  const window = windows.perPart[k];
  const a = from.instants[k];
  const b = to.instants[k];
  if (window === undefined || a === undefined || b === undefined) return;
  window.t0 = from.t;
  window.t1 = to.t;
  window.reads0 = a.reads;
  window.reads1 = b.reads;
  gatherReads(part, windows.valueBends, window.readsBend);
  window.start.set(a.owned);
  window.owned.set(a.owned);
  window.moved.fill(0);
  window.own.fill(Number.NaN);
  for (let c = 0; c < part.receives.length; c++) {
    const wire = part.receives[c];
    const contribution = window.contributions[c];
    if (wire !== undefined && contribution !== undefined) openContribution(windows, contribution, wire, from, to);
  }
}

function openContribution(windows: Windows, contribution: Contribution, wire: RateWire, from: Point, to: Point): void {
  contribution.rate0 = from.rates[wire.rate] ?? 0;
  contribution.rate1 = to.rates[wire.rate] ?? 0;
  contribution.bend = windows.rateBends[wire.rate] ?? 0;
  for (let j = 0; j < wire.feedback.length; j++) {
    const f = wire.feedback[j];
    const out = contribution.feedback[j];
    if (f === undefined || out === undefined) continue;
    out.slope0 = from.slopes[f.slope] ?? 0;
    out.slope1 = to.slopes[f.slope] ?? 0;
    out.anchor0 = from.values[f.variable] ?? 0;
    out.anchor1 = to.values[f.variable] ?? 0;
    out.anchorBend = windows.valueBends[f.variable] ?? 0;
  }
}
