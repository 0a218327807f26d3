import { describe, expect, test } from "vitest";
import { fba, openFlux } from "../../../src/metabolism/balance/fba.ts";
import { bounded } from "../../../src/metabolism/model/edits.ts";
import { balance } from "../../../src/metabolism/model/flux-model.ts";
import { metabolicModule } from "../../../src/metabolism/module/metabolic-module.ts";
import { boundsAt, evaluate, model, options, POINTS, POOLS, RICH } from "./core-culture.ts";

describe("metabolicModule", () => {
  test("declares fluxes, pools, biomass and slopes", async () => {
    const module = await metabolicModule(options);
    expect(module.owns).toHaveLength(96);
    expect(module.owns.find(({ id }) => id === "flux:BIOMASS_Ecoli_core_w_GAM")).toMatchObject({
      unit: "1/h",
      role: "output",
    });
    expect(module.reads.slice(0, 2)).toEqual(["pool:glc__D_e", "pool:o2_e"]);
    expect(module.adds.map(({ target }) => target)).toContain("biomass");
    expect(module.adds[0]?.feedback).toEqual(["pool:glc__D_e", "pool:o2_e", "pool:ac_e", "pool:nh4_e", "biomass"]);
    module.dispose();
  });

  test("one program with prices gives what pFBA gives in two", async () => {
    const module = await metabolicModule({ ...options, defaultCapacity: "none" });
    const solver = await openFlux(model);
    let grew = 0;
    for (const reads of POINTS) {
      const { status, owned, flux } = evaluate(module, reads);
      expect(status.ok).toBe(true);
      const demand = 8.39 - flux("maintenance_shortfall");
      const expected = solver.pfba(bounded(model, boundsAt(reads), "ATPM", demand, 1000));
      if (expected.status !== "optimal") throw new Error(expected.message);
      if (expected.objective > 1e-6) grew++;
      const worst = Math.max(...expected.fluxes.map((v, j) => Math.abs(v - (owned[j] ?? 0))));
      expect([reads, worst < 1e-7]).toEqual([reads, true]);
    }
    expect(grew).toBeGreaterThan(25);
    solver.dispose();
    module.dispose();
  });

  test("fluxes balance, rates are exchange times biomass", async () => {
    const module = await metabolicModule(options);
    for (const reads of POINTS) {
      const { owned, rates, flux } = evaluate(module, reads);
      expect(Math.max(...balance(model, owned.subarray(0, 95)).map(Math.abs))).toBeLessThan(1e-10);
      expect(rates[0]).toBe(flux("EX_glc__D_e") * 0.3);
      expect(rates[POOLS]).toBe(flux("BIOMASS_Ecoli_core_w_GAM") * 0.3);
    }
    module.dispose();
  });

  test("slopes are the derivatives of the rates", async () => {
    const module = await metabolicModule(options);
    const width = 5;
    let checked = 0;
    for (const reads of POINTS) {
      const { feedback } = evaluate(module, reads);
      const regime = module.regime?.();
      for (let column = 0; column < width; column++) {
        const read = column < 4 ? column : POOLS;
        const at = reads[read] ?? 0;
        const h = Math.max(1e-7, 1e-6 * at);
        const up = evaluate(module, reads.with(read, at + h));
        const kept = module.regime?.() === regime;
        const base = at > h ? evaluate(module, reads.with(read, at - h)) : evaluate(module, reads);
        if (!kept || module.regime?.() !== regime) continue;
        const width2 = at > h ? 2 * h : h;
        for (let row = 0; row <= POOLS; row++) {
          const numeric = ((up.rates[row] ?? 0) - (base.rates[row] ?? 0)) / width2;
          const slope = feedback[row * width + column] ?? 0;
          const scale = Math.max(1, Math.abs(numeric));
          expect([reads, row, column, Math.abs(numeric - slope) / scale < (at > h ? 1e-5 : 1e-3)]).toEqual([
            reads,
            row,
            column,
            true,
          ]);
          if (slope !== 0) checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(300);
    module.dispose();
  });

  test("slopes move carbon only from one pool to another, or into biomass", async () => {
    const module = await metabolicModule(options);
    const carbon = [6, 0, 2, 0, 1, 2, 1];
    const inBiomass = -carbonOfBiomass();
    for (const reads of POINTS) {
      const { feedback, rates } = evaluate(module, reads);
      for (let column = 0; column < 5; column++) {
        let gained = inBiomass * (feedback[POOLS * 5 + column] ?? 0);
        let moved = Math.abs(gained);
        carbon.forEach((atoms, row) => {
          gained += atoms * (feedback[row * 5 + column] ?? 0);
          moved += Math.abs(atoms * (feedback[row * 5 + column] ?? 0));
        });
        expect(Math.abs(gained)).toBeLessThanOrEqual(1e-11 * Math.max(1, moved));
      }
      const total = carbon.reduce(
        (sum, atoms, row) => sum + atoms * (rates[row] ?? 0),
        inBiomass * (rates[POOLS] ?? 0),
      );
      expect(Math.abs(total)).toBeLessThan(1e-11);
    }
    module.dispose();
  });

  test("an evaluation depends on the instant alone", async () => {
    const module = await metabolicModule(options);
    const forward = POINTS.map((reads) => ({ ...evaluate(module, reads), flux: module.regime?.() }));
    const backward = POINTS.toReversed().map((reads) => ({ ...evaluate(module, reads), flux: module.regime?.() }));
    expect(backward.toReversed()).toEqual(forward);
    module.dispose();
  });

  test("a starving cell falls short of its maintenance, says so and goes on", async () => {
    const module = await metabolicModule(options);
    const { status, flux } = evaluate(module, [0, 0.2, 0, 20, 0, 0, 0, 0.3]);
    expect(status).toMatchObject({
      ok: true,
      warning: "starvation: ATPM >= 8.39 can't be met, growth has ended; limiting: EX_glc__D_e, EX_ac_e",
    });
    expect(flux("maintenance_shortfall")).toBeCloseTo(8.39, 9);
    expect(flux("BIOMASS_Ecoli_core_w_GAM")).toBeCloseTo(0, 12);
    const fed = evaluate(module, RICH);
    expect(fed.status).toEqual({ ok: true });
    expect(fed.flux("maintenance_shortfall")).toBe(0);
    module.dispose();
  });

  test("drains let by-products out, closed exchanges don't", async () => {
    const { closed: _, ...rest } = {
      ...options,
      exchanges: options.exchanges.filter(({ reaction }) => !/etoh|for|ac_e/.test(reaction)),
    };
    const draining = await metabolicModule({ ...rest, drains: "others" });
    const shut = await metabolicModule({ ...rest, closed: "others" });
    const anaerobic = [10, 0, 20, 0, 0.3];
    const closed = bounded(model, bounded(model, model.bounds, "EX_o2_e", 0, 1000), "EX_co2_e", 0, 1000);
    const bounds = bounded(model, closed, "EX_glc__D_e", -100 / 10.015, 1000);
    const expected = await fba(model, bounds);
    if (expected.status !== "optimal") throw new Error(expected.message);
    expect(evaluate(draining, anaerobic).flux("BIOMASS_Ecoli_core_w_GAM")).toBeCloseTo(expected.objective, 9);
    expect(evaluate(draining, anaerobic).flux("EX_for_e")).toBeGreaterThan(10);
    expect(evaluate(shut, anaerobic).flux("BIOMASS_Ecoli_core_w_GAM")).toBeCloseTo(0, 9);
    draining.dispose();
    shut.dispose();
  });

  test("a demand that can't be met is let go, by name, and nothing grows", async () => {
    const module = await metabolicModule(options);
    module.apply([{ kind: "clamp", variable: "flux:PFK", value: 400 }]);
    const { status, flux } = evaluate(module, RICH, 1.5);
    expect(status).toMatchObject({
      ok: true,
      warning: expect.stringMatching(
        /^infeasible: PFK >= 400 can't be met and is let go, growth has ended; limiting: /,
      ),
    });
    expect(flux("BIOMASS_Ecoli_core_w_GAM")).toBe(0);
    expect(flux("ATPM")).toBeCloseTo(8.39, 9);
    module.apply([]);
    expect(evaluate(module, RICH).status).toEqual({ ok: true });
    module.dispose();
  });

  test("while one proof holds that a demand can't be met, no program is solved for it, and the answer is the same", async () => {
    const demand = [{ kind: "clamp", variable: "flux:PFK", value: 400 }] as const;
    const kept = await metabolicModule(options);
    kept.apply(demand);
    const solved = () => kept.work?.()[0]?.count ?? Number.NaN;
    evaluate(kept, RICH);
    const before = solved();
    const later = [9, 8, 7, 6, 5].map((glucose) => RICH.with(0, glucose));
    const answers = later.map((reads) => evaluate(kept, reads));
    expect(solved() - before).toBeLessThanOrEqual(2);
    for (const [k, reads] of later.entries()) {
      const fresh = await metabolicModule(options);
      fresh.apply(demand);
      const { owned, status } = evaluate(fresh, reads);
      const known = answers[k];
      expect(known?.status.ok).toBe(status.ok);
      owned.forEach((v, j) => {
        expect(known?.owned[j]).toBeCloseTo(v, 9);
      });
      fresh.dispose();
    }
    kept.dispose();
  });

  test("a value that isn't finite is named", async () => {
    const module = await metabolicModule(options);
    const { status } = evaluate(module, RICH.with(1, Number.NaN));
    expect(status).toMatchObject({ ok: false, code: "not-finite", message: "pool:o2_e is NaN" });
    module.dispose();
  });
});

/** Carbon atoms in what the biomass reaction takes, net, mmol/gDW. */
function carbonOfBiomass(): number {
  const j = model.reactionIndex.get("BIOMASS_Ecoli_core_w_GAM") ?? 0;
  const { starts, rows, values } = model.stoichiometry;
  let total = 0;
  for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
    const formula = model.metabolites[rows[k] ?? 0]?.formula ?? "";
    const [, atoms] = /C(\d*)(?![a-z])/.exec(formula) ?? [undefined, "0"];
    total += (values[k] ?? 0) * Number(atoms || 1);
  }
  return total;
}
