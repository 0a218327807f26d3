import { describe, expect, test } from "vitest";
import type { Contribution } from "../../../../src/cell/module.ts";
import { type Relaxation, relax } from "../../../../src/regulation/module/relaxation.ts";

const base: Relaxation = {
  duration: 1.5,
  k0: 0.8,
  k1: 0.3,
  target: [{ from: 0, to: 1, start: Float64Array.of(2, 0.5), end: Float64Array.of(1, 4) }],
  start: Float64Array.of(1, 1),
  held: Uint8Array.of(0, 0),
  contributions: [],
};

function targetAt({ target }: Relaxation, i: number, s: number): number {
  const piece = target.find(({ to }) => s <= to) ?? target.at(-1);
  if (piece === undefined) return Number.NaN;
  const u = (s - piece.from) / (piece.to - piece.from);
  const start = piece.start[i] ?? 0;
  return start + u * ((piece.end[i] ?? 0) - start) + 4 * u * (1 - u) * (piece.bend?.[i] ?? 0);
}

/** Classical Runge-Kutta with very small steps, of the same equation. */
function reference(problem: Relaxation, i: number, rate: (s: number, x: number) => number = () => 0): number {
  const steps = 4000;
  const { k0, k1, kBend = 0, duration } = problem;
  const f = (s: number, x: number) => {
    const k = k0 + s * (k1 - k0) + s * (s - 1) * kBend;
    return duration * (k * (targetAt(problem, i, s) - x) + rate(s, x));
  };
  let x = problem.start[i] ?? 0;
  for (let n = 0; n < steps; n++) {
    const h = 1 / steps;
    const s = n * h;
    const a = f(s, x);
    const b = f(s + h / 2, x + (h / 2) * a);
    const c = f(s + h / 2, x + (h / 2) * b);
    x += (h / 6) * (a + 2 * b + 2 * c + f(s + h, x + h * c));
  }
  return x;
}

describe("relaxation towards a moving target", () => {
  test("a constant target is approached exponentially, to rounding", () => {
    const x = new Float64Array(1);
    const target = [{ from: 0, to: 1, start: Float64Array.of(3), end: Float64Array.of(3) }];
    const still = { ...base, k0: 2, k1: 2, target };
    relax({ ...still, start: Float64Array.of(1), held: Uint8Array.of(0) }, 1, x);
    expect(x[0]).toBeCloseTo(3 - 2 * Math.exp(-3), 14);
  });

  test("rates and targets that move linearly", () => {
    const x = new Float64Array(2);
    expect(relax(base, 1, x)).toBe(true);
    expect(x[0]).toBeCloseTo(reference(base, 0), 11);
    expect(x[1]).toBeCloseTo(reference(base, 1), 11);
  });

  test("a loss that bends, as growth does over a step", () => {
    const x = new Float64Array(2);
    const bent = { ...base, kBend: 0.4 };
    relax(bent, 1, x);
    expect(x[0]).toBeCloseTo(reference(bent, 0), 11);
    expect(Math.abs((x[0] ?? 0) - reference(base, 0))).toBeGreaterThan(1e-3);
  });

  test("targets that bend, piece by piece", () => {
    const bent = { from: 0, to: 0.25, start: Float64Array.of(2, 0.5), end: Float64Array.of(1, 4) };
    const target = [
      { ...bent, bend: Float64Array.of(0.7, -0.2) },
      { from: 0.25, to: 1, start: bent.end, end: bent.start, bend: Float64Array.of(-0.1, 0.4) },
    ];
    const x = new Float64Array(2);
    relax({ ...base, target }, 1, x);
    expect(x[0]).toBeCloseTo(reference({ ...base, target }, 0), 11);
    expect(x[1]).toBeCloseTo(reference({ ...base, target }, 1), 11);
  });

  test("long windows and fast decay", () => {
    const long = { ...base, duration: 60, k0: 2, k1: 5 };
    const x = new Float64Array(2);
    expect(relax(long, 1, x)).toBe(true);
    expect(x[0]).toBeCloseTo(reference(long, 0), 8);
  });

  test("what is held stays, and what others add is booked", () => {
    const drain: Contribution = {
      from: "protease",
      target: 0,
      rate0: -0.2,
      rate1: -0.4,
      feedback: [{ variable: 0, slope0: -0.5, slope1: -1, anchor0: 1, anchor1: 1 }],
    };
    const rate = (s: number, x: number) => -0.2 - 0.2 * s + (-0.5 - 0.5 * s) * (x - 1);
    const problem = { ...base, held: Uint8Array.of(0, 1), contributions: [drain] };
    const x = new Float64Array(2);
    const moved = new Float64Array(1);
    relax(problem, 1, x, moved);
    expect(x[0]).toBeCloseTo(reference(problem, 0, rate), 11);
    expect(x[1]).toBe(1);
    const { k0, k1, duration } = problem;
    const nodes = 2000;
    let own = 0;
    for (let n = 0; n < nodes; n++) {
      const s = (n + 0.5) / nodes;
      const inside = new Float64Array(2);
      relax(problem, s, inside);
      own += ((k0 + s * (k1 - k0)) * (targetAt(problem, 0, s) - (inside[0] ?? 0)) * duration) / nodes;
    }
    expect((x[0] ?? 0) - 1).toBeCloseTo((moved[0] ?? 0) + own, 6);
  });

  test("rates and anchors that bend", () => {
    const bent: Contribution = {
      from: "others",
      target: 1,
      rate0: 0.2,
      rate1: 0.5,
      bend: -0.8,
      feedback: [{ variable: 1, slope0: -0.5, slope1: -1, anchor0: 1, anchor1: 2, anchorBend: 0.6 }],
    };
    const rate = (s: number, x: number) =>
      0.2 + 0.3 * s - 0.8 * s * (s - 1) + (-0.5 - 0.5 * s) * (x - (1 + s + 0.6 * s * (s - 1)));
    const problem = { ...base, contributions: [bent] };
    const x = new Float64Array(2);
    relax(problem, 1, x);
    expect(x[1]).toBeCloseTo(reference(problem, 1, rate), 11);
  });

  test("rates too stiff for the window are refused", () => {
    const fast: Contribution = {
      from: "others",
      target: 0,
      rate0: 0,
      rate1: 0,
      feedback: [{ variable: 0, slope0: -1e9, slope1: -1e9, anchor0: 1, anchor1: 1 }],
    };
    expect(relax({ ...base, contributions: [fast] }, 1, new Float64Array(2))).toBe(false);
  });
});
