import type { OdeStep } from "../../numerics/ode/ode.ts";
import { decodeNumbers, encodeNumbers } from "../numbers.ts";

/** Chebyshev points of the second kind in [0, 1] and their barycentric weights: a polynomial of degree 7. */
const NODES = Float64Array.from({ length: 8 }, (_, k) => (1 - Math.cos((Math.PI * k) / 7)) / 2);
const WEIGHTS = Float64Array.from({ length: 8 }, (_, k) => (k % 2 === 0 ? 1 : -1) * (k === 0 || k === 7 ? 0.5 : 1));

/**
 * Keeps the pieces of a solution for evaluation later, each by its values at eight points.
 * @see Berrut, Trefethen: Barycentric Lagrange interpolation, doi:10.1137/S0036144502417715
 */
export class DenseRecord {
  /** Pieces kept. */
  count = 0;
  private ends = new Float64Array(64);
  private samples = new Float64Array(0);
  private readonly size: number;

  /** @param size number of components kept */
  constructor(size: number) {
    this.size = size;
  }

  clear(): void {
    this.count = 0;
  }

  add(piece: OdeStep): void {
    const stride = NODES.length * this.size;
    this.reserve(stride);
    this.ends[2 * this.count] = piece.t0;
    this.ends[2 * this.count + 1] = piece.t1;
    let at = this.count * stride;
    for (const node of NODES) {
      const t = piece.t0 + node * (piece.t1 - piece.t0);
      for (let i = 0; i < this.size; i++) this.samples[at++] = piece.at(i, t);
    }
    this.count++;
  }

  /** End of the last piece. */
  get end(): number {
    return this.ends[2 * this.count - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** Drops pieces that end before a time. */
  forget(before: number): void {
    let first = 0;
    while (first < this.count - 1 && (this.ends[2 * first + 1] ?? 0) < before) first++;
    if (first < this.count / 2) return;
    const stride = NODES.length * this.size;
    this.ends.copyWithin(0, 2 * first, 2 * this.count);
    this.samples.copyWithin(0, first * stride, this.count * stride);
    this.count -= first;
  }

  snapshot(): { ends: number[]; samples: (number | string)[] } {
    const samples = this.samples.subarray(0, this.count * NODES.length * this.size);
    return { ends: Array.from(this.ends.subarray(0, 2 * this.count)), samples: encodeNumbers(samples) };
  }

  restore({
    ends,
    samples,
  }: {
    readonly ends: readonly number[];
    readonly samples: readonly (number | string)[];
  }): void {
    this.count = ends.length / 2;
    this.ends = Float64Array.from({ length: Math.max(64, ends.length) }, (_, i) => ends[i] ?? 0);
    this.samples = new Float64Array(samples.length);
    decodeNumbers(samples, this.samples);
  }

  /** Whether a time lies in what is kept. */
  covers(t: number): boolean {
    return this.count > 0 && t >= (this.ends[0] ?? 0) && t <= (this.ends[2 * this.count - 1] ?? 0);
  }

  /** All components at a time; fills `out`, shape [size]. At a seam between pieces the later one counts. */
  at(t: number, out: Float64Array): void {
    let piece = 0;
    for (let above = this.count; above - piece > 1; ) {
      const middle = (piece + above) >> 1;
      if (t < (this.ends[2 * middle] ?? 0)) above = middle;
      else piece = middle;
    }
    const t0 = this.ends[2 * piece] ?? 0;
    const t1 = this.ends[2 * piece + 1] ?? 0;
    const s = t1 > t0 ? (t - t0) / (t1 - t0) : 1;
    const base = piece * NODES.length * this.size;
    for (let i = 0; i < this.size; i++) out[i] = this.interpolate(s, base + i);
  }

  private interpolate(s: number, base: number): number {
    let above = 0;
    let below = 0;
    for (let k = 0; k < NODES.length; k++) {
      const value = this.samples[base + k * this.size] ?? 0;
      const distance = s - (NODES[k] ?? 0);
      if (distance === 0) return value;
      const weight = (WEIGHTS[k] ?? 0) / distance;
      above += weight * value;
      below += weight;
    }
    return above / below;
  }

  private reserve(stride: number): void {
    if ((this.count + 1) * 2 > this.ends.length) this.ends = grown(this.ends, this.ends.length * 2);
    const needed = (this.count + 1) * stride;
    if (needed > this.samples.length) this.samples = grown(this.samples, Math.max(needed, 2 * this.samples.length));
  }
}

function grown(old: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(length);
  out.set(old);
  return out;
}
