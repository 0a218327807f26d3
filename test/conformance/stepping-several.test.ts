import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf, type Trajectory } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium/medium.ts";
import { birthDeath } from "../support/birth-death.ts";
import { algebraModule, odeModule, output, state } from "../support/toys.ts";

const moments = (values: Float64Array) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
};

describe("a stochastic module", () => {
  const [BIRTH, DEATH, MAKE, LOSE] = [10, 2, 3, 1];
  const modules = (seed: number) => [
    odeModule({ id: "signal", owns: [state("u", 1)], f: (_t, _x, _r, dx) => dx.fill(0) }),
    birthDeath({ id: "mrna", owns: "m", signal: "u", birth: BIRTH, death: DEATH, seed }),
    odeModule({
      id: "protein",
      owns: [state("p", (MAKE * BIRTH) / (DEATH * LOSE))],
      reads: ["m"],
      f: (_t, x, r, dx) => {
        dx[0] = MAKE * (r[0] ?? 0) - LOSE * (x[0] ?? 0);
      },
    }),
  ];
  const run = (seed: number, hours = 3000): Promise<Trajectory> =>
    simulate(composeCell(modules(seed)), {
      t0: 0,
      t1: hours,
      output: Float64Array.from({ length: hours - 9 }, (_, i) => i + 10),
      rtol: 0.1,
      maxStep: 0.1,
      initialStep: 0.1,
    });

  test("has the right means and variances, and so has what follows it", async () => {
    const trajectory = await run(1);
    const m = moments(columnOf(trajectory, "m") ?? new Float64Array(0));
    const p = moments(columnOf(trajectory, "p") ?? new Float64Array(0));
    const mean = BIRTH / DEATH;
    expect(Math.abs(m.mean / mean - 1)).toBeLessThan(0.05);
    expect(Math.abs(m.variance / mean - 1)).toBeLessThan(0.1);
    expect(Math.abs(p.mean / ((MAKE * mean) / LOSE) - 1)).toBeLessThan(0.05);
    expect(Math.abs(p.variance / ((MAKE ** 2 * mean) / (LOSE * (DEATH + LOSE))) - 1)).toBeLessThan(0.1);
  }, 120_000);

  test("is the same run with the same seed, another with another", async () => {
    const [a, b, c] = [await run(7, 30), await run(7, 30), await run(8, 30)];
    expect(b.columns).toEqual(a.columns);
    expect(c.columns).not.toEqual(a.columns);
  });
});

describe("two strains in one medium", () => {
  /** Monod growth with rate and affinity of its own. */
  const strain = (id: string, most: number, half: number) =>
    algebraModule({
      id,
      reads: ["pool:s", `biomass:${id}`],
      owns: [output(`flux:growth_${id}`)],
      adds: [
        { target: "pool:s", feedback: ["pool:s", `biomass:${id}`] },
        { target: `biomass:${id}`, feedback: ["pool:s", `biomass:${id}`] },
      ],
      f({ r, out, rates, slopes }) {
        const [s, x] = [r[0] ?? 0, r[1] ?? 0];
        const mu = (most * s) / (half + s);
        const slope = (most * half) / (half + s) ** 2;
        out[0] = mu;
        rates.set([-2 * mu * x, mu * x]);
        slopes.set([-2 * slope * x, -2 * mu, slope * x, mu]);
      },
    });

  test("the one with the lower break-even concentration washes the other out of a chemostat", async () => {
    const medium = mediumModule({
      pools: [{ variable: "pool:s", initial: 5, feed: 10 }],
      biomass: [
        { variable: "biomass:fast", initial: 0.1 },
        { variable: "biomass:thrifty", initial: 0.1 },
      ],
      dilution: 0.3,
    });
    const cell = composeCell([medium, strain("fast", 1, 2), strain("thrifty", 0.6, 0.1)]);
    const trajectory = await simulate(cell, { t0: 0, t1: 300, output: Float64Array.of(300), rtol: 1e-6, atol: 1e-9 });
    const end = (id: string) => columnOf(trajectory, id)?.[0] ?? Number.NaN;
    expect(trajectory.status.code).toBe("done");
    expect(end("pool:s")).toBeCloseTo(0.1, 6);
    expect(end("biomass:thrifty")).toBeCloseTo(4.95, 5);
    expect(end("biomass:fast")).toBeLessThan(1e-6);
  });
});
