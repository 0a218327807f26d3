import type { CellModule } from "../../../src/cell/module.ts";
import { regulatorModule } from "../../../src/regulation/module/regulator-module.ts";
import type { Regulator } from "../../../src/regulation/regulator.ts";
import type { CoupledProblem } from "./problem.ts";
import { rungeKutta } from "./runge-kutta.ts";
import { singleState } from "./single-state.ts";

/** 1/h. */
export const DEGRADATION = 0.7;
const target = (signal: number) => 1.5 * Math.sin(signal) - 0.4 * signal;

/** A regulator whose answer is a smooth, non-linear function of one effector. */
const sineRegulator = (): Regulator => ({
  name: "sine",
  names: { activities: [], environment: [], effectors: ["signal"], genes: ["b0001"], expression: ["b0001"] },
  reference: { activity: new Float64Array(0), environment: new Float64Array(0) },
  predict: (inputs, outputs) => {
    outputs.log2Expression[0] = target(inputs.effector[0] ?? 0);
  },
  dispose() {},
});

/** A gene whose expression follows a variable of the cell. */
export const learned = (variable: string): CellModule =>
  regulatorModule({
    id: "regulator",
    regulator: sineRegulator(),
    degradation: DEGRADATION,
    accuracy: 1e-10,
    effectors: [{ effector: "signal", variable, reference: 1, floor: 0.1 }],
  });

/** What expression tends to at a level of the effector. */
export const expressionAt = (x: number): number => 2 ** target(Math.log2((x + 0.1) / 1.1));

/** A species makes a gene's expression, which makes the species. */
export const learnedLoop: CoupledProblem = {
  name: "ODE + learned: a gene and its effector",
  modules: () => [
    singleState("maker", { name: "x", initial: 2 }, ["minus", "e", "x"], { e: "expression:b0001" }),
    learned("species:x"),
  ],
  t1: 4,
  states: ["species:x", "expression:b0001"],
  reference: (times) =>
    rungeKutta((_t, [x = 0, e = 0]) => [e - x, DEGRADATION * (expressionAt(x) - e)], [2, 1], times, 2e-4),
};
