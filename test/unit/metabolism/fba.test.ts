import { describe, expect, test } from "vitest";
import { fba, openFlux, pfba } from "../../../src/metabolism/balance/fba.ts";
import { bounded, geneAt, knockout, reactionAt, withObjective } from "../../../src/metabolism/model/edits.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

describe("fba", () => {
  test("takes the way that pays more", async () => {
    const solution = await fba(
      tiny("in: -> a [0, 10]\n x: a -> b [0, 1000]\n y: a -> 2 b [0, 3]\n out*: b -> [0, 1000]"),
    );
    expect(solution).toMatchObject({ status: "optimal", objective: 13 });
  });

  test("names the demand that can't be met and what stands against it", async () => {
    const model = tiny("in: -> a [0, 10]\n need: a -> [12, 1000]\n out*: a -> [0, 1000]");
    const solution = await fba(model);
    expect(solution.status).toBe("infeasible");
    if (solution.status !== "infeasible") return;
    expect(solution.message).toContain("need >= 12 (short by 2) can't be met with in <= 10");
    expect(solution.bounds).toEqual([
      { reaction: "need", side: "lower", value: 12 },
      { reaction: "in", side: "upper", value: 10 },
      { reaction: "out", side: "lower", value: 0 },
    ]);
  });

  test("names the bounds that were closed before those the model has closed itself", async () => {
    const model = core();
    const starved = bounded(model, model.bounds, "EX_glc__D_e", 0, 1000);
    const solution = await fba(model, starved);
    if (solution.status !== "infeasible") throw new Error(solution.status);
    expect(solution.message).toMatch(/ATPM >= 8.39 \(short by 8.39\) can't be met with EX_glc__D_e >= 0/);
  });

  test("names the reactions that lack a bound where the objective is unbounded", async () => {
    const solution = await fba(
      tiny("in: -> a [0, INF]\n x: a -> b [0, INF]\n out*: b -> [0, INF]\n idle: a -> [0, 5]"),
    );
    expect(solution.status).toBe("unbounded");
    if (solution.status !== "unbounded") return;
    expect(solution.message).toContain("in (upper)");
    expect(solution.bounds.map(({ reaction }) => reaction)).toEqual(["in", "x", "out"]);
  });

  test("an answer doesn't depend on what was solved before", async () => {
    const model = core();
    const uptakes = Array.from({ length: 40 }, (_, k) => [(k * 7) % 11, (k * 13) % 23] as const);
    const bounds = uptakes.map(([glc, o2]) =>
      bounded(model, bounded(model, model.bounds, "EX_glc__D_e", -glc, 1000), "EX_o2_e", -o2, 1000),
    );
    const solver = await openFlux(model);
    const forward = bounds.map((b) => [solver.fba(b), solver.pfba(b)]);
    const backward = bounds
      .toReversed()
      .map((b) => [solver.fba(b), solver.pfba(b)])
      .toReversed();
    solver.dispose();
    expect(backward).toEqual(forward);
  });

  test("asks for an objective where there is none", async () => {
    const model = tiny("in: -> a [0, 10]\n out: a -> [0, 10]");
    await expect(fba(model)).rejects.toThrow("states no objective");
    expect(await fba(withObjective(model, "out"))).toMatchObject({ status: "optimal", objective: 10 });
  });
});

describe("pfba", () => {
  test("avoids the detour and the loop", async () => {
    const model = tiny(`in: -> a [0, 10]
      direct: a -> b [0, 4]
      first: a -> c [-1000, 1000]
      second: c -> b [-1000, 1000]
      out*: b -> [0, 8]`);
    const solution = await pfba(model);
    if (solution.status !== "optimal") throw new Error(solution.message);
    expect([...solution.fluxes]).toEqual([8, 4, 4, 4, 8]);
  });

  test("decides between equals by id, not by order", async () => {
    const lines = [
      "in: -> a [0, 10]",
      "x: a -> b [0, 100]",
      "y: a -> b [0, 100]",
      "z: a -> b [0, 100]",
      "out*: b -> [0, 8]",
    ];
    const model = tiny(lines.join("\n"));
    const turned = tiny(lines.toReversed().join("\n"));
    const [a, b] = [await pfba(model), await pfba(turned)];
    if (a.status !== "optimal" || b.status !== "optimal") throw new Error("no optimum");
    const byId = (m: typeof model, fluxes: Float64Array) => ["x", "y", "z"].map((id) => fluxes[reactionAt(m, id)]);
    expect(byId(model, a.fluxes)).toEqual(byId(turned, b.fluxes));
  });

  test("keeps growth and total flux of the core model", async () => {
    const solution = await pfba(core());
    if (solution.status !== "optimal") throw new Error(solution.message);
    expect(solution.objective).toBeCloseTo(0.873921507, 8);
    expect(solution.fluxes.reduce((sum, v) => sum + Math.abs(v), 0)).toBeCloseTo(518.422085518, 6);
  });
});

describe("edits", () => {
  const model = tiny("in: -> a [0, 10] g1 or g2\n x: a -> b [0, 10] g2 and g3\n out*: b -> [0, 10]");

  test("a knockout shuts what its genes alone carry", () => {
    expect([...knockout(model, ["g1"]).upper]).toEqual([10, 10, 10]);
    expect([...knockout(model, ["g2"]).upper]).toEqual([10, 0, 10]);
    expect([...knockout(model, ["g1", "g2"]).upper]).toEqual([0, 0, 10]);
  });

  test("a name that several genes have is refused with all of them; a locus tag never is", () => {
    const ecoli = core();
    const twice = { ...ecoli, genes: ecoli.genes.map((gene, k) => (k < 2 ? { ...gene, name: "twin" } : gene)) };
    const [first, second] = [twice.genes[0]?.id, twice.genes[1]?.id];
    expect(() => geneAt(twice, "twin")).toThrow(`'twin' names 2 genes of model 'ecoli_core': ${first}, ${second}`);
    expect(geneAt(twice, second ?? "")).toBe(1);
  });

  test("mistyped names come with near ones", () => {
    const ecoli = core();
    expect(() => reactionAt(ecoli, "PGG")).toThrow("no reaction 'PGG'");
    expect(geneAt(ecoli, "aceE")).toBe(ecoli.geneIndex.get("b0114"));
    expect(() => knockout(ecoli, ["b9114"])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("'b0114'") }),
    );
    expect(() => bounded(ecoli, ecoli.bounds, "PGI", 2, 1)).toThrow("2 is above 1");
  });
});
