import type { Integrator } from "../../numerics/ode/ode.ts";
import { implicitIntegrator } from "../../numerics/ode/ode-implicit.ts";
import { sharedSundials } from "../../numerics/sundials/shared.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { PathwaySession, type Piece } from "../run/session.ts";

/** Ranges of the states over a stretch of time. */
class Ranges {
  readonly low: Float64Array;
  readonly high: Float64Array;
  constructor(size: number) {
    this.low = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.high = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  }

  take(value: number, i: number): void {
    this.low[i] = Math.min(this.low[i] ?? value, value);
    this.high[i] = Math.max(this.high[i] ?? value, value);
  }

  width(i: number): number {
    return (this.high[i] ?? 0) - (this.low[i] ?? 0);
  }
}

/** How one state swings. */
export interface Swing {
  readonly state: number;
  readonly low: number;
  readonly high: number;
  /** In the model's unit of time. */
  readonly period: number;
}

/** The time course of a model, followed in longer and longer stretches. */
export interface Relaxation {
  readonly t: number;
  /** Shape [states]. */
  readonly y: Float64Array;
  /** Goes on for four times as long as before. False where the solver gave up; `failure` then says why. */
  further(): boolean;
  readonly failure: string | undefined;
  /** The state that swings most, where the last stretch went up and down as far in its second half as in its first. */
  swing(): Swing | undefined;
}

/** Length of the first stretch, in the model's unit of time, and how much longer the next one is. */
const FIRST = 1;
const GROWTH = 4;
/** Looks at each accepted step. */
const LOOKS = 4;
/** A swing is as wide as before within this share, and wider than `LEAST` of its height. */
const SAME = 0.05;
const LEAST = 1e-3;
const CROSSINGS = 3;
/** Heights below so many absolute tolerances swing with the solver's error. */
const LEAST_HEIGHT = 1e4;

export interface RelaxationOptions {
  readonly rtol: number;
  readonly atol: number;
  readonly maxSteps: number;
  /** Default CVODES. */
  readonly integrator?: Integrator | undefined;
}

/** Starts the time course from the model's start values. */
export function relaxation(pathway: CompiledPathway, options: RelaxationOptions): Relaxation {
  const { rtol, atol, maxSteps, integrator = implicitIntegrator(sharedSundials(), "bdf") } = options;
  const maxStep = Number.POSITIVE_INFINITY;
  const session = new PathwaySession(pathway, { t0: 0, rtol, atol, maxSteps, maxStep, seed: 1, integrator });
  const n = pathway.states.length;
  let halves: [Ranges, Ranges] = [new Ranges(n), new Ranges(n)];
  let record: { t: number; y: Float64Array }[] = [];
  let length = FIRST;
  let failure: string | undefined;
  let begun = false;
  return {
    get t() {
      return session.t;
    },
    get y() {
      return session.y;
    },
    get failure() {
      return failure;
    },
    further() {
      if (!begun && !session.begin().ok) return false;
      begun = true;
      const [from, to] = [session.t, session.t + length];
      halves = [new Ranges(n), new Ranges(n)];
      record = [];
      const watch = (piece: Piece): void => {
        for (let look = 1; look <= LOOKS; look++) {
          const t = piece.t0 + ((piece.t1 - piece.t0) * look) / LOOKS;
          const half = halves[t < (from + to) / 2 ? 0 : 1];
          const y = Float64Array.from({ length: n }, (_, i) => piece.at(i, t));
          for (let i = 0; i < n; i++) half.take(y[i] ?? 0, i);
          record.push({ t, y });
        }
      };
      length *= GROWTH;
      const status = session.advance(to, watch);
      if (!status.ok) failure = status.message;
      return status.ok;
    },
    swing() {
      const [before, after] = halves;
      let [state, widest] = [-1, LEAST];
      for (let i = 0; i < n; i++) {
        const height = Math.max(Math.abs(after.low[i] ?? 0), Math.abs(after.high[i] ?? 0));
        const width = height > LEAST_HEIGHT * atol ? after.width(i) / height : 0;
        if (width > widest) [state, widest] = [i, width];
      }
      if (state < 0 || Math.abs(before.width(state) / after.width(state) - 1) > SAME) return undefined;
      const [low, high] = [after.low[state] ?? 0, after.high[state] ?? 0];
      const period = periodOf(record, state, (low + high) / 2);
      return period === undefined ? undefined : { state, low, high, period };
    },
  };
}

/** Mean time between upward crossings of a level. */
function periodOf(
  record: readonly { readonly t: number; readonly y: Float64Array }[],
  state: number,
  level: number,
): number | undefined {
  const crossings: number[] = [];
  for (let k = 1; k < record.length; k++) {
    const [a, b] = [record[k - 1], record[k]];
    const [below, above] = [(a?.y[state] ?? 0) - level, (b?.y[state] ?? 0) - level];
    if (a === undefined || b === undefined || below >= 0 || above < 0) continue;
    crossings.push(a.t + ((b.t - a.t) * -below) / (above - below));
  }
  const [firstCrossing, last] = [crossings[0], crossings.at(-1)];
  if (firstCrossing === undefined || last === undefined || crossings.length < CROSSINGS) return undefined;
  return (last - firstCrossing) / (crossings.length - 1);
}
