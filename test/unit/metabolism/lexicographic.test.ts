import { describe, expect, test } from "vitest";
import { pfba } from "../../../src/metabolism/balance/fba.ts";
import { lexicographic } from "../../../src/metabolism/balance/lexicographic.ts";
import { core } from "../../support/flux-models.ts";
import { branched } from "../../support/line-model.ts";

describe("lexicographic flux balance", () => {
  const model = branched();
  const goal = (reaction: string, sense: "maximize" | "minimize" = "maximize") => ({ reaction, sense });

  test("one goal after the other, then the least total flux", async () => {
    const first = await lexicographic(model, [goal("EX_p"), goal("EX_q")]);
    expect(first).toMatchObject({ status: "optimal", objective: expect.closeTo(6, 12) });
    if (first.status !== "optimal") throw new Error(first.message);
    expect(first.reached).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
    expect([...first.fluxes]).toEqual([-10, 6, 3, 1, 3, 1].map((v) => expect.closeTo(v, 9)));
    const turned = await lexicographic(model, [goal("EX_q"), goal("EX_p")]);
    expect(turned.status === "optimal" && turned.reached).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
    const least = await lexicographic(model, [goal("EX_a", "minimize"), goal("EX_p", "minimize")]);
    expect(least.status === "optimal" && least.reached).toEqual([expect.closeTo(-10, 12), expect.closeTo(1, 12)]);
  });

  test("without goals it is pFBA", async () => {
    const whole = core();
    const [plain, none] = [await pfba(whole), await lexicographic(whole, [])];
    if (plain.status !== "optimal" || none.status !== "optimal") throw new Error("no optimum");
    none.fluxes.forEach((v, j) => {
      expect(v).toBeCloseTo(plain.fluxes[j] ?? Number.NaN, 8);
    });
  });

  test("unknown, unbounded and impossible goals are named", async () => {
    await expect(lexicographic(model, [goal("EX_r")])).rejects.toThrow("no reaction 'EX_r'");
    const open = { lower: model.bounds.lower.slice(), upper: model.bounds.upper.slice() };
    open.lower[0] = Number.NEGATIVE_INFINITY;
    open.upper.fill(Number.POSITIVE_INFINITY, 2);
    expect((await lexicographic(model, [goal("EX_p")], open)).status).toBe("unbounded");
    open.lower[1] = 5;
    open.lower[0] = -1;
    const none = await lexicographic(model, [goal("EX_p")], open);
    expect(none).toMatchObject({ status: "infeasible", message: expect.stringContaining("GROW >= 5") });
  });
});
