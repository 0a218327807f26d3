import { describe, expect, test } from "vitest";
import { convergence } from "../../../../src/numerics/sampling/chain-convergence.ts";
import { seededRandom } from "../../../../src/numerics/seeded-random.ts";

/** Chains x' = a x + sqrt(1 - a^2) e, each around its own mean. */
function autoregressive(a: number, length: number, means: readonly number[]): Float64Array[] {
  return means.map((mean, seed) => {
    const random = seededRandom(seed + 1);
    let x = random.normal();
    return Float64Array.from({ length }, () => {
      x = a * x + Math.sqrt(1 - a * a) * random.normal();
      return mean + x;
    });
  });
}

describe("convergence of chains", () => {
  test("independent draws are worth themselves", () => {
    const { rHat, effective } = convergence(autoregressive(0, 2000, [0, 0, 0, 0]));
    expect(Math.abs(rHat - 1)).toBeLessThan(0.005);
    expect(effective / 8000).toBeGreaterThan(0.85);
    expect(effective / 8000).toBeLessThan(1.15);
  });

  test("correlated draws are worth (1 - a) / (1 + a) of themselves", () => {
    const { effective } = convergence(autoregressive(0.8, 5000, [0, 0, 0, 0]));
    expect((effective / 20000) * 9).toBeGreaterThan(0.8);
    expect((effective / 20000) * 9).toBeLessThan(1.2);
  });

  test("chains apart, and a chain that drifts, have not settled", () => {
    expect(convergence(autoregressive(0, 500, [0, 0, 0, 1])).rHat).toBeGreaterThan(1.05);
    expect(convergence([Float64Array.from({ length: 100 }, (_, k) => k)]).rHat).toBeGreaterThan(1.5);
  });

  test("what doesn't move, or hardly began, says nothing", () => {
    const nothing = { rHat: Number.NaN, effective: Number.NaN };
    expect(convergence([new Float64Array(50).fill(3), new Float64Array(50).fill(3)])).toEqual(nothing);
    expect(convergence([Float64Array.of(1, 2, 3)])).toEqual(nothing);
  });
});
