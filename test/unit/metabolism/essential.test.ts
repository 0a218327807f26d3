import { describe, expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { fewestNutrients, minimalMedium } from "../../../src/metabolism/balance/minimal-medium.ts";
import { withMedium, withOpenExchanges } from "../../../src/metabolism/model/medium-bounds.ts";
import { doubleDeletions, singleDeletions } from "../../../src/metabolism/mutants/deletions.ts";
import { essential } from "../../../src/metabolism/mutants/essential.ts";
import { core } from "../../support/flux-models.ts";

const model = core();
const ids = (found: Awaited<ReturnType<typeof essential>>) =>
  found.deletions.map(({ deleted }) => deleted[0]).toSorted();

describe("essential genes and reactions of the core model: COBRApy 0.32.1's", () => {
  test("genes", async () => {
    const found = await essential(model, "genes");
    expect(ids(found)).toEqual(["b0720", "b1136", "b1779", "b2415", "b2416", "b2779", "b2926"]);
    expect(found).toMatchObject({ asked: 137, threshold: expect.closeTo(0.0087392150697, 12) });
  });

  test("reactions, and with a threshold of one's own", async () => {
    expect(ids(await essential(model, "reactions"))).toEqual(
      "ACONTa ACONTb BIOMASS_Ecoli_core_w_GAM CS ENO EX_glc__D_e EX_h_e EX_nh4_e EX_pi_e GAPD GLCpts GLNS ICDHyr NH4t PGK PGM PIt2r RPI".split(
        " ",
      ),
    );
    expect((await essential(model, "genes", { threshold: 0.5 })).deletions.length).toBeGreaterThan(7);
  });
});

test("reactions deleted one by one and together: COBRApy 0.32.1's growth", async () => {
  const { deletions } = await singleDeletions(model, ["PGI", "TPI"], { of: "reactions" });
  const wanted = [0.863159552208418, 0.7040369478590247].map((v) => expect.closeTo(v, 9));
  expect(deletions.map(({ objective }) => objective)).toEqual(wanted);
  const both = await doubleDeletions(model, ["PGI", "TPI"], undefined, { of: "reactions" });
  expect(both.deletions).toMatchObject([{ deleted: ["PGI", "TPI"], status: "infeasible" }]);
});

describe("media of the fewest nutrients, every exchange open", () => {
  const bounds = withOpenExchanges(model, model.bounds);

  test("least uptake: COBRApy 0.32.1's total", async () => {
    const medium = await minimalMedium(model, { bounds, objective: 0.1 });
    const total = [2.7835725, 0.27264, 2.9459775, 0.36787].reduce((sum, v) => sum + v, 0);
    expect([...(medium?.values() ?? [])].reduce((sum, v) => sum + v, 0)).toBeCloseTo(total, 5);
  });

  test("all nine sets of three, COBRApy 0.32.1's among them, and the model grows on each", async () => {
    const media = await fewestNutrients(model, 12, { bounds, objective: 0.1 });
    const sets = media.map((medium) => [...medium.keys()].toSorted().join(" "));
    expect(new Set(sets).size).toBe(9);
    for (const known of ["EX_glu__L_e EX_o2_e EX_pi_e", "EX_fru_e EX_glu__L_e EX_pi_e", "EX_fru_e EX_gln__L_e EX_pi_e"])
      expect(sets).toContain(known);
    for (const medium of media) {
      expect(medium.size).toBe(3);
      const grown = await fba(model, withMedium(model, bounds, medium));
      if (grown.status !== "optimal") throw new Error(grown.message);
      expect(grown.objective).toBeGreaterThan(0.1 - 1e-6);
    }
  });
});
