import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import { rationed } from "../../src/engine/mass/ration.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf, type Trajectory } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium/medium.ts";
import { algebraModule } from "../support/toys.ts";

/** Turns the pool into a product of its own at a rate that knows nothing of what is left. */
const eater = (id: string, demand: number) =>
  algebraModule({
    id,
    reads: [],
    adds: [
      { target: "pool:s", feedback: [] },
      { target: `pool:${id}`, feedback: [] },
    ],
    f: ({ rates }) => rates.set([-demand, demand]),
  });

async function share(demands: Record<string, number>, tiers: string[][], supply = 0): Promise<Trajectory> {
  const ids = Object.keys(demands);
  const medium = mediumModule({
    pools: [{ variable: "pool:s", initial: 1 }, ...ids.map((id) => ({ variable: `pool:${id}`, initial: 0 }))],
    biomass: { initial: 1 },
  });
  const feeder = algebraModule({
    id: "feeder",
    reads: [],
    adds: [{ target: "pool:s", feedback: [] }],
    f: ({ rates }) => rates.fill(supply),
  });
  const modules = [medium, feeder, ...ids.map((id) => eater(id, demands[id] ?? 0))];
  const cell = composeCell(rationed(modules, [{ pool: "pool:s", tiers, half: 1e-5 }]));
  return simulate(cell, { t0: 0, t1: 2, output: Float64Array.from({ length: 201 }, (_, i) => i / 100) });
}

const ends = (t: Trajectory, ids: string[]) => ids.map((id) => columnOf(t, `pool:${id}`)?.at(-1) ?? Number.NaN);
const lowest = (t: Trajectory) => Math.min(...(columnOf(t, "pool:s") ?? []));

function expectMassKept(t: Trajectory, ids: string[], supplied: number): void {
  const total = ends(t, ["s", ...ids]).reduce((sum, value) => sum + value, 0);
  expect(Math.abs(total - 1 - supplied)).toBeLessThanOrEqual(1e-12 * (1 + supplied));
  const moved = t.ledger.filter(({ variable }) => variable === "pool:s").reduce((sum, entry) => sum + entry.moved, 0);
  expect(Math.abs(moved - (ends(t, ["s"])[0] ?? 0) + 1)).toBeLessThanOrEqual(1e-12);
}

describe("drains on one pool that together want more than there is", () => {
  test("two: each gets half, mass is kept, nothing is negative", async () => {
    const t = await share({ a: 0.9, b: 0.9 }, [["a", "b"]]);
    expect(t.status.code).toBe("done");
    expectMassKept(t, ["a", "b"], 0);
    expect(lowest(t)).toBeGreaterThanOrEqual(-1e-6);
    expect(ends(t, ["a", "b"])).toEqual([0.5, 0.5].map((v) => expect.closeTo(v, 6)));
  });

  test("five: shares follow demand", async () => {
    const demands = { a: 0.9, b: 0.3, c: 2, d: 5, e: 0.1 };
    const t = await share(demands, [Object.keys(demands)]);
    expectMassKept(t, Object.keys(demands), 0);
    expect(lowest(t)).toBeGreaterThanOrEqual(-1e-6);
    const all = Object.values(demands).reduce((sum, v) => sum + v, 0);
    expect(ends(t, Object.keys(demands))).toEqual(Object.values(demands).map((v) => expect.closeTo(v / all, 6)));
  });

  test("with priorities: the first tier gets its demand, the second what is left of the supply", async () => {
    const t = await share({ a: 0.8, b: 0.8 }, [["b"], ["a"]], 1);
    expectMassKept(t, ["a", "b"], 2);
    expect(lowest(t)).toBeGreaterThanOrEqual(-1e-6);
    const [a = 0, b = 0] = ends(t, ["a", "b"]);
    expect(b).toBeCloseTo(1.6, 3);
    expect(a).toBeCloseTo(1.4, 3);
  });

  test("without an allocation the run stops at zero, names the pool, and nothing is lost", async () => {
    const t = await share({ a: 0.9, b: 0.9 }, []);
    expect(t.status.code).toBe("failed");
    expect(t.status.message).toContain("'pool:s' of module 'medium' would fall to");
    expect(t.status.t).toBeCloseTo(1 / 1.8, 5);
  });
});
