import type { ModuleStatus } from "../cell/status.ts";
import { IndexedHeap } from "../numerics/indexed-heap.ts";
import type { OdeStep } from "../numerics/ode.ts";
import { type Random, seededRandom } from "../numerics/seeded-random.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import { type Channel, channelsOf } from "./channels.ts";
import { type CompiledPathway, compilePathway } from "./compile.ts";
import { EventLoop } from "./event-loop.ts";
import { TIME_SLOT } from "./symbols.ts";

export interface StochasticOptions {
  readonly t0?: number;
  readonly t1: number;
  /** Output times, evenly spaced, both ends included. */
  readonly points: number;
  readonly seed: number;
  /** Jumps before the run ends, default 100,000,000. */
  readonly maxJumps?: number;
}

/** Called at each output time with its number; quantities are in the pathway's memory. */
export type OnPoint = (index: number, t: number) => void;

export interface StochasticModel {
  readonly pathway: CompiledPathway;
  /** One exact run. Failures: `out-of-range` for a negative rate, `too-many-steps`, `failed` for endless events. */
  run(options: StochasticOptions, onPoint: OnPoint): ModuleStatus;
}

/**
 * An SBML model as a jump process in amounts, simulated exactly by the next reaction method.
 * Throws the `sbml/...` errors of compilation, and `sbml/unsupported` for models that are not all jumps.
 * @see Gibson, Bruck 2000, doi:10.1021/jp993732q
 */
export function stochasticModel(document: SbmlDocument): StochasticModel {
  const pathway = compilePathway(document, { singleRates: true });
  pathway.initialise(0);
  const channels = channelsOf(pathway);
  return { pathway, run: (options, onPoint) => new JumpRun(pathway, channels, options, onPoint).run() };
}

/** One run: the time of each channel's next firing in a heap, redrawn only where its rate changed. */
class JumpRun {
  private t: number;
  private point = 0;
  private readonly heap: IndexedHeap;
  private readonly rates: Float64Array;
  private readonly random: Random;
  private readonly loop: EventLoop;
  private readonly pathway: CompiledPathway;
  private readonly channels: readonly Channel[];
  private readonly options: StochasticOptions;
  private readonly onPoint: OnPoint;

  constructor(pathway: CompiledPathway, channels: readonly Channel[], options: StochasticOptions, onPoint: OnPoint) {
    this.pathway = pathway;
    this.channels = channels;
    this.options = options;
    this.onPoint = onPoint;
    this.t = options.t0 ?? 0;
    this.heap = new IndexedHeap(channels.length);
    this.rates = new Float64Array(channels.length);
    this.random = seededRandom(options.seed);
    this.loop = new EventLoop(pathway, options.seed, () => {});
    pathway.initialise(this.t);
  }

  run(): ModuleStatus {
    const { pathway, loop, heap } = this;
    const { t1, maxJumps = 100_000_000 } = this.options;
    const watched = pathway.events.length > 0;
    if (watched && !this.settle()) return this.endless();
    let negative = this.drawAll();
    for (let jumps = 0; jumps < maxJumps; jumps++) {
      if (negative !== undefined) return this.negative(negative);
      const next = Math.min(heap.times[heap.top] ?? Number.POSITIVE_INFINITY, loop.queue.nextTime(), t1);
      const found = watched ? this.triggerBefore(next) : undefined;
      const to = found ?? next;
      this.emitBefore(to);
      this.t = to;
      pathway.values[TIME_SLOT] = to;
      if (found !== undefined || loop.queue.nextTime() <= to) {
        if (!this.settle()) return this.endless();
        negative = this.drawAll();
      } else if (to >= t1) {
        this.emitBefore(Number.POSITIVE_INFINITY);
        return { ok: true };
      } else {
        const channel = this.fire(heap.top);
        negative = channel === undefined ? undefined : this.update(channel, heap.top);
        if (watched && this.executed()) negative = this.drawAll();
      }
    }
    return {
      ok: false,
      code: "too-many-steps",
      t: this.t,
      message: `gave up at time ${this.t} after ${maxJumps} jumps`,
    };
  }

  private settle(): boolean {
    this.pathway.observe();
    return this.loop.settle(this.t) >= 0;
  }

  /** After a jump: whether events were executed. */
  private executed(): boolean {
    this.pathway.observe();
    return this.loop.settle(this.t) > 0;
  }

  private fire(index: number): Channel | undefined {
    const channel = this.channels[index];
    if (channel === undefined) return undefined;
    const { stateValues } = this.pathway;
    for (let k = 0; k < channel.states.length; k++) {
      const state = channel.states[k] ?? 0;
      stateValues[state] = (stateValues[state] ?? 0) + (channel.changes[k] ?? 0);
    }
    return channel;
  }

  /** New rates of what a firing changed; waiting times stretch by the ratio of old to new. */
  private update(fired: Channel, index: number): number | undefined {
    const { heap, rates, t } = this;
    for (const i of fired.dependents) {
      const old = rates[i] ?? 0;
      const rate = this.rateOf(i);
      if (rate < 0) return i;
      if (i === index || !(old > 0)) heap.set(i, t + this.wait(rate));
      else if (rate !== old) heap.set(i, t + (old / rate) * ((heap.times[i] ?? 0) - t));
    }
    return undefined;
  }

  private drawAll(): number | undefined {
    for (let i = 0; i < this.channels.length; i++) {
      const rate = this.rateOf(i);
      if (rate < 0) return i;
      this.heap.set(i, this.t + this.wait(rate));
    }
    return undefined;
  }

  private rateOf(index: number): number {
    const channel = this.channels[index];
    channel?.compute();
    const rate = this.pathway.values[channel?.rate ?? 0] ?? 0;
    this.rates[index] = rate;
    return rate;
  }

  private wait(rate: number): number {
    return rate > 0 ? -Math.log(1 - this.random.next()) / rate : Number.POSITIVE_INFINITY;
  }

  /** Output times before a moment see the state that held until then. */
  private emitBefore(to: number): void {
    const { t0 = 0, t1, points } = this.options;
    for (; this.point < points; this.point++) {
      const t = this.point === points - 1 ? t1 : t0 + ((t1 - t0) * this.point) / (points - 1);
      if (t >= to) return;
      this.pathway.values[TIME_SLOT] = t;
      this.pathway.observe();
      this.onPoint(this.point, t);
    }
  }

  /** First trigger that time alone brings about before the next jump. */
  private triggerBefore(to: number): number | undefined {
    if (!(to > this.t)) return undefined;
    const { stateValues } = this.pathway;
    const still: OdeStep = { t0: this.t, t1: to, y1: stateValues, at: (i) => stateValues[i] ?? 0 };
    return this.loop.locate(still);
  }

  private negative(index: number): ModuleStatus {
    const { id, line } = this.channels[index] ?? { id: "", line: 0 };
    const message = `the rate of '${id}' (line ${line}) is negative at time ${this.t}; write a reversible reaction as two`;
    return { ok: false, code: "out-of-range", t: this.t, message };
  }

  private endless(): ModuleStatus {
    return { ok: false, code: "failed", t: this.t, message: `events trigger each other without end at time ${this.t}` };
  }
}
