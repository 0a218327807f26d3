import { describe, expect, test } from "vitest";
import { pfba } from "../../../src/metabolism/balance/fba.ts";
import { copyBounds, type FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { metabolicModule } from "../../../src/metabolism/module/metabolic-module.ts";
import { metabolicPrograms } from "../../../src/metabolism/module/programs.ts";
import { loadLp } from "../../../src/numerics/programs/load-lp.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";
import { evaluate, options } from "./core-culture.ts";

/** One chain from the medium to growth: s is taken in, doubled, and two of each make one of growth. */
const line = tiny(`
  EX_s: s -> [-10, 1000]
  IN: s -> t [-1000, 8] g1
  TWO: t -> 2 u [0, 1000]
  GROW*: 4 u -> [0, 1000]
  SIDE: v -> w [-5, 5]`);
const runtime = await loadLp();

function opened(model: FluxModel, growth: string) {
  const aims = { growth: model.reactionIndex.get(growth) ?? -1, maintenance: undefined, goals: [] };
  return metabolicPrograms(runtime, model, model.bounds, aims);
}

describe("the programs of a metabolic module", () => {
  test("a chain is one column: its slope follows the reaction that limits it, and a change of that is another piece", () => {
    const programs = opened(line, "GROW");
    const { present } = programs;
    const bounds = copyBounds(line.bounds);
    const slots = Int32Array.from(line.reactions.keys());
    const slopes = new Float64Array(line.reactions.length);
    const at = (uptake: number) => {
      bounds.lower[0] = -uptake;
      expect(present.solve(bounds, 0)).toBe("optimal");
      present.response(0, slots, slopes);
      return { fluxes: [...present.fluxes], slopes: [...slopes], regime: present.regime() };
    };
    const [fed, full] = [at(6), at(9)];
    expect(fed).toMatchObject({ fluxes: [-6, 6, 6, 3, 0], slopes: [-1, 1, 1, 0.5, 0] });
    expect(full).toMatchObject({ fluxes: [-8, 8, 8, 4, 0], slopes: [0, 0, 0, 0, 0] });
    expect(full.regime).not.toBe(fed.regime);
    // Of the whole model's basis: the uptake stands at its limit, then the transport does.
    const [before, after] = [present.basisOf(fed.regime), present.basisOf(full.regime)];
    expect([before[1], before[2], after[1], after[2]]).toEqual(["2", "1", "1", "2"]);
    programs.dispose();
  });

  test("within the directions of the model the small one answers, beyond them the whole one", () => {
    const programs = opened(line, "GROW");
    const small = programs.present;
    programs.cover(line.bounds);
    expect(programs.present).toBe(small);
    const turned = copyBounds(line.bounds);
    turned.lower[2] = -1;
    programs.cover(turned);
    expect(programs.present).not.toBe(small);
    expect(programs.present.solve(turned, 0)).toBe("optimal");
    expect(programs.present.fluxes[3]).toBeCloseTo(4, 9);
    programs.cover(line.bounds);
    expect(programs.present).toBe(small);
    programs.dispose();
  });

  test("random bounds of the core model: the fluxes of pFBA", async () => {
    const model = core();
    const programs = opened(model, "BIOMASS_Ecoli_core_w_GAM");
    for (let k = 0; k < 12; k++) {
      const bounds = copyBounds(model.bounds);
      model.reactions.forEach(({ id }, j) => {
        const narrowed = (Math.imul(k + 1, 2654435761) >>> (j % 24)) % 5 === 0;
        if (narrowed && id !== "ATPM") bounds.upper[j] = Math.min(bounds.upper[j] ?? 0, 3 + ((j * (k + 2)) % 7));
      });
      const expected = await pfba(model, bounds);
      const status = programs.present.solve(bounds, 0);
      expect(status).toBe(expected.status);
      if (expected.status !== "optimal") continue;
      expected.fluxes.forEach((v, j) => {
        expect(programs.present.fluxes[j]).toBeCloseTo(v, 6);
      });
    }
    programs.dispose();
  });

  test("a flux clamped against its direction is held there", async () => {
    const module = await metabolicModule(options);
    const rich = [10, 0.2, 0, 20, 0, 0, 0, 0.05];
    const free = evaluate(module, rich);
    module.apply([{ kind: "clamp", variable: "flux:PYK", value: -0.1 }]);
    const clamped = evaluate(module, rich);
    expect(clamped.status.ok).toBe(true);
    expect(clamped.flux("PYK")).toBeCloseTo(-0.1, 9);
    expect(clamped.flux("BIOMASS_Ecoli_core_w_GAM")).toBeGreaterThan(0.1);
    module.apply([]);
    expect([...evaluate(module, rich).owned]).toEqual([...free.owned]);
    module.dispose();
  });
});
