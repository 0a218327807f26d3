/** A small seeded generator (mulberry32) whose whole memory is one number. Not for statistics of many draws. */
export interface SmallRandom {
  /** Uniform in [0, 1). */
  next(): number;
  state: number;
}

/** @param seed any whole number; equal seeds give equal draws */
export function smallRandom(seed: number): SmallRandom {
  return {
    state: seed >>> 0,
    next() {
      this.state = (this.state + 0x6d2b79f5) >>> 0;
      let t = this.state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}
