import type { CoupledProblem } from "./problem.ts";
import { rungeKutta } from "./runge-kutta.ts";
import { singleState } from "./single-state.ts";

/** Lotka and Volterra, prey and predator each a module; swings for ever. */
export const predatorPrey: CoupledProblem = {
  name: "ODE + ODE: predator and prey",
  modules: () => [
    singleState("prey", { name: "x", initial: 1 }, ["times", "x", ["minus", 1, "y"]], { y: "species:y" }),
    singleState("predator", { name: "y", initial: 0.5 }, ["times", "y", ["minus", "x", 1]], { x: "species:x" }),
  ],
  t1: 4,
  states: ["species:x", "species:y"],
  reference: (times) => rungeKutta((_t, [x = 0, y = 0]) => [x * (1 - y), y * (x - 1)], [1, 0.5], times, 2e-4),
};

/** Two species that relax towards what the other asks for. */
export const thermostat: CoupledProblem = {
  name: "ODE + ODE: relaxing to each other",
  modules: () => [
    singleState("fast", { name: "x", initial: 2 }, ["times", 5, ["minus", ["divide", 1, ["plus", 1, "y"]], "x"]], {
      y: "species:y",
    }),
    singleState("slow", { name: "y", initial: 0 }, ["minus", ["times", 3, "x"], "y"], { x: "species:x" }),
  ],
  t1: 4,
  states: ["species:x", "species:y"],
  reference: (times) => rungeKutta((_t, [x = 0, y = 0]) => [5 * (1 / (1 + y) - x), 3 * x - y], [2, 0], times, 2e-4),
};
