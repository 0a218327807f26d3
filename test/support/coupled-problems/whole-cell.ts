import { batch, POOLS, uptake, yields } from "./batch.ts";
import { DEGRADATION, expressionAt, learned } from "./learned.ts";
import type { CoupledProblem } from "./problem.ts";
import { rungeKutta } from "./runge-kutta.ts";
import { singleState } from "./single-state.ts";

/** Uptake needs a transporter whose gene follows a species that follows uptake. */
export const wholeCell: CoupledProblem = {
  name: "ODE + FBA + learned",
  modules: async () => [
    ...(await batch(false, "b0001")),
    singleState("sensing", { name: "x", initial: 1 }, ["times", 4, ["minus", ["divide", ["minus", 0, "v"], 8], "x"]], {
      v: "flux:EX_glc__D_e",
    }),
    learned("species:x"),
  ],
  t1: 1.2,
  states: [...POOLS, "species:x", "expression:b0001"],
  reference: async (times) => {
    const per = await yields(false);
    const f = (_t: number, [c = 0, , b = 0, x = 0, e = 0]: readonly number[]) => {
      const v = uptake(c) * e;
      const { growth, acetate } = per(v);
      return [-v * b, acetate * b, growth * b, 4 * (v / 8 - x), DEGRADATION * (expressionAt(x) - e)];
    };
    return rungeKutta(f, [8, 0, 0.3, 1, 1], times, 1e-3);
  },
};
