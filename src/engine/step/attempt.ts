import { firstSuddenChange, setApartLanding } from "../breaks/sudden.ts";
import { advanceAll } from "../breaks/windows.ts";
import { type Engine, restoreSnapshots } from "../engine.ts";
import { matterOutOfBalance } from "../mass/conservation.ts";
import { closeStep } from "../mass/ledger.ts";
import type { RejectionReason } from "../trajectory.ts";
import type { Failure } from "./call.ts";
import { couplingFor } from "./controller.ts";
import { evaluatePoint } from "./evaluate.ts";
import { bendOver, extrapolate, straighten } from "./extrapolate.ts";
import type { Point } from "./point.ts";
import { ensureSlope } from "./probe.ts";
import { copyAt } from "./states.ts";
import { belowZero, measure, notFinite } from "./step-error.ts";

/** How an attempt at a step ended; why it failed is put into words only when the run stops there. */
export type Attempt = Success | Rejection | Interruption;

export interface Success {
  readonly ok: true;
  /** In units of the tolerance; it falls like step^order. */
  readonly error: number;
  readonly order: number;
}

export interface Rejection {
  readonly ok: false;
  readonly why: Exclude<RejectionReason, "sudden">;
  readonly error: number;
  readonly order: number;
  words(): string;
}

/** States of a module change suddenly inside the step: it has to end there, at `at` hours. */
export interface Interruption {
  readonly ok: false;
  readonly why: "sudden";
  readonly at: number;
}

/** Change that a further correction may still bring, in units of the tolerance. */
const SETTLED = 0.02;
/** Change so small that it does not matter whether the next is smaller. */
const NOTHING = 0.005;
/** Factor above which convergence is too slow to be judged from the last change. */
const SLOWEST = 0.5;
/** Below this factor a further correction does not help: what remains is the error of the predictor. */
const LOOSE = 0.2;

/** Predicts and corrects the step from `now` to `t1`, hours; `end` and the windows hold the outcome. */
export async function attempt(engine: Engine, t1: number): Promise<Attempt> {
  await ensureSlope(engine, t1);
  const { cell, roles, windows, now, end, meter } = engine;
  end.t = t1;
  extrapolate(cell, roles, previousOf(engine), now, end);
  straighten(windows);
  const failure = await sweep(engine);
  if (failure !== undefined) return failure;
  copyAt(roles.states, windows.result, engine.predicted);
  const outcome = await correct(engine);
  if (!outcome.ok) return outcome;
  const broken = checkAmounts(engine) ?? checkLedger(engine);
  if (broken !== undefined) return broken;
  copyAt(roles.states, windows.result, end.values);
  return moduleFailed(await evaluatePoint(cell, end, meter)) ?? outcome;
}

/** Corrects once, and again while modules are so tightly coupled that it matters. */
async function correct(engine: Engine): Promise<Attempt> {
  const { roles, windows, settings, controller, now, end, predicted, corrected, error } = engine;
  const step = end.t - now.t;
  const order = engine.smooth ? 3 : 2;
  let factor = couplingFor(controller.coupling, step);
  let before = 0;
  for (let round = 1; ; round++) {
    copyAt(roles.states, windows.result, corrected);
    const failure = await correctOnce(engine);
    if (failure !== undefined) return failure;
    measure(roles, settings, { start: now.values, from: corrected, to: windows.result }, error);
    const change = error.value;
    if (round > 1) {
      factor = before > 0 ? change / before : 0;
      Object.assign(controller.coupling, { factor, step, age: 0 });
    }
    before = change;
    const settled = change <= NOTHING || remaining(change, factor) <= SETTLED;
    measure(roles, settings, { start: now.values, from: predicted, to: windows.result }, error);
    const value = error.value;
    if (settled && value <= 1) return { ok: true, error: value, order };
    if (settled && factor !== undefined && factor < LOOSE) return tooLarge(engine, value, order);
    const hopeless = round > 1 && !((factor ?? 0) < 1);
    if (round >= settings.corrections || hopeless)
      return settled ? tooLarge(engine, value, order) : unsettled(engine, round);
  }
}

/** What all further corrections may still change; unknown counts as all. */
function remaining(change: number, factor: number | undefined): number {
  if (factor === undefined || !(factor < SLOWEST)) return Number.POSITIVE_INFINITY;
  return (factor / (1 - factor)) * change;
}

/** All modules over the window again, with reads and rates between the present and the last result. */
async function correctOnce(engine: Engine): Promise<Attempt | undefined> {
  const { cell, roles, windows, now, end, meter } = engine;
  copyAt(roles.states, windows.result, end.values);
  const failure = moduleFailed(await evaluatePoint(cell, end, meter));
  if (failure !== undefined) return failure;
  bendOver(roles, previousOf(engine), now, end, windows);
  engine.counts.corrections++;
  return sweep(engine);
}

/** All modules over the window, from the snapshots. */
async function sweep(engine: Engine): Promise<Attempt | undefined> {
  const { cell, roles, windows, now, end, meter, settings } = engine;
  restoreSnapshots(engine);
  const failure = moduleFailed(await advanceAll(cell, windows, now, end, meter));
  if (failure !== undefined) return failure;
  const sudden = firstSuddenChange(engine);
  if (sudden < end.t - settings.minStep) return { ok: false, why: "sudden", at: sudden };
  setApartLanding(engine);
  const bad = notFinite(roles, windows.result);
  return bad < 0 ? undefined : reject("module", () => `'${nameOf(engine, bad)}' came out as ${windows.result[bad]}`);
}

/** The point before the present, while the line or parabola through both may be continued. */
function previousOf(engine: Engine): Point | undefined {
  return engine.smooth ? engine.previous : undefined;
}

function tooLarge(engine: Engine, error: number, order: number): Rejection {
  const { variable } = engine.error;
  const words = () => `the error in '${nameOf(engine, variable)}' stays ${error.toPrecision(3)} times the tolerance`;
  return { ok: false, why: "error", error, order, words };
}

function unsettled(engine: Engine, rounds: number): Rejection {
  const { variable } = engine.error;
  const owner = engine.cell.variables[variable]?.owner;
  const words = () =>
    `modules do not settle in ${rounds} corrections: '${nameOf(engine, variable)}' of module '${owner}' keeps changing; ` +
    "let fast rates declare feedback, or put what is so tightly coupled into one module";
  return reject("coupling", words);
}

function checkAmounts(engine: Engine): Rejection | undefined {
  const { cell, roles, settings, windows } = engine;
  const i = belowZero(roles, settings.atol, windows.result);
  if (i < 0) return undefined;
  const amount = windows.result[i];
  const { owner, unit } = cell.variables[i] ?? { owner: "", unit: "" };
  return reject("amount", () => `'${nameOf(engine, i)}' of module '${owner}' would fall to ${amount} ${unit}`);
}

function checkLedger(engine: Engine): Rejection | undefined {
  const { cell, windows, now, end, conserved } = engine;
  const broken = closeStep(cell, windows, now) ?? matterOutOfBalance(conserved, windows, end.t - now.t);
  if (broken === undefined) return undefined;
  const { module, variable, amount, element } = broken;
  const unit = cell.variables[variable]?.unit;
  const name = nameOf(engine, variable);
  const what =
    element === undefined
      ? `'${name}' changed by ${amount} ${unit} that nobody moved`
      : `it ${amount > 0 ? "made" : "lost"} ${Math.abs(amount)} ${unit} of ${element}, moving most of it through '${name}'`;
  return reject("ledger", () => `the ledger of module '${module}' does not close: ${what}`);
}

function moduleFailed(failure: Failure | undefined): Rejection | undefined {
  if (failure === undefined) return undefined;
  const { module, status } = failure;
  return reject("module", () => `module '${module}' failed at t = ${status.t} h (${status.code}): ${status.message}`);
}

function reject(why: Rejection["why"], words: () => string): Rejection {
  return { ok: false, why, error: Number.POSITIVE_INFINITY, order: 1, words };
}

function nameOf(engine: Engine, i: number): string {
  return engine.cell.variables[i]?.id ?? "";
}
