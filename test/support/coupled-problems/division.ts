import { pathwayModule } from "../../../src/pathway/module/pathway-module.ts";
import { smallModel } from "../mathml-model.ts";
import type { CoupledProblem } from "./problem.ts";
import { rungeKuttaStep } from "./runge-kutta.ts";
import { singleState, TIGHT } from "./single-state.ts";

const THRESHOLD = 1.7;

/** An SBML event halves a growing species whenever it reaches a threshold; another module follows it. */
export const triggered: CoupledProblem = {
  name: "trigger: division at a threshold",
  modules: () => [
    pathwayModule({
      id: "dividing",
      document: smallModel({
        id: "dividing",
        parameters: { x: 1, g: 0 },
        rates: { x: ["times", "g", "x"] },
        events: [{ when: ["geq", "x", THRESHOLD], set: { x: ["divide", "x", 2] } }],
      }),
      inputs: [{ sbml: "g", variable: "species:y" }],
      owns: [{ sbml: "x", unit: "1", nominal: 1 }],
      ...TIGHT,
    }),
    singleState("follower", { name: "y", initial: 1 }, ["minus", ["divide", 2, ["plus", 1, "x"]], "y"], {
      x: "species:x",
    }),
  ],
  t1: 2,
  states: ["species:x", "species:y"],
  reference: (times) => dividing(times),
};

/** By Runge-Kutta in pieces: each division is met by a Newton step on the length of the last step. */
function dividing(times: readonly number[]): number[][] {
  const f = (_t: number, [x = 0, y = 0]: readonly number[]) => [y * x, 2 / (1 + x) - y];
  const h = 1e-4;
  let [t, x] = [0, [1, 1]];
  return times.map((end) => {
    while (t < end) {
      const dt = Math.min(h, end - t);
      const next = rungeKuttaStep(f, t, x, dt);
      if ((next[0] ?? 0) < THRESHOLD) [t, x] = [t + dt, next];
      else {
        let share = dt;
        for (let k = 0; k < 50; k++) {
          const there = rungeKuttaStep(f, t, x, share);
          share += (THRESHOLD - (there[0] ?? 0)) / (f(0, there)[0] ?? 1);
        }
        const there = rungeKuttaStep(f, t, x, share);
        [t, x] = [t + share, [(there[0] ?? 0) / 2, there[1] ?? 0]];
      }
    }
    return x;
  });
}
