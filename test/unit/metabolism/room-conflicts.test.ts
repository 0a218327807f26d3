import { describe, expect, test } from "vitest";
import { openFlux } from "../../../src/metabolism/balance/fba.ts";
import { closed } from "../../../src/metabolism/model/edits.ts";
import { balance, type FluxBounds, type FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { cheapestHittingSet } from "../../../src/metabolism/mutants/hitting-set.ts";
import { openRoom } from "../../../src/metabolism/mutants/room.ts";
import { fewestByConflicts } from "../../../src/metabolism/mutants/room-conflicts.ts";
import { toleratedRanges } from "../../../src/metabolism/mutants/room-program.ts";
import { presolve } from "../../../src/metabolism/presolve/presolve.ts";
import { referenceOf } from "../../../src/metabolism/presolve/reference.ts";
import { narrowed } from "../../../src/metabolism/presolve/sub-model.ts";
import { loadLp } from "../../../src/numerics/programs/load-lp.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { tiny } from "../../support/line-model.ts";

const runtime = await loadLp();
const NODES = ["a", "b", "c", "d", "e"];

/** A random network with one way in and one out. */
function network(seed: number): FluxModel {
  const random = seededRandom(seed);
  const node = () => NODES[Math.floor(random.next() * NODES.length)];
  const inner = Array.from({ length: 11 }, (_, k) => {
    const [from, to] = [node(), node()];
    return from === to ? [] : [`r${k}: ${from} -> ${to} [${random.next() < 0.3 ? -8 : 0}, ${3 + 9 * random.next()}]`];
  });
  return tiny(["in: -> a [0, 10]", ...inner.flat(), "out*: e -> [0, 100]"].join("\n"));
}

interface Case {
  readonly model: FluxModel;
  readonly reference: Float64Array;
  readonly bounds: FluxBounds;
}

/** Wild types that grow, without one of the reactions that carry flux. */
async function cases(): Promise<Case[]> {
  const found: Case[] = [];
  for (let seed = 1; found.length < 25; seed++) {
    const model = network(seed);
    const solver = await openFlux(model);
    const wild = solver.pfba();
    solver.dispose();
    if (wild.status !== "optimal" || wild.objective < 1) continue;
    const carrying = [...wild.fluxes.keys()].filter((j) => j > 0 && Math.abs(wild.fluxes[j] ?? 0) > 0.5);
    const shut = carrying[seed % Math.max(1, carrying.length - 1)];
    if (shut !== undefined) found.push({ model, reference: wild.fluxes, bounds: closed(model.bounds, [shut]) });
  }
  return found;
}

function byConflicts({ model, reference, bounds }: Case, steps = 20_000) {
  const sub = presolve(runtime, model);
  const from = referenceOf(sub, reference);
  const small = narrowed(from.sub, bounds);
  if (small === undefined) return undefined;
  const away = (bound: number, c: number) => bound - (from.centre[c] ?? 0);
  const change = { lower: small.lower.map(away), upper: small.upper.map(away) };
  return { from, ...fewestByConflicts(runtime, from, change, toleratedRanges(from, reference, {}), steps) };
}

/** The least number of reactions that leave their range, by trying all sets of them, the smallest first. */
async function byTrying({ model, reference, bounds }: Case): Promise<number> {
  const solver = await openFlux(model);
  const sets = Array.from({ length: 2 ** reference.length }, (_, set) => set);
  const size = (set: number) => set.toString(2).replaceAll("0", "").length;
  const order = sets.sort((a, b) => size(a) - size(b));
  const found = order.find((set) => {
    const half = (j: number) => ((set >> j) & 1 ? Number.POSITIVE_INFINITY : 0.03 * Math.abs(reference[j] ?? 0) + 1e-3);
    const lower = bounds.lower.map((bound, j) => Math.max(bound, (reference[j] ?? 0) - half(j)));
    const upper = bounds.upper.map((bound, j) => Math.min(bound, (reference[j] ?? 0) + half(j)));
    if (lower.some((low, j) => low > (upper[j] ?? 0))) return false;
    return solver.fba({ lower, upper }).status === "optimal";
  });
  solver.dispose();
  return found === undefined ? Number.NaN : size(found);
}

describe("ROOM by conflicts between ranges", () => {
  test("as few switches as trying all sets finds, and as one mixed-integer program, in 25 random networks", async () => {
    for (const one of await cases()) {
      const wanted = await byTrying(one);
      expect(wanted).toBeGreaterThan(0);
      expect(byConflicts(one)?.least).toBe(wanted);
      const room = openRoom(runtime, presolve(runtime, one.model), one.reference).solve(one.bounds);
      expect(room).toMatchObject({ status: "optimal", objective: wanted });
      if (room.status === "optimal")
        expect(Math.max(...balance(one.model, room.fluxes).map(Math.abs))).toBeLessThan(1e-6);
    }
  }, 60_000);

  test("a search cut short says how many switch at least", async () => {
    const [one] = await cases();
    const cut = one && byConflicts(one, 0);
    expect(cut?.change).toBeUndefined();
    expect(cut?.least).toBeLessThanOrEqual(one ? await byTrying(one) : 0);
  });

  test("bounds without a flux distribution have none", async () => {
    const model = tiny("in: -> a [0, 10]\n x: a -> b [0, 100]\n y: a -> b [0, 4]\n out*: b -> [0, 100]");
    const reference = Float64Array.of(10, 10, 0, 10);
    const bounds = { ...model.bounds, lower: Float64Array.of(0, 0, 0, 5) };
    expect(byConflicts({ model, reference, bounds: closed(bounds, [1]) })?.least).toBeUndefined();
  });
});

test("the cheapest hitting set takes along what an element needs", () => {
  const elements = { cost: Float64Array.of(1, 1, 3, 1), with: Int32Array.of(-1, 0, -1, -1) };
  expect([...(cheapestHittingSet(runtime, elements, [[1, 2], [1, 3], [3]]) ?? [])]).toEqual([1, 1, 0, 1]);
  expect([
    ...(cheapestHittingSet(runtime, elements, [
      [0, 2],
      [0, 3],
    ]) ?? []),
  ]).toEqual([1, 0, 0, 0]);
});
