import { describe, expect, test } from "vitest";
import { openFlux } from "../../../../src/metabolism/balance/fba.ts";
import { fluxRanges } from "../../../../src/metabolism/balance/fva.ts";
import { closed, knockout } from "../../../../src/metabolism/model/edits.ts";
import { balance, type FluxBounds } from "../../../../src/metabolism/model/flux-model.ts";
import { netProgram } from "../../../../src/metabolism/model/program.ts";
import { blockedReactions } from "../../../../src/metabolism/model/structure.ts";
import { presolve, unreduced } from "../../../../src/metabolism/presolve/presolve.ts";
import { closures, expanded, narrowed } from "../../../../src/metabolism/presolve/sub-model.ts";
import { loadLp } from "../../../../src/numerics/programs/load-lp.ts";
import { seededRandom } from "../../../../src/numerics/seeded-random.ts";
import { core } from "../../../support/flux-models.ts";
import { tiny } from "../../../support/line-model.ts";

const runtime = await loadLp();
const model = core();
const sub = presolve(runtime, model);

function optimumOf(bounds: FluxBounds): { objective: number; fluxes: Float64Array } | undefined {
  const small = narrowed(sub, bounds);
  if (small === undefined) return undefined;
  const session = runtime.open({ ...netProgram(sub.model), ...small });
  const status = session.solve();
  const found = { objective: session.objective(), fluxes: expanded(sub, session.point().values) };
  session.dispose();
  return status === "optimal" ? found : undefined;
}

describe("presolve", () => {
  test("chains are one column in units of their largest flux, a dead end is gone, and of two rows that say the same one", () => {
    const small = presolve(
      runtime,
      tiny(`in: -> a + t [0, 10]
        x: a -> 2 b [0, 100]
        y: b -> c [-100, 7]
        u: 2 c + t -> [0, 100]
        up: 2 c + t -> d [0, 100]
        out*: d -> [0, 100]
        stuck: c -> e [0, 100]`),
    );
    expect(small.model.reactions.map(({ id }) => id)).toEqual(["y", "u", "up"]);
    expect([...small.factor]).toEqual([0.5, 0.5, 1, 1, 1, 1, 0]);
    expect(small.model.metabolites).toHaveLength(1);
    expect([small.model.bounds.lower[0], small.model.bounds.upper[0]]).toEqual([0, 7]);
  });

  test("what is gone is what is blocked, once demands may be closed", async () => {
    const lower = model.bounds.lower.map((b) => Math.min(b, 0));
    const blocked = await blockedReactions(model, { bounds: { lower, upper: model.bounds.upper } });
    expect([...sub.chain.keys()].filter((j) => sub.chain[j] === -1)).toEqual(blocked);
    expect(sub.model.reactions.length).toBeLessThan(60);
  });

  test("narrower bounds of any kind have the full model's optimum and a balanced flux distribution", async () => {
    const random = seededRandom(5);
    const solver = await openFlux(model);
    for (let round = 0; round < 60; round++) {
      const shut = [...model.reactions.keys()].filter(() => random.next() < 0.02);
      const bounds = closed(model.bounds, shut);
      const j = random.integer(model.reactions.length);
      bounds.upper[j] = Math.max(bounds.lower[j] ?? 0, 3 * random.next());
      const plain = solver.fba(bounds);
      const found = optimumOf(bounds);
      expect([round, found?.objective]).toEqual([
        round,
        plain.status === "optimal" ? expect.closeTo(plain.objective, 8) : undefined,
      ]);
      if (found === undefined) continue;
      expect(Math.max(...balance(model, found.fluxes).map(Math.abs))).toBeLessThan(1e-8);
      found.fluxes.forEach((v, k) => {
        expect(v).toBeGreaterThanOrEqual((bounds.lower[k] ?? 0) - 1e-8);
        expect(v).toBeLessThanOrEqual((bounds.upper[k] ?? 0) + 1e-8);
      });
    }
    solver.dispose();
  });

  test("flux ranges are those of the full model", () => {
    const bounds = knockout(model, ["b0114"]);
    const [a, b] = [sub, unreduced(model)].map((by) => fluxRanges(runtime, model, { bounds, fraction: 0.8, sub: by }));
    if (a?.status !== "optimal" || b?.status !== "optimal") throw new Error("no ranges");
    a.minimum.forEach((v, k) => {
      expect([model.reactions[k]?.id, v]).toEqual([model.reactions[k]?.id, expect.closeTo(b.minimum[k] ?? 0, 7)]);
    });
    a.maximum.forEach((v, k) => {
      expect([model.reactions[k]?.id, v]).toEqual([model.reactions[k]?.id, expect.closeTo(b.maximum[k] ?? 0, 7)]);
    });
  });

  test("a demand that can't be met is infeasible, wider bounds are refused", () => {
    const demand = { lower: model.bounds.lower.slice(), upper: model.bounds.upper };
    demand.lower[sub.chain.indexOf(-1)] = 1e-3;
    demand.upper = demand.upper.slice();
    expect(narrowed(sub, demand)).toBeUndefined();
    const wide = { lower: model.bounds.lower.map((b) => b - 1), upper: model.bounds.upper };
    expect(() => narrowed(sub, wide)).toThrow("wider than");
  });

  test("closures that shut the same chain are one; a reaction that must run tells them apart", () => {
    const line = tiny("in: -> a [0, 9]\n x: a -> b [0, 9]\n y: b -> c [2, 9]\n out*: c -> [0, 9]\n also: a -> [0, 9]");
    const small = presolve(runtime, line);
    const free = closures(small, { lower: new Float64Array(5), upper: line.bounds.upper });
    expect([free([1]).key, free([1]).leads]).toEqual([free([2]).key, free([2]).leads]);
    const bound = closures(small, line.bounds);
    expect(bound([1]).key).not.toBe(bound([2]).key);
  });
});
