import type { OdeStep } from "../../numerics/ode/ode.ts";
import { decodeNumbers, encodeNumbers } from "../numbers.ts";
import { TIME_SLOT } from "../symbols.ts";
import { DenseRecord } from "./dense-record.ts";

/** Where the delayed expressions of a model live in its memory. */
export interface DelaySlots {
  /** Slots of the expressions' present values, shape [delays]. */
  readonly values: readonly number[];
  /** Slots of the delays, shape [delays]. */
  readonly delays: readonly number[];
}

export interface DelaySnapshot {
  readonly start: number;
  readonly reach: number;
  readonly initial: readonly (number | string)[];
  readonly ends: readonly number[];
  readonly samples: readonly (number | string)[];
}

/** Past values of delayed expressions, for the csymbol delay (SBML L3V2 Core, section 3.4.6). */
export class DelayHistory {
  private readonly record: DenseRecord;
  /** Values at the start. */
  private readonly initial: Float64Array;
  private readonly point: Float64Array;
  private started = false;
  /** Whether nothing has ever moved: delayed values are present values. */
  atRest = false;
  private start = 0;
  /** Longest delay asked for: what lies further back is forgotten. */
  private reach = 0;
  private readonly memory: () => Float64Array;
  private readonly before: (k: number, t: number) => void;
  readonly slots: DelaySlots;

  /** @param before computes in memory what the k-th expression was at a time before the start */
  constructor(slots: DelaySlots, memory: () => Float64Array, before: (k: number, t: number) => void) {
    this.slots = slots;
    this.memory = memory;
    this.before = before;
    this.record = new DenseRecord(slots.values.length);
    this.initial = new Float64Array(slots.values.length);
    this.point = new Float64Array(slots.values.length);
  }

  get active(): boolean {
    return this.slots.values.length > 0;
  }

  /** Forgets everything; until `begin`, delayed values are present values. */
  reset(): void {
    this.record.clear();
    this.started = false;
    this.reach = 0;
  }

  /** The present values in memory are those of the start. */
  begin(): void {
    const values = this.memory();
    this.slots.values.forEach((slot, k) => {
      this.initial[k] = values[slot] ?? 0;
    });
    this.start = values[TIME_SLOT] ?? 0;
    this.started = true;
  }

  /** Keeps a piece of the solution; `at` gives the k-th expression at a time inside it. */
  add(piece: OdeStep): void {
    this.record.add(piece);
    if (this.record.count > 256) this.record.forget(piece.t1 - 2 * this.reach);
  }

  /** The k-th expression `delay` ago. */
  lookup(k: number, delay: number, present: number): number {
    if (!this.started || this.atRest || !(delay > 0)) return present;
    if (delay > this.reach) this.reach = delay;
    const now = this.memory()[TIME_SLOT] ?? 0;
    const then = now - delay;
    if (then < this.start) return this.valueBefore(k, then);
    if (this.record.count === 0) return this.initial[k] ?? 0;
    const end = this.record.end;
    this.record.at(Math.min(then, end), this.point);
    const kept = this.point[k] ?? 0;
    return then <= end ? kept : kept + ((present - kept) * (then - end)) / (now - end);
  }

  /**
   * Before the start, initial assignments and assignment rules hold for the time asked for, and nothing moves. This
   * runs while a program is under way on the same memory, which is put back afterwards.
   */
  private valueBefore(k: number, t: number): number {
    const values = this.memory();
    const kept = values.slice();
    this.before(k, t);
    const found = values[this.slots.values[k] ?? 0] ?? 0;
    values.set(kept);
    return found;
  }

  /** The shortest delay in memory: no step should be longer. */
  shortest(): number {
    const values = this.memory();
    return this.slots.delays.reduce((least, slot) => {
      const delay = values[slot] ?? 0;
      return delay > 0 ? Math.min(least, delay) : least;
    }, Number.POSITIVE_INFINITY);
  }

  snapshot(): DelaySnapshot {
    const { start, reach } = this;
    return { start, reach, initial: encodeNumbers(this.initial), ...this.record.snapshot() };
  }

  restore(snapshot: DelaySnapshot): void {
    this.started = true;
    this.start = snapshot.start;
    this.reach = snapshot.reach;
    decodeNumbers(snapshot.initial, this.initial);
    this.record.restore(snapshot);
  }
}
