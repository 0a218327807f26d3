import { describe, expect, test } from "vitest";
import { openFlux } from "../../../src/metabolism/balance/fba.ts";
import { closed } from "../../../src/metabolism/model/edits.ts";
import { balance, type FluxBounds, type FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { fewSwitches } from "../../../src/metabolism/mutants/few-switches.ts";
import { cheapestHittingSet } from "../../../src/metabolism/mutants/hitting-set.ts";
import { openRoom } from "../../../src/metabolism/mutants/room.ts";
import { openConflicts } from "../../../src/metabolism/mutants/room-conflicts.ts";
import { withCuts } from "../../../src/metabolism/mutants/room-cuts.ts";
import { roomProgram } from "../../../src/metabolism/mutants/room-program.ts";
import { switched, toleratedRanges } from "../../../src/metabolism/mutants/tolerated-ranges.ts";
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

/** A case as the search sees it. */
function seen({ model, reference, bounds }: Case) {
  const from = referenceOf(presolve(runtime, model), reference);
  const small = narrowed(from.sub, bounds);
  if (small === undefined) throw new Error("no flux distribution");
  const away = (bound: number, c: number) => bound - (from.centre[c] ?? 0);
  const reach = { lower: small.lower.map(away), upper: small.upper.map(away) };
  return { from, reach, ranges: toleratedRanges(from, reference, {}) };
}

/** The search for conflicts alone. */
function byConflicts(one: Case, programs = 20_000) {
  const { from, reach, ranges } = seen(one);
  const few = fewSwitches(runtime, from, reach, ranges);
  if (few === undefined) return undefined;
  const search = openConflicts(runtime, from, reach, ranges, few);
  const status = search.advance(programs);
  search.dispose();
  return { status, least: search.least(), most: search.best().count, few, conflicts: search.conflicts() };
}

/** One mixed-integer program, with what conflicts are known as rows where given. */
function byBranches(one: Case, conflicts?: readonly (readonly number[])[]): number {
  const { from, reach, ranges } = seen(one);
  const plain = roomProgram(from, reach, ranges);
  const session = runtime.open(conflicts === undefined ? plain.program : withCuts(plain, ranges, conflicts));
  const status = session.solve();
  const objective = session.objective();
  session.dispose();
  return status === "optimal" ? Math.round(objective) + plain.settled : Number.NaN;
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
      expect(byConflicts(one)).toMatchObject({ status: "solved", least: wanted, most: wanted });
      expect(byBranches(one)).toBe(wanted);
      const room = openRoom(runtime, presolve(runtime, one.model), one.reference).solve(one.bounds);
      expect(room).toMatchObject({ status: "optimal", objective: wanted });
      if (room.status === "optimal")
        expect(Math.max(...balance(one.model, room.fluxes).map(Math.abs))).toBeLessThan(1e-6);
    }
  }, 60_000);

  test("known conflicts as rows leave the fewest switches where they are", async () => {
    for (const one of (await cases()).slice(0, 10)) {
      const found = byConflicts(one, 0);
      const wanted = byBranches(one);
      const conflicts = found?.conflicts ?? [];
      expect(conflicts.length).toBeGreaterThan(0);
      expect(byBranches(one, conflicts)).toBe(wanted);
    }
  });

  test("a search cut short has the fewest between its limits", async () => {
    for (const one of (await cases()).slice(0, 10)) {
      const wanted = byBranches(one);
      const cut = byConflicts(one, 0);
      expect(cut?.least).toBeLessThanOrEqual(wanted);
      expect(cut?.most).toBeGreaterThanOrEqual(wanted);
      const { from, reach, ranges } = seen(one);
      const few = fewSwitches(runtime, from, reach, ranges);
      expect(switched(ranges, few?.change ?? new Float64Array())).toBe(few?.count);
    }
  });

  test("forward and backward give the same bits", async () => {
    const [one] = await cases();
    if (one === undefined) throw new Error("no case");
    const room = openRoom(runtime, presolve(runtime, one.model), one.reference);
    const strains = [...one.reference.keys()].slice(1).map((j) => closed(one.model.bounds, [j]));
    const forward = strains.map((bounds) => room.solve(bounds));
    expect(strains.toReversed().map((bounds) => room.solve(bounds))).toEqual(forward.toReversed());
  });

  test("bounds without a flux distribution have none", () => {
    const model = tiny("in: -> a [0, 10]\n x: a -> b [0, 100]\n y: a -> b [0, 4]\n out*: b -> [0, 100]");
    const reference = Float64Array.of(10, 10, 0, 10);
    const bounds = closed({ ...model.bounds, lower: Float64Array.of(0, 0, 0, 5) }, [1]);
    expect(byConflicts({ model, reference, bounds })).toBeUndefined();
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
