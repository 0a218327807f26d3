import { describe, expect, test } from "vitest";
import { variability } from "../../../src/metabolism/balance/fva.ts";
import { withConstraintRows } from "../../../src/metabolism/model/constraint-rows.ts";
import type { FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { mutantFluxes } from "../../../src/metabolism/mutants/mutant.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";

const reaction = (id: string, metabolites: Record<string, number>, lower: number) => ({
  ...{ id, name: id, metabolites, lower_bound: lower, upper_bound: 10 },
  ...{ gene_reaction_rule: "", objective_coefficient: id === "outB" ? 1 : 0 },
});
/** A comes in, A, B and C turn into one another in a circle, B and C leave; r1 + 2 outC is at most 8. */
const plain = fluxModelFromJson(
  JSON.stringify({
    ...{ id: "circle", version: "1", compartments: { c: "c" }, genes: [] },
    metabolites: ["A", "B", "C"].map((id) => ({ id, name: id, compartment: "c" })),
    reactions: [
      reaction("in", { A: 1 }, 0),
      reaction("r1", { A: -1, B: 1 }, -10),
      reaction("r2", { B: -1, C: 1 }, -10),
      reaction("r3", { C: -1, A: 1 }, -10),
      reaction("outB", { B: -1 }, 0),
      reaction("outC", { C: -1 }, 0),
    ],
  }),
);
const terms = [
  { column: 1, coefficient: 1 },
  { column: 5, coefficient: 2 },
];
const model: FluxModel = withConstraintRows(plain, [{ id: "uc", name: undefined, terms, lower: -1000, upper: 8 }]);
/** Fluxes of the wild type, and the sum that is limited. */
const reference = Float64Array.of(10, 8, -2, -2, 10, 0, 8);

function mutant() {
  const bounds = { lower: model.bounds.lower.slice(), upper: model.bounds.upper.slice() };
  bounds.upper[4] = 4;
  bounds.lower[5] = 3;
  return bounds;
}

async function distance(method: "moma" | "linear-moma") {
  const solution = await mutantFluxes(model, mutant(), method, { reference });
  if (solution.status !== "optimal") throw new Error(solution.message);
  const [, r1 = 0, , , , outC = 0, sum = 0] = solution.fluxes;
  expect(sum).toBeCloseTo(r1 + 2 * outC, 9);
  expect(sum).toBeLessThanOrEqual(8 + 1e-9);
  return solution.distance;
}

// Expected values: COBRApy 0.32.1 with the constraint added by add_cons_vars (quadratic MOMA by Clarabel).
describe("a constraint beyond mass balance", () => {
  test("holds in MOMA and counts for nothing there", async () => {
    expect(await distance("moma")).toBeCloseTo(99, 9);
    expect(await distance("linear-moma")).toBeCloseTo(21, 9);
  });

  test("holds in ranges without circles, which are those of mass balance alone", async () => {
    const found = await variability(model, { fraction: 0.5, loopless: true });
    if (found.status !== "optimal") throw new Error(found.message);
    const ends = (j: number) => [found.minimum[j], found.maximum[j]];
    const expected = [
      [5, 10],
      [0, 8],
      [-10, 1],
      [-10, 0],
      [5, 10],
      [0, 13 / 3],
    ];
    expected.forEach(([low, high], j) => {
      expect(ends(j)[0], model.reactions[j]?.id).toBeCloseTo(low ?? 0, 9);
      expect(ends(j)[1], model.reactions[j]?.id).toBeCloseTo(high ?? 0, 9);
    });
  });
});
