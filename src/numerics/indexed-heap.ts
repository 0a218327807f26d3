/**
 * Numbered times with the earliest on top; any of them may change.
 * @see Gibson, Bruck 2000: Efficient exact stochastic simulation, doi:10.1021/jp993732q
 */
export class IndexedHeap {
  /** Time of each number, shape [n]. */
  readonly times: Float64Array;
  private readonly order: Int32Array;
  private readonly place: Int32Array;

  constructor(size: number) {
    this.times = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.order = Int32Array.from({ length: size }, (_, i) => i);
    this.place = this.order.slice();
  }

  /** Number with the earliest time; -1 where there are none. */
  get top(): number {
    return this.order[0] ?? -1;
  }

  set(index: number, time: number): void {
    this.times[index] = time;
    this.up(this.place[index] ?? 0);
    this.down(this.place[index] ?? 0);
  }

  private timeAt(place: number): number {
    return this.times[this.order[place] ?? 0] ?? 0;
  }

  private up(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.timeAt(parent) <= this.timeAt(at)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private down(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.order.length) return;
      const right = left + 1;
      const child = right < this.order.length && this.timeAt(right) < this.timeAt(left) ? right : left;
      if (this.timeAt(at) <= this.timeAt(child)) return;
      this.swap(at, child);
      at = child;
    }
  }

  private swap(a: number, b: number): void {
    const [x, y] = [this.order[a] ?? 0, this.order[b] ?? 0];
    this.order[a] = y;
    this.order[b] = x;
    this.place[x] = b;
    this.place[y] = a;
  }
}
