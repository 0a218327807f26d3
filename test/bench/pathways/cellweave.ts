import { readFileSync } from "node:fs";
import type { Simulation } from "../../../src/pathway/simulate.ts";
import { type Simulator, simulator } from "../../../src/pathway/simulator.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import type { Contender, Task } from "./contender.ts";
import { spentOn } from "./measure.ts";

/** This project, in the process of the benchmark. */
export function cellweave(): Contender {
  let model: Simulator | undefined;
  let knob = "";
  const run = (task: Task, values?: ReadonlyMap<string, number>): Simulation => {
    const simulation = model?.run(task, values);
    if (simulation === undefined) throw new Error("no model is loaded");
    if (!simulation.status.ok) throw new Error(simulation.status.message);
    return simulation;
  };
  return {
    name: "Cellweave",
    async load(file, adjustable) {
      knob = adjustable;
      const { spent } = await spentOn(() => {
        const document = readSbml(readFileSync(file, "utf8"), { file });
        model = simulator(document, adjustable === "" ? [] : [adjustable]);
      });
      return spent;
    },
    async simulate(task) {
      const { spent, result } = await spentOn(() => run(task));
      const species = [...result.columns].filter(([, c]) => c.kind === "species");
      return { spent, course: new Map(species.map(([id, c]) => [id, c.values])) };
    },
    async repeat(task, count) {
      return (await spentOn(() => Array.from({ length: count }, () => run(task).status.ok))).spent;
    },
    async scan(task, values) {
      const last = () => values.map((value) => run(task, new Map([[knob, value]])).times.length);
      return (await spentOn(last)).spent;
    },
    async close() {},
  };
}
