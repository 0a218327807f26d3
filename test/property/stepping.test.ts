import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { Checkpoint } from "../../src/engine/checkpoint/checkpoint-data.ts";
import { startRun } from "../../src/engine/run.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { lasting, modules, options } from "../support/busy-cell.ts";

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

  test("pages of the ledger, step by step, add up to its totals", async () => {
    const sums = new Map<string, number>();
    let last = options.t0;
    const trajectory = await simulate(composeCell(modules()), {
      ...options,
      onLedger({ t0, t1, entries }) {
        expect(t0).toBe(last);
        last = t1;
        for (const { variable, module, moved } of entries) {
          const key = `${variable} ${module}`;
          sums.set(key, (sums.get(key) ?? 0) + moved);
        }
      },
    });
    expect(last).toBe(options.t1);
    for (const { variable, module, moved } of trajectory.ledger)
      expect(sums.get(`${variable} ${module}`) ?? 0).toBeCloseTo(moved, 12);
  });
});
