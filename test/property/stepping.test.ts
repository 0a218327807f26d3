import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { CellModule } from "../../src/cell/module.ts";
import type { Checkpoint } from "../../src/engine/checkpoint.ts";
import type { SimulateOptions } from "../../src/engine/options.ts";
import { startRun } from "../../src/engine/run.ts";
import { simulate } from "../../src/engine/simulate.ts";
import type { Trajectory } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium.ts";
import { algebraModule, drainModule, odeModule, output, state } from "../support/toys.ts";

/** A strain that grows on a pool, senses it, and is told the time: every kind of wire at once. */
function modules(): CellModule[] {
  const medium = mediumModule({
    pools: [{ variable: "pool:s", initial: 2, transfer: { kLa: 0.3, saturation: 1 } }],
    biomass: { initial: 0.1 },
  });
  const uptake = algebraModule({
    id: "uptake",
    reads: ["pool:s", "biomass", "x"],
    owns: [output("flux:u")],
    adds: [
      { target: "pool:s", feedback: ["pool:s", "biomass"] },
      { target: "biomass", feedback: ["pool:s", "biomass"] },
    ],
    f({ r, out, rates, slopes }) {
      const [s, b, x] = [r[0] ?? 0, r[1] ?? 0, r[2] ?? 0];
      const u = (3 * (1 + x) * s) / (0.2 + s);
      const du = (0.6 * (1 + x)) / (0.2 + s) ** 2;
      out[0] = u;
      rates.set([-u * b, 0.3 * u * b]);
      slopes.set([-du * b, -u, 0.3 * du * b, 0.3 * u]);
    },
    regime: (_t, r) => ((r[0] ?? 0) > 0.5 ? "rich" : "poor"),
  });
  const sense = odeModule({
    id: "sense",
    owns: [state("x", 0), state("y", 0.5)],
    reads: ["flux:u"],
    f: (_t, x, r, dx) => {
      dx[0] = 2 * ((r[0] ?? 0) / 3 - (x[0] ?? 0)) - (x[1] ?? 0) * 0.1;
      dx[1] = (x[0] ?? 0) - (x[1] ?? 0);
    },
  });
  return [medium, uptake, sense, drainModule({ id: "leak", pool: "pool:s", rate: (s) => 0.1 * s, slope: () => 0.1 })];
}

const options: SimulateOptions = {
  t0: 0,
  t1: 3,
  output: Float64Array.from({ length: 31 }, (_, i) => i / 10),
  edits: [
    { edit: { kind: "parameter", module: "medium", parameter: "pool:s.saturation", value: 2 }, from: 0.7, to: 1.9 },
    { edit: { kind: "clamp", variable: "y", value: 0.2 }, from: 1.2, to: 1.5 },
  ],
  jumps: [{ variable: "pool:s", value: 3, at: 2.2 }],
};

const lasting = ({ statistics, ...rest }: Trajectory) => ({
  ...rest,
  counts: [statistics.steps, statistics.rejected, statistics.evaluations],
});

describe("stepping", () => {
  test("the order of modules does not matter, to the bit", async () => {
    const straight = lasting(await simulate(composeCell(modules()), options));
    expect(straight.status.code).toBe("done");
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const list = modules();
        const cell = composeCell(order.flatMap((k) => list[k] ?? []));
        expect(lasting(await simulate(cell, options))).toEqual(straight);
      }),
      { numRuns: 12 },
    );
  });

  test("a run resumed at any step in a fresh cell equals the straight run, to the bit", async () => {
    const checkpoints: Checkpoint[] = [];
    const run = await startRun(composeCell(modules()), options);
    do checkpoints.push(run.checkpoint());
    while (await run.step());
    const straight = lasting(run.trajectory());
    expect(lasting(await simulate(composeCell(modules()), options))).toEqual(straight);
    await fc.assert(
      fc.asyncProperty(fc.nat(checkpoints.length - 1), async (k) => {
        const resumed = await simulate(composeCell(modules()), { ...options, resume: checkpoints[k] as Checkpoint });
        expect(lasting(resumed)).toEqual(straight);
      }),
      { numRuns: 25 },
    );
  });

  test("a run repeated on the same cell is the same run", async () => {
    const cell = composeCell(modules());
    const first = lasting(await simulate(cell, options));
    expect(lasting(await simulate(cell, options))).toEqual(first);
  });

  test("the ledger accounts for every state to round-off, whatever the tolerance", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -6, max: -1 }), async (power) => {
        const t = await simulate(composeCell(modules()), { ...options, rtol: 10 ** power, atol: 10 ** power });
        for (const [i, { id, role }] of t.variables.entries()) {
          if (role !== "state") continue;
          const entries = t.ledger.filter((entry) => entry.variable === id);
          const moved = entries.reduce((sum, entry) => sum + entry.moved, 0);
          const gross = entries.reduce((sum, entry) => sum + Math.abs(entry.moved), 1);
          const change = (t.columns[i]?.at(-1) ?? 0) - (t.columns[i]?.[0] ?? 0);
          expect(Math.abs(change - moved)).toBeLessThan(1e-12 * gross);
        }
      }),
      { numRuns: 6 },
    );
  });
});
