import { IndexedHeap } from "../../numerics/indexed-heap.ts";
import type { SeededRandom } from "../../numerics/seeded-random.ts";

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Clocks that each ring after an exponential waiting time of their own rate: the next reaction method's heap.
 * @see Gibson, Bruck 2000, doi:10.1021/jp993732q
 */
export class Clocks {
  private heap: IndexedHeap;
  private rates: Float64Array;
  private readonly random: SeededRandom;

  constructor(count: number, random: SeededRandom) {
    this.heap = new IndexedHeap(count);
    this.rates = new Float64Array(count);
    this.random = random;
  }

  get count(): number {
    return this.rates.length;
  }

  /** The clock that rings first, -1 where there is none, and when. */
  get first(): number {
    return this.heap.top;
  }

  get firstTime(): number {
    return this.heap.times[this.heap.top] ?? NEVER;
  }

  /** Has so many clocks; where that is another number, all have to be drawn anew. */
  resize(count: number): void {
    if (count === this.rates.length) return;
    this.heap = new IndexedHeap(count);
    this.rates = new Float64Array(count);
  }

  /** Draws when a clock rings next. */
  draw(i: number, rate: number, t: number): void {
    this.rates[i] = rate;
    this.heap.set(i, rate > 0 ? t - Math.log(1 - this.random.next()) / rate : NEVER);
  }

  /** Gives a clock another rate: what is left of its waiting time stretches by the ratio of old to new. */
  stretch(i: number, rate: number, t: number): void {
    const old = this.rates[i] ?? 0;
    if (rate === old) return;
    if (!(old > 0) || !(rate > 0)) {
      this.draw(i, rate, t);
      return;
    }
    this.rates[i] = rate;
    this.heap.set(i, t + (old / rate) * ((this.heap.times[i] ?? 0) - t));
  }
}
