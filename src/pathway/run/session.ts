import type { FailureCode } from "../../cell/status.ts";
import type { Integrator, OdeEnd, OdeProblem, OdeStep } from "../../numerics/ode/ode.ts";
import { extrapolation } from "../../numerics/ode/ode-extrapolation.ts";
import type { CompiledPathway } from "../code/compile.ts";
import { decodeNumbers, encodeNumbers } from "../numbers.ts";
import { TIME_SLOT } from "../symbols.ts";
import type { DelaySnapshot } from "./delay-history.ts";
import { EventLoop, type EventMemory } from "./event-loop.ts";
import { equilibrate } from "./fast-reactions.ts";
import { absoluteTolerances } from "./tolerances.ts";

/** What acts on a pathway from outside while it is integrated; times in the model's unit. */
export interface Surroundings {
  /** Puts inputs into memory. */
  drive(t: number): void;
  /** Adds to the derivatives (shape [states + extra]) and fills those of the extra components. */
  act(t: number, y: ArrayLike<number>, dy: Float64Array): void;
}

export interface SessionOptions {
  readonly t0: number;
  readonly rtol: number;
  /** Absolute tolerance, in the unit of each quantity as mathematics sees it. */
  readonly atol: number;
  readonly maxSteps: number;
  /** Longest step. */
  readonly maxStep: number;
  /** Of random choices among simultaneous events. */
  readonly seed: number;
  /** Magnitudes that `atol` is relative to, by id; 1 where absent. */
  readonly nominals?: ReadonlyMap<string, number>;
  /** How messages write a time. */
  readonly showTime?: (t: number) => string;
  readonly integrator?: Integrator;
  readonly surroundings?: Surroundings;
}

/** A smooth piece of the solution, from one restart of the integrator or accepted step to the next. */
export type Piece = OdeStep;

/** How an advance ended; failures name time and quantity. */
export type SessionStatus =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: FailureCode; readonly message: string; readonly t: number };

/** Everything a session needs to go on; plain data. */
export interface SessionSnapshot {
  readonly t: number;
  readonly step: number;
  readonly stiff: boolean;
  readonly values: readonly (number | string)[];
  readonly events: EventMemory;
  readonly history?: DelaySnapshot;
}

const ALONE: Surroundings = { drive: () => {}, act: () => {} };

/** A pathway in time: integrates, stops at events, executes them, goes on. */
export class PathwaySession {
  t: number;
  /** States, then components that the surroundings have integrated beside them. */
  y: Float64Array;
  /** Where `advance` executed its first event: when, and the state just before it. */
  sudden: { readonly t: number; readonly before: Float64Array } | undefined;
  /** Integrates in place of the options' integrator where nothing but the inputs acts from outside. */
  native: Integrator | undefined;
  /** Step size to go on with. */
  private step: number;
  private stiff = false;
  /** Events executed at the last restart. */
  private executed = 0;
  private readonly loop: EventLoop;
  private problem: OdeProblem;
  private atol: Float64Array;
  private readonly around: Surroundings;
  private readonly pathway: CompiledPathway;
  private readonly options: SessionOptions;

  /** Starts at `t0` with the file's initial state. Call `begin` before the first advance. */
  constructor(pathway: CompiledPathway, options: SessionOptions) {
    this.pathway = pathway;
    this.options = options;
    this.around = options.surroundings ?? ALONE;
    this.t = options.t0;
    this.step = Math.min(options.maxStep, 1e-3);
    this.loop = new EventLoop(pathway, options.seed, this.around.drive);
    pathway.initialise(options.t0);
    this.y = Float64Array.from(pathway.stateValues);
    this.atol = this.tolerances();
    this.problem = { size: this.y.length, rhs: (t, y, dy) => this.rhs(t, y, dy) };
  }

  /** Has so many components integrated after the states; they start at 0. */
  extend(extra: number): void {
    const n = this.pathway.states.length;
    if (this.y.length !== n + extra) {
      const states = this.y.subarray(0, n);
      this.y = new Float64Array(n + extra);
      this.y.set(states);
      this.problem = { size: n + extra, rhs: (t, y, dy) => this.rhs(t, y, dy) };
      this.atol = this.tolerances();
    }
    this.y.fill(0, n);
  }

  /** Executes what events ask for at the present instant: at the start, and after a change from outside. */
  begin(): SessionStatus {
    this.load(this.t, this.y);
    this.pathway.observe();
    return this.runEvents();
  }

  /** Integrates to t1, or to the first event where only that is wanted; every smooth piece is handed over in order. */
  advance(t1: number, onPiece: (piece: Piece) => void, toEvent = false): SessionStatus {
    this.sudden = undefined;
    while (this.t < t1 && !(toEvent && this.sudden !== undefined)) {
      const status = this.stretch(Math.min(t1, this.loop.queue.nextTime()), onPiece);
      if (!status.ok) return status;
    }
    return { ok: true };
  }

  /** Computes every quantity in memory for a time and state. */
  observe(t: number, y: ArrayLike<number>): void {
    this.load(t, y);
    this.pathway.observe();
  }

  snapshot(): SessionSnapshot {
    const { values } = this.pathway;
    values.set(this.y.subarray(0, this.pathway.states.length), 1);
    const { history } = this.pathway;
    const past = history.active ? { history: history.snapshot() } : {};
    return {
      t: this.t,
      step: this.step,
      stiff: this.stiff,
      values: encodeNumbers(values),
      events: this.loop.snapshot(),
      ...past,
    };
  }

  restore(snapshot: SessionSnapshot): void {
    this.t = snapshot.t;
    this.step = snapshot.step;
    this.stiff = snapshot.stiff;
    decodeNumbers(snapshot.values, this.pathway.values);
    this.y.set(this.pathway.stateValues);
    this.loop.restore(snapshot.events);
    if (snapshot.history !== undefined) this.pathway.history.restore(snapshot.history);
    this.pathway.settle();
  }

  /** Up to the next restart: an event, a time at which one is due, or the end. */
  private stretch(to: number, onPiece: (piece: Piece) => void): SessionStatus {
    const { pathway, y } = this;
    const watched = pathway.events.length > 0;
    let hit = Number.POSITIVE_INFINITY;
    if (to > this.t) {
      const end = this.integrate(to, (piece) => {
        const found = watched ? this.loop.locate(piece) : undefined;
        const stop = found ?? piece.t1;
        const part = found === undefined ? piece : { ...piece, t1: stop };
        onPiece(part);
        if (pathway.history.active) this.remember(part);
        if (found === undefined) for (let i = 0; i < y.length; i++) y[i] = piece.y1[i] ?? 0;
        else for (let i = 0; i < y.length; i++) y[i] = piece.at(i, stop);
        this.t = stop;
        if (found !== undefined) hit = stop;
        return found === undefined;
      });
      if ("component" in end) return this.failure(end);
      this.step = end.step;
      this.stiff = end.stiff ?? false;
      if (hit === Number.POSITIVE_INFINITY) this.t = to;
    }
    if (hit === Number.POSITIVE_INFINITY && this.loop.queue.nextTime() > this.t) return { ok: true };
    this.load(this.t, y);
    pathway.observe();
    const before = y.slice();
    const status = this.runEvents();
    if (this.executed > 0) this.sudden ??= { t: this.t, before };
    return status;
  }

  private tolerances(): Float64Array {
    const { atol, nominals = new Map() } = this.options;
    return absoluteTolerances(this.pathway, atol, nominals, this.y.length);
  }

  /** Keeps the delayed expressions over a piece. */
  private remember(piece: Piece): void {
    const { pathway, y } = this;
    const { history, values } = pathway;
    const point = new Float64Array(y.length);
    let loaded = Number.NaN;
    history.add({
      ...piece,
      at: (k, t) => {
        if (t !== loaded) {
          for (let i = 0; i < point.length; i++) point[i] = piece.at(i, t);
          this.load(t, point);
          pathway.computeDelayed();
          loaded = t;
        }
        return values[history.slots.values[k] ?? 0] ?? 0;
      },
    });
  }

  private integrate(to: number, onStep: (step: OdeStep) => boolean): OdeEnd {
    const { rtol, maxSteps, maxStep, integrator = extrapolation } = this.options;
    const longest = Math.min(maxStep, to - this.t, this.pathway.history.shortest());
    const options = { rtol, atol: this.atol, maxSteps, maxStep: longest, firstStep: this.step, stiff: this.stiff };
    return (this.native ?? integrator)(this.problem, this.t, this.y, to, options, onStep);
  }

  private runEvents(): SessionStatus {
    const calm = this.calmFast();
    if (!calm.ok || this.pathway.events.length === 0) return calm;
    this.executed = this.loop.settle(this.t);
    if (this.executed < 0)
      return {
        ok: false,
        code: "failed",
        t: this.t,
        message: `events trigger each other without end at time ${this.t}`,
      };
    this.y.set(this.pathway.stateValues);
    return this.executed > 0 ? this.calmFast() : { ok: true };
  }

  /** Fast reactions are in equilibrium from the first instant on, and again after every event. */
  private calmFast(): SessionStatus {
    const { pathway, y, t } = this;
    if (pathway.speeds === undefined) return { ok: true };
    const { integrator = extrapolation } = this.options;
    this.stiff = true;
    const reached = equilibrate(pathway, integrator, this.atol, (at) => this.load(t, at), y);
    this.load(t, y);
    pathway.observe();
    const message = `the fast reactions find no equilibrium at time ${this.show(t)}; they need an implicit solver and opposing rates`;
    return reached ? { ok: true } : { ok: false, code: "failed", t, message };
  }

  private load(t: number, y: ArrayLike<number>): void {
    const { stateValues, values } = this.pathway;
    values[TIME_SLOT] = t;
    for (let i = 0; i < stateValues.length; i++) stateValues[i] = y[i] ?? 0;
    this.around.drive(t);
  }

  private rhs(t: number, y: ArrayLike<number>, dy: Float64Array): void {
    this.load(t, y);
    this.pathway.differentiate();
    dy.set(this.pathway.derivatives);
    this.around.act(t, y, dy);
  }

  private failure(end: Extract<OdeEnd, { component: number }>): SessionStatus {
    const id = this.pathway.states[end.component]?.symbol.id ?? "an added rate";
    return { ok: false, code: end.code, t: end.t, message: ADVICE[end.code](this.show(end.t), id, end.steps) };
  }

  private show(t: number): string {
    return this.options.showTime?.(t) ?? String(t);
  }
}

const ADVICE: Record<"too-many-steps" | "too-stiff" | "not-finite", (t: string, id: string, steps: number) => string> =
  {
    "too-many-steps": (t, id, steps) =>
      `gave up at time ${t} after ${steps} steps, near '${id}'; raise maxSteps or loosen rtol`,
    "too-stiff": (t, id, steps) =>
      `too stiff at time ${t}: after ${steps} steps, '${id}' relaxes much faster than the solution moves; treat it as in steady state or raise maxSteps`,
    "not-finite": (t, id) =>
      `the rate of change of '${id}' is not finite at time ${t}; look for a division by zero or a logarithm of a negative`,
  };
