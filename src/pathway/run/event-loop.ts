import type { OdeStep } from "../../numerics/ode/ode.ts";
import { type SmallRandom, smallRandom } from "../../numerics/random.ts";
import { type CompiledPathway, setValue } from "../code/compile.ts";
import { isConcentration, TIME_SLOT } from "../symbols.ts";
import { EventQueue, type PendingEvent } from "./event-queue.ts";
import { firstChange } from "./trigger-search.ts";

/** Executions at one instant after which events are taken to trigger each other for ever. */
const ENDLESS = 20_000;

export interface EventMemory {
  readonly truth: readonly boolean[];
  readonly pending: readonly PendingEvent[];
  readonly random: number;
}

/** Puts what drives the pathway from outside into memory, for a time. */
export type DriveInputs = (t: number) => void;

/** Watches triggers, and executes events on the memory of a pathway. */
export class EventLoop {
  readonly queue = new EventQueue();
  private readonly truth: boolean[];
  private readonly random: SmallRandom;
  private readonly pathway: CompiledPathway;
  private readonly drive: DriveInputs;

  constructor(pathway: CompiledPathway, seed: number, drive: DriveInputs) {
    this.pathway = pathway;
    this.drive = drive;
    this.random = smallRandom(seed);
    pathway.draws.random = this.random;
    this.truth = pathway.events.map((e) => e.initialValue);
  }

  /** First time found after the start of a step at which some trigger has changed (`firstChange`). */
  locate(step: OdeStep): number | undefined {
    const { marginSlots } = this.pathway;
    return firstChange(
      { margins: marginSlots.length, changedAt: (t, row) => this.changedAt(step, t, row) },
      step.t0,
      step.t1,
    );
  }

  /**
   * Triggers and executes whatever the values in memory ask for at a time, until nothing is left to do.
   * @param before called with each event's index before it is executed
   * @returns how many events were executed, or -1 where they trigger each other without end
   */
  settle(t: number, before?: (event: number) => void): number {
    this.trigger(t);
    for (let executed = 0; executed < ENDLESS; executed++) {
      const next = this.queue.take(t, (event) => this.priorityOf(event), this.random);
      if (next === undefined) return executed;
      before?.(next.event);
      this.execute(next);
      this.trigger(t);
    }
    return -1;
  }

  snapshot(): EventMemory {
    return { truth: [...this.truth], pending: this.queue.snapshot(), random: this.random.state };
  }

  restore(memory: EventMemory): void {
    memory.truth.forEach((value, i) => {
      this.truth[i] = value;
    });
    this.queue.restore(memory.pending);
    this.random.state = memory.random;
  }

  private changedAt(step: OdeStep, t: number, margins: Float64Array): boolean {
    const { values, triggerStates, events, marginSlots } = this.pathway;
    values[TIME_SLOT] = t;
    for (const i of triggerStates) values[1 + i] = step.at(i, t);
    this.drive(t);
    this.pathway.testTriggers();
    for (let k = 0; k < marginSlots.length; k++) margins[k] = values[marginSlots[k] ?? 0] ?? 0;
    for (let i = 0; i < events.length; i++) if (this.holds(i) !== this.truth[i]) return true;
    return false;
  }

  private holds(event: number): boolean {
    const value = this.pathway.values[this.pathway.events[event]?.trigger ?? 0] ?? 0;
    return value !== 0 && !Number.isNaN(value);
  }

  /** What the triggers were when last looked at; 1 or 0. */
  truthValues(): number[] {
    return this.truth.map(Number);
  }

  /** Compares every trigger with what it was, and queues or cancels. */
  private trigger(t: number): void {
    const { pathway, truth } = this;
    pathway.testTriggers();
    const now = pathway.events.map((_, i) => this.holds(i));
    pathway.events.forEach((event, i) => {
      if (now[i] === truth[i]) return;
      truth[i] = now[i] === true;
      if (now[i]) this.enqueue(i, t);
      else if (!event.persistent) this.queue.cancel(i);
    });
  }

  private enqueue(index: number, t: number): void {
    const event = this.pathway.events[index];
    if (event === undefined) return;
    let at = t;
    if (event.delay >= 0) {
      event.computeDelay();
      at = t + Math.max(0, this.pathway.values[event.delay] ?? 0);
    }
    this.queue.push(
      event.useValuesFromTriggerTime ? { event: index, at, values: this.valuesOf(index) } : { event: index, at },
    );
  }

  private valuesOf(index: number): number[] {
    const event = this.pathway.events[index];
    event?.computeValues();
    return event?.assignments.map((a) => this.pathway.values[a.from] ?? Number.NaN) ?? [];
  }

  private priorityOf(index: number): number {
    const event = this.pathway.events[index];
    if (event === undefined || event.priority < 0) return Number.NEGATIVE_INFINITY;
    event.computePriority();
    return this.pathway.values[event.priority] ?? Number.NEGATIVE_INFINITY;
  }

  private execute(item: PendingEvent): void {
    const { pathway } = this;
    const { values } = pathway;
    const assigned = item.values ?? this.valuesOf(item.event);
    const assignments = pathway.events[item.event]?.assignments ?? [];
    const sizes = new Map<number, number>();
    for (const { symbol } of assignments)
      if (symbol.kind === "compartment") sizes.set(symbol.slot, values[symbol.slot] ?? 1);
    assignments.forEach(({ symbol }, i) => {
      setValue(pathway, symbol, assigned[i] ?? Number.NaN);
    });
    if (sizes.size > 0) this.dilute(sizes);
    pathway.settle();
    pathway.observe();
  }

  /** Where a compartment was resized, species that are integrated by concentration keep their amount. */
  private dilute(sizes: ReadonlyMap<number, number>): void {
    const { values } = this.pathway;
    for (const { symbol } of this.pathway.states) {
      const before = sizes.get(symbol.volume);
      const integratedByValue = symbol.determination === "rate" && isConcentration(symbol);
      if (before === undefined || !integratedByValue) continue;
      values[symbol.slot] = ((values[symbol.slot] ?? 0) * before) / (values[symbol.volume] ?? 1);
    }
  }
}
