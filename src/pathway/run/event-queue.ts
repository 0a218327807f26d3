import type { SmallRandom } from "../../numerics/random.ts";

/** An event that was triggered and waits to be executed. Plain data: part of a snapshot. */
export interface PendingEvent {
  /** Index into the pathway's events. */
  readonly event: number;
  /** When it is due. */
  readonly at: number;
  /** Values to assign, where they were computed when the event was triggered. */
  readonly values?: readonly number[];
}

/**
 * Triggered events in wait. Of those due, the one of highest priority comes first; among equals chance decides, and
 * an event without priority comes after those with one (SBML L3V2 Core, section 4.11.3).
 */
export class EventQueue {
  private pending: PendingEvent[] = [];

  push(item: PendingEvent): void {
    this.pending.push(item);
  }

  /** Forgets what waits of an event whose trigger is not persistent. */
  cancel(event: number): void {
    this.pending = this.pending.filter((p) => p.event !== event);
  }

  /** When the next one is due; infinity where none waits. */
  nextTime(): number {
    return this.pending.reduce((t, p) => Math.min(t, p.at), Number.POSITIVE_INFINITY);
  }

  /** Takes out the one to execute at a time, or undefined. */
  take(t: number, priorityOf: (event: number) => number, random: SmallRandom): PendingEvent | undefined {
    let best: PendingEvent[] = [];
    let highest = Number.NEGATIVE_INFINITY;
    for (const p of this.pending) {
      if (p.at > t) continue;
      const priority = priorityOf(p.event);
      if (best.length === 0 || priority > highest) {
        best = [p];
        highest = priority;
      } else if (priority === highest) best.push(p);
    }
    const chosen = best.length > 1 ? best[Math.floor(random.next() * best.length)] : best[0];
    if (chosen !== undefined) this.pending.splice(this.pending.indexOf(chosen), 1);
    return chosen;
  }

  snapshot(): PendingEvent[] {
    return [...this.pending];
  }

  restore(pending: readonly PendingEvent[]): void {
    this.pending = [...pending];
  }
}
