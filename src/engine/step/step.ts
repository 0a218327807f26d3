import { looksForKinks, noteFlicker } from "../breaks/flicker.ts";
import { stopAtKink } from "../breaks/kink.ts";
import { land } from "../breaks/sudden.ts";
import { countRejection } from "../counts.ts";
import { type Engine, forgetAll, rotate, takeSnapshots, turnPage } from "../engine.ts";
import { noteDepletions } from "../mass/depletion.ts";
import { bookStep, stepPage } from "../mass/ledger.ts";
import { type Recorder, recordStep } from "../recorder.ts";
import { noteWarnings } from "../warnings.ts";
import { type Attempt, attempt, type Rejection, type Success } from "./attempt.ts";
import type { Failure } from "./call.ts";
import { accepted, retreat, tooLarge } from "./controller.ts";

/** How often a step is shortened to a sudden change before it is taken as it is. */
const MOST_INTERRUPTIONS = 20;

/**
 * One macro-step towards the edge: accepted and recorded, or rejected with a shorter proposal.
 * @returns what stops the run, in words, or undefined
 */
export async function macroStep(engine: Engine, recorder: Recorder, edge: number): Promise<string | undefined> {
  forgetAll(engine);
  const t1 = nextTime(engine, edge);
  const wanted = t1 - engine.now.t;
  let outcome = await upTo(engine, t1);
  let kink = false;
  if (looksForKinks(engine)) ({ outcome, kink } = await stopAtKink(engine, outcome));
  if (outcome.ok) noteFlicker(engine, wanted, kink);
  if (outcome.ok) return failureWords(await accept(engine, recorder, outcome, kink));
  if (outcome.why !== "sudden") return reject(engine, outcome);
  retreat(engine.controller, engine.end.t - engine.now.t);
  countRejection(engine, "sudden");
  return undefined;
}

export function failureWords(failure: Failure | undefined): string | undefined {
  if (failure === undefined) return undefined;
  const { module, status } = failure;
  return `module '${module}' failed (${status.code}): ${status.message}`;
}

/** An attempt that ends where states change suddenly, if they do before t1. */
async function upTo(engine: Engine, t1: number): Promise<Attempt> {
  let outcome = await attempt(engine, t1);
  for (let k = 0; k < MOST_INTERRUPTIONS && !outcome.ok && outcome.why === "sudden"; k++)
    outcome = await attempt(engine, Math.max(outcome.at, engine.now.t + engine.settings.minStep));
  return outcome;
}

/** The end of the next step: exactly the edge where it is near, half of what remains where one step nearly does. */
function nextTime({ now, controller, settings }: Engine, edge: number): number {
  const step = Math.min(controller.proposal, settings.maxStep);
  const remaining = edge - now.t;
  if (step >= remaining * (1 - 1e-10)) return edge;
  return now.t + Math.min(step, remaining / 2);
}

async function accept(
  engine: Engine,
  recorder: Recorder,
  outcome: Success,
  kink: boolean,
): Promise<Failure | undefined> {
  const { cell, windows, ledger, controller, now, end } = engine;
  recordStep(recorder, engine);
  bookStep(cell, windows, ledger);
  turnPage(engine, () => stepPage(cell, windows, now.t, end.t));
  accepted(controller, end.t - now.t, outcome.error, outcome.order);
  noteWarnings(engine, end);
  noteDepletions(engine);
  if (kink) noteKink(engine);
  rotate(engine);
  engine.smooth = !kink;
  if (kink) controller.lastError = 1;
  engine.counts.steps++;
  takeSnapshots(engine);
  return engine.sudden ? land(engine) : undefined;
}

/** Keeps which modules left their smooth piece at the end of the step. */
function noteKink({ cell, now, end, kinks }: Engine): void {
  cell.parts.forEach(({ module }, k) => {
    const [from = "", to = ""] = [now.regimes[k], end.regimes[k]];
    if (from === to) return;
    const change = module.changeOf?.(from, to);
    kinks.push({ t: end.t, module: module.id, ...(change === undefined ? {} : { change }) });
  });
}

function reject(engine: Engine, outcome: Rejection): string | undefined {
  const { controller, settings, now, end } = engine;
  const step = end.t - now.t;
  countRejection(engine, outcome.why);
  if (outcome.why === "error") tooLarge(controller, step, outcome.error, outcome.order);
  else {
    retreat(controller, step);
    // The line through the last points is still good where modules only failed to agree.
    if (outcome.why !== "coupling") engine.smooth = false;
  }
  if (controller.proposal >= settings.minStep) return undefined;
  return `even steps of ${step.toPrecision(3)} h do not hold: ${outcome.words()}`;
}
