import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import { preculture } from "../../../src/engine/preculture.ts";
import { columnOf, type Trajectory } from "../../../src/engine/trajectory.ts";
import { CellweaveError } from "../../../src/errors.ts";
import { mediumModule } from "../../../src/metabolism/medium/medium.ts";
import { algebraModule, drainModule, odeModule, state } from "../../support/toys.ts";
import { clock, last, relax, run, sine } from "./simulated-cells.ts";

describe("time", () => {
  test("A' = 1 ends at exactly T where T is no multiple of the step", async () => {
    const T = Math.PI / 3;
    const trajectory = await run(composeCell([clock()]), T, { initialStep: 0.1, maxStep: 0.1 });
    expect(trajectory.status).toEqual({ code: "done", t: T });
    expect(trajectory.times.at(-1)).toBe(T);
    expect(last(trajectory, "A")).toBeCloseTo(T, 14);
  });

  test("the output grid never changes the steps", async () => {
    const grid = (n: number) => Float64Array.from({ length: n }, (_, i) => (i * 4) / (n - 1));
    const runs = [11, 10_001].map((n) => run(composeCell([sine(), relax(3)]), 4, { output: grid(n), rtol: 1e-3 }));
    const [coarse, fine] = await Promise.all(runs);
    for (const id of ["x", "u"]) {
      const a = columnOf(coarse as Trajectory, id);
      const b = columnOf(fine as Trajectory, id);
      for (let i = 0; i < 11; i++) expect(a?.[i]).toBe(b?.[i * 1000]);
    }
    expect(coarse?.statistics.steps).toBe(fine?.statistics.steps);
  });

  test("dense output is as good as the steps, states and outputs", async () => {
    const output = Float64Array.from({ length: 401 }, (_, i) => i / 100);
    const trajectory = await run(composeCell([sine(), relax(3)]), 4, { output, rtol: 1e-5, atol: 1e-5 });
    const exact = (t: number) => (9 * Math.sin(t) - 3 * Math.cos(t) + 3 * Math.exp(-3 * t)) / 10;
    const worst = (id: string, f: (t: number) => number) =>
      Math.max(...output.map((t, i) => Math.abs((columnOf(trajectory, id)?.[i] ?? 0) - f(t))));
    expect(worst("x", exact)).toBeLessThan(3e-5);
    expect(worst("u", Math.sin)).toBeLessThan(3e-4);
  });
});

describe("edits and jumps", () => {
  const clampA = (value: number, from: number, to: number) => ({
    edit: { kind: "clamp", variable: "A", value } as const,
    from,
    to,
  });

  test("a clamp holds inside its window, is met exactly and let go", async () => {
    const times = Float64Array.of(0, 0.3, 0.6, 0.7, 1);
    const trajectory = await run(composeCell([clock()]), 1, { output: times, edits: [clampA(5, 0.3, 0.7)] });
    expect([...(columnOf(trajectory, "A") ?? [])]).toEqual([0, 5, 5, 5, 5.3].map((v) => expect.closeTo(v, 12)));
    expect(trajectory.ledger).toContainEqual({
      variable: "A",
      module: "experimenter",
      moved: expect.closeTo(4.7, 12),
    });
  });

  test("a jump is recorded with its new value", async () => {
    const trajectory = await run(composeCell([clock()]), 1, {
      output: Float64Array.of(0.25, 0.5, 0.75),
      jumps: [{ variable: "A", value: 0, at: 0.5 }],
    });
    expect([...(columnOf(trajectory, "A") ?? [])]).toEqual([0.25, 0, 0.25].map((v) => expect.closeTo(v, 12)));
  });

  test("what could not take effect, or is no number, is refused", async () => {
    const cell = composeCell([odeModule({ id: "a", owns: [state("A", 1)], f: (_t, _x, _r, dx) => dx.fill(0) })]);
    const clamp = (value: number) => ({ kind: "clamp", variable: "A", value }) as const;
    for (const edits of [
      [{ edit: clamp(1), from: 2, to: 3 }],
      [{ edit: clamp(1), from: -2, to: 0 }],
      [{ edit: clamp(1), from: Number.NaN, to: 1 }],
      [{ edit: clamp(Number.NaN), from: 0, to: 1 }],
    ])
      await expect(run(cell, 1, { edits })).rejects.toMatchObject({ code: "run/options" });
    for (const jump of [
      { value: Number.NaN, at: 0.5 },
      { value: 1, at: Number.NaN },
      { value: 1, at: 1 },
    ])
      await expect(run(cell, 1, { jumps: [{ variable: "A", ...jump }] })).rejects.toMatchObject({
        code: "run/options",
      });
  });

  test("what concerns no module is refused with what would be accepted", async () => {
    const cell = composeCell([clock()]);
    const edit = { kind: "clamp", variable: "a", value: 1 } as const;
    const failed = run(cell, 1, { edits: [{ edit, from: 0, to: 1 }] });
    await expect(failed).rejects.toThrow(CellweaveError);
    await expect(failed).rejects.toMatchObject({ code: "run/edit", hint: "did you mean 'A'?" });
    const gene = { kind: "gene", gene: "b0001", level: 0, genotype: true } as const;
    await expect(run(cell, 1, { edits: [{ edit: gene, from: 0, to: 1 }] })).rejects.toThrow("no module of the cell");
    const jump = run(cell, 1, { jumps: [{ variable: "B", value: 1, at: 0.5 }] });
    await expect(jump).rejects.toThrow("no variable 'B' to set");
  });

  test("options that cannot be are named", async () => {
    const cell = composeCell([clock()]);
    await expect(run(cell, -1)).rejects.toThrow("from t0 = 0 to t1 = -1");
    await expect(run(cell, 1, { output: Float64Array.of(0, 2) })).rejects.toThrow("output time 2 lies outside");
    await expect(run(cell, 1, { rtol: 0 })).rejects.toThrow("rtol is 0");
  });
});

describe("what goes wrong", () => {
  const until = (limit: number) =>
    algebraModule({
      id: "fragile",
      reads: ["A"],
      f() {},
      fails: (t, r) =>
        (r[0] ?? 0) > limit ? { ok: false, code: "infeasible", message: "bounds of ATPM conflict", t } : { ok: true },
    });

  test("a failing module ends the run where it fails, and what was reached is kept", async () => {
    const trajectory = await run(composeCell([clock(), until(0.5)]), 1, { output: Float64Array.of(0, 0.25, 0.75) });
    expect(trajectory.status.code).toBe("failed");
    expect(trajectory.status.t).toBeCloseTo(0.5, 6);
    expect(trajectory.status.message).toContain("module 'fragile' failed");
    expect(trajectory.status.message).toContain("bounds of ATPM conflict");
    expect([...trajectory.times]).toEqual([0, 0.25]);
    expect(columnOf(trajectory, "A")?.[1]).toBeCloseTo(0.25, 12);
  });

  test("a drain that knows no end is stopped at zero by name, never clipped", async () => {
    const medium = mediumModule({ pools: [{ variable: "pool:x", initial: 1 }], biomass: { initial: 1 } });
    const greedy = drainModule({ id: "greedy", pool: "pool:x", rate: () => 2, slope: () => 0 });
    const trajectory = await run(composeCell([medium, greedy]), 1);
    expect(trajectory.status.message).toContain("'pool:x' of module 'medium' would fall to");
    expect(trajectory.status.t).toBeCloseTo(0.5, 5);
  });

  test("a ledger that does not close names module, variable and amount", async () => {
    const honest = clock();
    const thief = {
      ...honest,
      advance(window: Parameters<typeof honest.advance>[0]) {
        const status = honest.advance(window);
        window.own?.fill(0.9 * (window.t1 - window.t0));
        return status;
      },
    };
    const trajectory = await run(composeCell([thief]), 1);
    expect(trajectory.status.message).toMatch(/the ledger of module 'clock' does not close: 'A' changed by .* mmol\/L/);
  });

  test("steps run out", async () => {
    const trajectory = await run(composeCell([sine(), relax(3)]), 4, { maxSteps: 5 });
    expect(trajectory.status.message).toContain("5 steps were not enough");
    expect(trajectory.statistics.steps + trajectory.statistics.rejected).toBe(5);
  });

  test("a signal interrupts and keeps what was reached", async () => {
    const controller = new AbortController();
    const trajectory = await run(composeCell([sine(), relax(3)]), 4, {
      signal: controller.signal,
      onProgress: (t) => t > 1 && controller.abort(),
    });
    expect(trajectory.status.code).toBe("interrupted");
    expect(trajectory.status.t).toBeGreaterThan(1);
    expect(trajectory.times.length).toBe(1);
  });
});

describe("promises", () => {
  test("modules may answer later", async () => {
    const slow = <T extends ReturnType<typeof clock>>(module: T): T => ({
      ...module,
      evaluate: async (instant: Parameters<T["evaluate"]>[0]) => module.evaluate(instant),
      advance: async (window: Parameters<T["advance"]>[0]) => module.advance(window),
    });
    const plain = await run(composeCell([sine(), relax(3)]), 2);
    const later = await run(composeCell([slow(sine()), slow(relax(3))]), 2);
    expect(later.columns).toEqual(plain.columns);
  });
});

describe("preculture", () => {
  test("the strain settles while the medium is held, and the run starts from there", async () => {
    const medium = () => mediumModule({ pools: [{ variable: "pool:s", initial: 2 }], biomass: { initial: 0.1 } });
    const strain = () =>
      odeModule({
        id: "strain",
        owns: [state("x", 0)],
        reads: ["pool:s"],
        f: (_t, x, r, dx) => {
          dx[0] = 5 * ((r[0] ?? 0) - (x[0] ?? 0));
        },
      });
    const drain = drainModule({ id: "eats", pool: "pool:s", rate: (s) => s, slope: () => 1 });
    const cell = composeCell([medium(), strain(), drain]);
    const settled = await preculture(cell, { hours: 8, rtol: 1e-6, atol: 1e-8 });
    expect(settled.status.code).toBe("done");
    expect([...settled.start]).toEqual([2, 0.1, 2].map((v) => expect.closeTo(v, 6)));
    const { start, snapshots } = settled;
    const trajectory = await run(cell, 1, { start, snapshots });
    expect(columnOf(trajectory, "x")?.[0]).toBeCloseTo(2, 6);
    expect(last(trajectory, "pool:s")).toBeCloseTo(2 * Math.exp(-1), 4);
  });
});
