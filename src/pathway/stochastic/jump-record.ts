/** Times at which the path of one window is kept at most. */
const CELLS = 4096;

/** Keeps the path of states that jump over one window; where jumps crowd, the last of each 4096th of the window. */
export class JumpRecord {
  private count = 0;
  private t0 = 0;
  private t1 = 0;
  private readonly times = new Float64Array(CELLS + 1);
  private states: Float64Array;
  private readonly size: number;

  /** @param size number of states */
  constructor(size: number) {
    this.size = size;
    this.states = new Float64Array(size * 16);
  }

  /** Begins a window, forgetting the last. */
  begin(t0: number, t1: number): void {
    this.count = 0;
    this.t0 = t0;
    this.t1 = t1;
  }

  clear(): void {
    this.count = 0;
  }

  /** What holds from a time on. */
  add(t: number, states: Float64Array): void {
    const cell = (time: number): number => Math.floor(((time - this.t0) / (this.t1 - this.t0)) * (CELLS - 1));
    const crowded = this.count > 1 && cell(this.times[this.count - 1] ?? 0) === cell(t);
    const at = crowded ? this.count - 1 : this.count++;
    this.times[at] = t;
    this.reserve();
    this.states.set(states, at * this.size);
  }

  covers(t: number): boolean {
    return this.count > 0 && t >= this.t0 && t <= this.t1;
  }

  /** What held at a time; fills `out`. */
  at(t: number, out: Float64Array): void {
    let [low, high] = [0, this.count];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? 0) <= t) low = middle;
      else high = middle;
    }
    out.set(this.states.subarray(low * this.size, (low + 1) * this.size));
  }

  private reserve(): void {
    const needed = this.count * this.size;
    if (needed <= this.states.length) return;
    const grown = new Float64Array(Math.min(2 * needed, (CELLS + 1) * this.size));
    grown.set(this.states);
    this.states = grown;
  }
}
