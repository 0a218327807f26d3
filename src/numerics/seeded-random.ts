/**
 * A seeded stream of numbers. The same seed gives the same uniform numbers and integers on every machine; the last bits
 * of normal ones are those of the host's logarithm and cosine.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform in 0 .. n - 1. */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
}

/** A stream whose memory can be kept and put back. */
export interface SeededRandom extends Random {
  /** All it remembers, four whole numbers; plain data. */
  state: readonly number[];
}

/**
 * A seeded stream: the generator sfc32 of PractRand, warmed up by 16 steps.
 * @param seed any integer; its low 32 bits count
 */
export function seededRandom(seed: number): SeededRandom {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) bits();
  const next = () => bits() / 2 ** 32;
  return {
    next,
    integer: (n) => Math.floor(next() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    get state() {
      return [a, b, c, counter];
    },
    set state(memory: readonly number[]) {
      [a = 0, b = 0, c = 0, counter = 1] = memory;
    },
  };
}
