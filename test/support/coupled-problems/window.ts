import type { CoupledProblem } from "./problem.ts";
import { rungeKutta } from "./runge-kutta.ts";
import { singleState } from "./single-state.ts";

/** A parameter changes for a while; both ends of the window are no multiples of any step. */
export const windowed: CoupledProblem = {
  name: "window: a parameter for a while",
  modules: () => [
    singleState("driven", { name: "x", initial: 1 }, ["minus", ["times", "k", "y"], "x"], { y: "species:y" }, { k: 1 }),
    singleState("driving", { name: "y", initial: 0.5 }, ["minus", ["divide", 2, ["plus", 1, "x"]], "y"], {
      x: "species:x",
    }),
  ],
  edits: [
    { edit: { kind: "parameter", module: "driven", parameter: "k", value: 4 }, from: Math.SQRT1_2, to: Math.E / 2 },
  ],
  t1: 2,
  states: ["species:x", "species:y"],
  reference: (times) => {
    const edges = [Math.SQRT1_2, Math.E / 2];
    const all = [...new Set([...times, ...edges])].sort((a, b) => a - b);
    const f =
      (k: number) =>
      (_t: number, [x = 0, y = 0]: readonly number[]) => [k * y - x, 2 / (1 + x) - y];
    let [t, x] = [0, [1, 0.5]];
    const found = new Map<number, number[]>();
    for (const end of all) {
      const k = t >= (edges[0] ?? 0) && t < (edges[1] ?? 0) ? 4 : 1;
      x = rungeKutta(f(k), x, [end - t], 2e-4)[0] ?? x;
      t = end;
      found.set(end, x);
    }
    return times.map((time) => found.get(time) ?? []);
  },
};
