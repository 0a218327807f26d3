import { type FailureCode, type ModuleStatus, OK } from "../../cell/status.ts";
import type { OdeStep } from "../../numerics/ode/ode.ts";
import { type SeededRandom, seededRandom } from "../../numerics/seeded-random.ts";
import type { CompiledPathway } from "../code/compile.ts";
import { decodeNumbers, encodeNumbers } from "../numbers.ts";
import { EventLoop, type EventMemory } from "../run/event-loop.ts";
import { TIME_SLOT } from "../symbols.ts";
import type { Channel } from "./channels.ts";
import { Clocks } from "./clocks.ts";

/** Jumps of one molecule that come from outside the model. */
export interface AddedJumps {
  /** State that changes. */
  readonly state: number;
  /** Molecules gained per unit of the model's time, by what holds now; negative where they are lost. */
  rate(): number;
  /** Molecules gained so far. */
  gained: number;
}

/** Told of every change; the state in memory holds until `before` and from `after` on. */
export interface JumpWatcher {
  before?(t: number): void;
  after?(t: number): void;
}

/** Everything a process needs to go on; plain data. */
export interface JumpMemory {
  readonly t: number;
  readonly values: readonly (number | string)[];
  readonly counts: readonly (number | string)[];
  readonly random: readonly number[];
  readonly events: EventMemory;
}

const NOBODY: JumpWatcher = {};

/** The reactions of a model, and what comes from outside, as jumps of whole molecules, each with a clock of its own. */
export class JumpProcess {
  t = 0;
  /** Molecules of each state. */
  readonly counts: Float64Array;
  /** States that nothing changes while they are held from outside, 1 each. */
  readonly frozen: Uint8Array;
  private readonly channels: readonly Channel[];
  private readonly random: SeededRandom;
  private readonly loop: EventLoop;
  private readonly pathway: CompiledPathway;
  private readonly molecules: number;
  private added: readonly AddedJumps[] = [];
  private readonly clocks: Clocks;

  /** @param molecules in one unit of the model's amounts */
  constructor(pathway: CompiledPathway, channels: readonly Channel[], seed: number, molecules = 1) {
    this.pathway = pathway;
    this.molecules = molecules;
    this.channels = channels;
    this.random = seededRandom(seed);
    this.loop = new EventLoop(pathway, seed, () => {});
    this.counts = new Float64Array(pathway.states.length);
    this.frozen = new Uint8Array(pathway.states.length);
    this.clocks = new Clocks(this.channels.length, this.random);
    this.count();
  }

  /** What comes from outside, from now on. */
  add(added: readonly AddedJumps[]): void {
    this.added = added;
    this.clocks.resize(this.channels.length + added.length);
  }

  /** Makes the numbers of all species whole. */
  round(): void {
    this.pathway.states.forEach(({ symbol }, i) => {
      if (symbol.kind === "species") this.counts[i] = Math.round(this.counts[i] ?? 0);
    });
  }

  /** Puts the counts into memory as amounts. */
  load(): void {
    const { stateValues } = this.pathway;
    for (let i = 0; i < stateValues.length; i++) stateValues[i] = (this.counts[i] ?? 0) / this.molecules;
    this.pathway.values[TIME_SLOT] = this.t;
  }

  /** Executes what events ask for now, and draws when each channel fires next. */
  begin(): ModuleStatus {
    this.load();
    return this.settle() < 0 ? this.endless() : this.drawAll();
  }

  /** After a change of what drives the model from outside: waiting times are stretched. */
  refresh(): ModuleStatus {
    return this.react() ?? this.update(undefined, -1);
  }

  /** Goes on to a time. @param maxJumps before it gives up */
  advance(to: number, maxJumps: number, watcher: JumpWatcher = NOBODY): ModuleStatus {
    const { pathway, loop, clocks } = this;
    const watched = pathway.events.length > 0;
    for (let jumps = 0; jumps < maxJumps; jumps++) {
      const next = Math.min(clocks.firstTime, loop.queue.nextTime(), to);
      const found = watched ? this.triggerBefore(next) : undefined;
      const at = found ?? next;
      const event = found !== undefined || loop.queue.nextTime() <= at;
      watcher.before?.(at);
      this.t = at;
      pathway.values[TIME_SLOT] = at;
      if (!event && at >= to) return OK;
      const status = event ? this.begin() : this.fire(clocks.first);
      if (!status.ok) return status;
      watcher.after?.(at);
    }
    return this.failure("too-many-steps", `gave up at time ${this.t} after ${maxJumps} jumps`);
  }

  snapshot(): JumpMemory {
    this.load();
    return {
      t: this.t,
      values: encodeNumbers(this.pathway.values),
      counts: encodeNumbers(this.counts),
      random: this.random.state,
      events: this.loop.snapshot(),
    };
  }

  restore(memory: JumpMemory): void {
    this.t = memory.t;
    decodeNumbers(memory.values, this.pathway.values);
    decodeNumbers(memory.counts, this.counts);
    this.random.state = memory.random;
    this.loop.restore(memory.events);
  }

  /** Events executed at this instant, or -1 where there is no end to them. */
  private settle(): number {
    this.pathway.observe();
    if (this.pathway.events.length === 0) return 0;
    const executed = this.loop.settle(this.t);
    if (executed > 0) this.count();
    return executed;
  }

  /** Counts from the amounts in memory, rounding of the division undone. */
  private count(): void {
    const { stateValues } = this.pathway;
    for (let i = 0; i < stateValues.length; i++) {
      const count = (stateValues[i] ?? 0) * this.molecules;
      const whole = Math.round(count);
      this.counts[i] = Math.abs(count - whole) <= 1e-9 * Math.max(1, Math.abs(whole)) ? whole : count;
    }
  }

  private fire(index: number): ModuleStatus {
    const channel = this.channels[index];
    const added = this.added[index - this.channels.length];
    if (channel !== undefined) {
      for (let k = 0; k < channel.states.length; k++) this.move(channel.states[k] ?? 0, channel.changes[k] ?? 0);
    } else if (added !== undefined) {
      const sign = Math.sign(added.rate());
      this.move(added.state, sign);
      added.gained += sign;
    }
    return this.react() ?? this.update(channel?.dependents, index);
  }

  private move(state: number, change: number): void {
    if (this.frozen[state] === 1) return;
    const count = (this.counts[state] ?? 0) + change;
    this.counts[state] = count;
    this.pathway.stateValues[state] = count / this.molecules;
  }

  /** Events that what is in memory asks for; undefined where there are none. */
  private react(): ModuleStatus | undefined {
    if (this.pathway.events.length === 0) return undefined;
    const executed = this.settle();
    if (executed < 0) return this.endless();
    return executed > 0 ? this.drawAll() : undefined;
  }

  /** New rates of what changed: of all channels where it came from outside. */
  private update(dependents: Int32Array | undefined, fired: number): ModuleStatus {
    const { channels, clocks, t } = this;
    const count = dependents?.length ?? channels.length;
    for (let k = 0; k < count; k++) {
      const i = dependents === undefined ? k : (dependents[k] ?? 0);
      const rate = this.rateOf(i);
      if (rate < 0) return this.negative(i);
      if (i === fired) clocks.draw(i, rate, t);
      else clocks.stretch(i, rate, t);
    }
    for (let i = channels.length; i < clocks.count; i++)
      if (i === fired) clocks.draw(i, this.rateOf(i), t);
      else clocks.stretch(i, this.rateOf(i), t);
    return OK;
  }

  private drawAll(): ModuleStatus {
    for (let i = 0; i < this.clocks.count; i++) {
      const rate = this.rateOf(i);
      if (rate < 0) return this.negative(i);
      this.clocks.draw(i, rate, this.t);
    }
    return OK;
  }

  /** Jumps per unit of the model's time. A molecule that is not there is not lost. */
  private rateOf(i: number): number {
    const channel = this.channels[i];
    if (channel !== undefined) {
      channel.compute();
      return (this.pathway.values[channel.rate] ?? 0) * this.molecules;
    }
    const added = this.added[i - this.channels.length];
    const rate = added?.rate() ?? 0;
    return rate < 0 && (this.counts[added?.state ?? 0] ?? 0) < 1 ? 0 : Math.abs(rate);
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
    return this.failure("out-of-range", message);
  }

  private endless(): ModuleStatus {
    return this.failure("failed", `events trigger each other without end at time ${this.t}`);
  }

  private failure(code: FailureCode, message: string): ModuleStatus {
    return { ok: false, code, t: this.t, message };
  }
}
