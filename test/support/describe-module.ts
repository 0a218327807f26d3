import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/cell/edit.ts";
import type { CellModule, Contribution, Window } from "../../src/cell/module.ts";
import { rateAt } from "../../src/cell/window.ts";

/** A module with a situation that it can be stepped through. */
export interface ModuleFixture {
  readonly module: CellModule;
  /** Values of `module.reads` at both ends of the window. */
  readonly reads0: readonly number[];
  readonly reads1: readonly number[];
  /** A window, hours. */
  readonly t0: number;
  readonly t1: number;
  /** Rates of others on states the module owns: index into `owns`, rate at both ends. */
  readonly rates?: readonly { readonly target: number; readonly rate0: number; readonly rate1: number }[];
  /** Relative tolerance to which the module integrates; default 1e-5. */
  readonly tolerance?: number;
}

/** The contract of `CellModule`, checked on one implementation; `factory` makes a fresh module each time. */
export function describeModule(name: string, factory: () => ModuleFixture | Promise<ModuleFixture>): void {
  describe(`${name} keeps the module contract`, () => {
    test("declarations are consistent", async () => declarations(await factory()));
    test("evaluate has no memory and leaves states alone", async () => evaluateTwice(await factory()));
    test("advance gives the same bits from the same snapshot", async () => advanceTwice(await factory()));
    test("a snapshot survives structuredClone and JSON", async () => {
      await snapshotTravels(await factory(), (snapshot) => structuredClone(snapshot));
      await snapshotTravels(await factory(), (snapshot) => JSON.parse(JSON.stringify(snapshot)));
    });
    test("dense output meets the ends of the window", async () => denseOutput(await factory()));
    test("what contributions moved closes the ledger", async () => ledgerCloses(await factory()));
    test("a clamp holds its variable and ends with the edit", async () => clampHolds(await factory()));
  });
}

function declarations({ module, reads0, reads1 }: ModuleFixture): void {
  const ids = module.owns.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { nominal, unit, initial } of module.owns) {
    expect(nominal).toBeGreaterThan(0);
    expect(unit).not.toBe("");
    expect(Number.isFinite(initial)).toBe(true);
  }
  for (const { target } of module.adds) expect(ids).not.toContain(target);
  expect(reads0.length).toBe(module.reads.length);
  expect(reads1.length).toBe(module.reads.length);
}

async function evaluateAt({ module }: ModuleFixture, t: number, reads: readonly number[]) {
  const owned = Float64Array.from(module.owns, ({ initial }) => initial);
  const feedback = new Float64Array(module.adds.reduce((sum, add) => sum + add.feedback.length, 0));
  const rates = new Float64Array(module.adds.length);
  const status = await module.evaluate({ t, reads: Float64Array.from(reads), owned, rates, feedback });
  return { status, owned, rates, feedback, regime: module.regime?.() };
}

async function evaluateTwice(fixture: ModuleFixture): Promise<void> {
  const { module, t0, t1, reads0, reads1 } = fixture;
  module.apply([]);
  const first = await evaluateAt(fixture, t0, reads0);
  await evaluateAt(fixture, t1, reads1);
  await evaluateAt(fixture, t1, reads1);
  expect(await evaluateAt(fixture, t0, reads0)).toEqual(first);
  expect(first.status.ok).toBe(true);
  module.owns.forEach(({ role, initial }, i) => {
    if (role === "state") expect(first.owned[i]).toBe(initial);
  });
}

function windowOf({ module, t0, t1, reads0, reads1, rates = [] }: ModuleFixture): Window {
  const start = Float64Array.from(module.owns, ({ initial }) => initial);
  const contributions = rates.map((rate): Contribution => ({ from: "others", ...rate, feedback: [] }));
  return {
    t0,
    t1,
    reads0: Float64Array.from(reads0),
    reads1: Float64Array.from(reads1),
    contributions,
    start,
    owned: start.slice(),
    moved: new Float64Array(contributions.length),
    own: new Float64Array(start.length).fill(Number.NaN),
  };
}

/** Applies no edits, evaluates at the start of the window as the engine does, and advances. */
async function begin(fixture: ModuleFixture, edits: readonly Edit[] = []): Promise<void> {
  fixture.module.apply(edits);
  await evaluateAt(fixture, fixture.t0, fixture.reads0);
}

async function advance(fixture: ModuleFixture, window = windowOf(fixture)): Promise<Window> {
  const status = await fixture.module.advance(window);
  expect(status).toEqual({ ok: true });
  return window;
}

function later(fixture: ModuleFixture, window: Window): Window {
  const length = window.t1 - window.t0;
  const next = windowOf({ ...fixture, t0: window.t1, t1: window.t1 + length, reads0: fixture.reads1 });
  next.start.set(window.owned);
  next.owned.set(window.owned);
  return next;
}

async function advanceTwice(fixture: ModuleFixture): Promise<void> {
  const { module, t0, t1, reads1 } = fixture;
  await begin(fixture);
  const snapshot = module.snapshot();
  const first = await advance(fixture);
  module.interpolate((t0 + t1) / 2, first.owned.slice());
  await evaluateAt(fixture, t1, reads1);
  module.restore(snapshot);
  const second = await advance(fixture);
  expect(second.owned).toEqual(first.owned);
  expect(second.moved).toEqual(first.moved);
}

async function snapshotTravels(fixture: ModuleFixture, carry: (snapshot: unknown) => unknown): Promise<void> {
  const { module } = fixture;
  await begin(fixture);
  const window = await advance(fixture);
  const snapshot = carry(module.snapshot() ?? null);
  const straight = await advance(fixture, later(fixture, window));
  await advance(fixture, later(fixture, straight));
  module.restore(snapshot);
  const resumed = await advance(fixture, later(fixture, window));
  expect(resumed.owned).toEqual(straight.owned);
  expect(resumed.moved).toEqual(straight.moved);
}

async function denseOutput(fixture: ModuleFixture): Promise<void> {
  const { module, t0, t1, tolerance = 1e-5 } = fixture;
  await begin(fixture);
  const window = await advance(fixture);
  for (const [t, values] of [
    [t0, window.start],
    [t1, window.owned],
  ] as const) {
    const out = values.slice();
    module.interpolate(t, out);
    module.owns.forEach(({ role, nominal }, i) => {
      if (role !== "state") return;
      const value = values[i] ?? 0;
      expect(Math.abs((out[i] ?? 0) - value)).toBeLessThanOrEqual(10 * tolerance * (Math.abs(value) + nominal));
    });
  }
}

async function ledgerCloses(fixture: ModuleFixture): Promise<void> {
  const { module, t0, t1, tolerance = 1e-5 } = fixture;
  await begin(fixture);
  const window = await advance(fixture);
  const own = window.own ?? new Float64Array(0);
  window.contributions.forEach((contribution, c) => {
    const expected = simpson(t0, t1, (t) => {
      const owned = window.start.slice();
      module.interpolate(t, owned);
      return rateAt(contribution, (t - t0) / (t1 - t0), owned);
    });
    const size = Math.abs(expected) + (module.owns[contribution.target]?.nominal ?? 1);
    expect(Math.abs((window.moved[c] ?? 0) - expected)).toBeLessThanOrEqual(10 * tolerance * size);
  });
  module.owns.forEach(({ role }, i) => {
    if (role !== "state" || Number.isNaN(own[i])) return;
    const moved = window.contributions.reduce((s, c, k) => s + (c.target === i ? (window.moved[k] ?? 0) : 0), 0);
    const change = (window.owned[i] ?? 0) - (window.start[i] ?? 0);
    const gross = Math.abs(window.start[i] ?? 0) + Math.abs(moved) + Math.abs(own[i] ?? 0);
    expect(Math.abs(change - moved - (own[i] ?? 0))).toBeLessThanOrEqual(1e-12 * gross);
  });
}

function simpson(a: number, b: number, f: (t: number) => number): number {
  const pieces = 64;
  const h = (b - a) / pieces;
  let sum = f(a) + f(b);
  for (let i = 1; i < pieces; i++) sum += (i % 2 === 1 ? 4 : 2) * f(a + i * h);
  return (sum * h) / 3;
}

async function clampHolds(fixture: ModuleFixture): Promise<void> {
  const { module } = fixture;
  await begin(fixture);
  const snapshot = module.snapshot();
  const free = await advance(fixture);
  for (const [i, { id, initial, nominal, role }] of module.owns.entries()) {
    const edit: Edit = { kind: "clamp", variable: id, value: initial + nominal };
    if (!module.accepts(edit)) continue;
    module.restore(snapshot);
    await begin(fixture, [edit]);
    const window = windowOf(fixture);
    if (role === "state") window.start[i] = edit.value;
    await advance(fixture, window);
    const held = role === "state" ? window.owned : (await evaluateAt(fixture, fixture.t0, fixture.reads0)).owned;
    expect(held[i]).toBe(edit.value);
  }
  module.restore(snapshot);
  await begin(fixture);
  expect((await advance(fixture)).owned).toEqual(free.owned);
}
