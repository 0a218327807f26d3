import type { Definition } from "../network/definitions.ts";
import { readsHistory } from "../network/lower.ts";
import type { Network } from "../network/network-types.ts";
import { TIME_SLOT } from "../symbols.ts";

/** Sorts definitions into what moves with time and states, and what stays until something is changed by hand. */
export class Plan {
  private readonly network: Network;
  private readonly moves = new Set<number>([TIME_SLOT]);
  private readonly order: readonly Definition[];

  constructor(network: Network) {
    this.network = network;
    const { symbols, states, always, document, speeds } = network;
    for (let i = 0; i < states.length; i++) this.moves.add(1 + i);
    for (const s of symbols.values())
      if (s.determination === "driven" || s.determination === "algebraic") this.moves.add(s.slot);
    if (speeds !== undefined) this.moves.add(speeds.slow).add(speeds.fast);
    this.order = always.sorted(always.slots, document.file);
    for (const d of this.order) {
      if (readsHistory(d.value)) this.moves.add(d.slot);
      for (const read of always.readsOf(d.slot)) if (this.moves.has(read)) this.moves.add(d.slot);
    }
  }

  /** Whether what a slot holds changes while parameters stand still. */
  movesAt(slot: number): boolean {
    return this.moves.has(slot);
  }

  /** What holds at the start, each after what it reads. */
  initial(): readonly Definition[] {
    const { initially, document } = this.network;
    return initially.sorted(initially.slots, document.file);
  }

  /** What holds before the start: all is as at the start, but nothing moves. */
  before(): readonly Definition[] {
    const { states } = this.network;
    return this.initial().filter(({ slot }) => slot <= states.length || slot > 2 * states.length);
  }

  held(): readonly Definition[] {
    return this.order.filter((d) => !this.moves.has(d.slot));
  }

  moving(): readonly Definition[] {
    return this.order.filter((d) => this.moves.has(d.slot));
  }

  slotsBehind(targets: readonly number[]): Set<number> {
    const { always, document } = this.network;
    const read = new Set<number>();
    for (const d of always.sorted(targets, document.file)) for (const s of always.readsOf(d.slot)) read.add(s);
    return read;
  }

  statesBehind(targets: readonly number[]): number[] {
    const { states } = this.network;
    if (this.network.residuals.length > 0 || this.network.delays.values.length > 0) return states.map((_, i) => i);
    const read = this.slotsBehind(targets);
    return states.map((_, i) => i).filter((i) => read.has(1 + i));
  }
}
