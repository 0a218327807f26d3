import type { Failure } from "./call.ts";
import { type Engine, restoreSnapshots } from "./engine.ts";
import { evaluatePoint } from "./evaluate.ts";
import { bendOver, extrapolate, straighten } from "./extrapolate.ts";
import { closeStep } from "./ledger.ts";
import type { Point } from "./point.ts";
import { copyAt } from "./states.ts";
import { belowZero, measure, milne, notFinite } from "./step-error.ts";
import { advanceAll } from "./windows.ts";

/** How an attempt at a step ended; why it failed is put into words only when the run stops there. */
export type Attempt =
  | { readonly ok: true; readonly error: number; readonly order: number }
  | { readonly ok: false; readonly why: "error"; readonly error: number; readonly order: number; words(): string }
  | { readonly ok: false; readonly why: "module" | "amount" | "ledger"; words(): string };

/** Predicts and corrects the step from `now` to `t1`, hours; `end` and the windows hold the outcome. */
export async function attempt(engine: Engine, t1: number): Promise<Attempt> {
  const { cell, roles, windows, now, end, meter } = engine;
  end.t = t1;
  extrapolate(cell, roles, previousOf(engine), now, end);
  straighten(windows);
  const failure = (await sweep(engine)) ?? (await correct(engine));
  if (failure !== undefined) return failure;
  const broken = checkAmounts(engine) ?? checkLedger(engine);
  if (broken !== undefined) return broken;
  const outcome = judge(engine);
  if (!outcome.ok) return outcome;
  copyAt(roles.states, windows.result, end.values);
  return moduleFailed(await evaluatePoint(cell, end, meter)) ?? outcome;
}

/** All modules over the window, from the snapshots. */
async function sweep(engine: Engine): Promise<Attempt | undefined> {
  const { cell, roles, windows, now, end, meter } = engine;
  restoreSnapshots(engine);
  const failure = moduleFailed(await advanceAll(cell, windows, now, end, meter));
  if (failure !== undefined) return failure;
  const bad = notFinite(roles, windows.result);
  if (bad < 0) return undefined;
  return { ok: false, why: "module", words: () => `'${nameOf(engine, bad)}' came out as ${windows.result[bad]}` };
}

async function correct(engine: Engine): Promise<Attempt | undefined> {
  const { cell, roles, windows, end, predicted, meter } = engine;
  copyAt(roles.states, windows.result, predicted);
  copyAt(roles.states, windows.result, end.values);
  const failure = moduleFailed(await evaluatePoint(cell, end, meter));
  if (failure !== undefined) return failure;
  bendOver(roles, previousOf(engine), engine.now, end, windows);
  return sweep(engine);
}

/** The point before the present, while the line or parabola through both may be continued. */
function previousOf(engine: Engine): Point | undefined {
  return engine.smooth ? engine.previous : undefined;
}

function judge(engine: Engine): Attempt {
  const { roles, settings, windows, now, end, predicted, error, previous } = engine;
  measure(roles, settings, { start: now.values, predicted, corrected: windows.result }, error);
  const { share, order } = milne(engine.smooth ? now.t - previous.t : undefined, end.t - now.t);
  const value = error.value * share;
  if (value <= 1) return { ok: true, error: value, order };
  const { variable } = error;
  const words = () => `the error in '${nameOf(engine, variable)}' stays ${value.toPrecision(3)} times the tolerance`;
  return { ok: false, why: "error", error: value, order, words };
}

function checkAmounts(engine: Engine): Attempt | undefined {
  const { cell, roles, settings, windows } = engine;
  const i = belowZero(roles, settings.atol, windows.result);
  if (i < 0) return undefined;
  const amount = windows.result[i];
  const { owner, unit } = cell.variables[i] ?? { owner: "", unit: "" };
  const words = () => `'${nameOf(engine, i)}' of module '${owner}' would fall to ${amount} ${unit}`;
  return { ok: false, why: "amount", words };
}

function checkLedger(engine: Engine): Attempt | undefined {
  const broken = closeStep(engine.cell, engine.windows, engine.now);
  if (broken === undefined) return undefined;
  const { module, variable, amount } = broken;
  const unit = engine.cell.variables[variable]?.unit;
  const words = () =>
    `the ledger of module '${module}' does not close: '${nameOf(engine, variable)}' changed by ${amount} ${unit} ` +
    "that nobody moved";
  return { ok: false, why: "ledger", words };
}

function moduleFailed(failure: Failure | undefined): Attempt | undefined {
  if (failure === undefined) return undefined;
  const { module, status } = failure;
  return {
    ok: false,
    why: "module",
    words: () => `module '${module}' failed at t = ${status.t} h (${status.code}): ${status.message}`,
  };
}

function nameOf(engine: Engine, i: number): string {
  return engine.cell.variables[i]?.id ?? "";
}
