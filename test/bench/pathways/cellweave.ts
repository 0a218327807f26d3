import { readFileSync } from "node:fs";
import type { Simulation } from "../../../src/pathway/run/simulation.ts";
import { type Simulator, simulator } from "../../../src/pathway/run/simulator.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import type { Contender, Task } from "./contender.ts";
import { spentOn } from "./measure.ts";

/** As many as the others are given. */
const MOST_STEPS = 1_000_000;
/** Threads of a scan. */
const THREADS = 2;

/** Threads start from the built package alone: `npm run build` first. */
async function built(): Promise<typeof import("../../../src/pathway/scan/scan-node.ts")> {
  return await import(new URL("../../../dist/pathway/scan/scan-node.js", import.meta.url).href);
}

/** This project, in the process of the benchmark; scans on two threads, which are started before the clock is. */
export function cellweave(): Contender {
  let model: Simulator | undefined;
  let [knob, text, source] = ["", "", ""];
  let species: readonly string[] = [];
  const run = (task: Task, values?: ReadonlyMap<string, number>): Simulation => {
    const simulation = model?.run({ ...task, maxSteps: MOST_STEPS, select: species, amounts: false }, values);
    if (simulation === undefined) throw new Error("no model is loaded");
    if (!simulation.status.ok) throw new Error(simulation.status.message);
    return simulation;
  };
  return {
    name: "Cellweave",
    async load(file, adjustable) {
      knob = adjustable;
      source = file;
      const { spent } = await spentOn(() => {
        text = readFileSync(file, "utf8");
        const document = readSbml(text, { file });
        species = document.species.map((s) => s.id);
        model = simulator(document, adjustable === "" ? [] : [adjustable]);
      });
      return spent;
    },
    async simulate(task) {
      const { spent, result } = await spentOn(() => run(task));
      return { spent, course: new Map([...result.columns].map(([id, c]) => [id, c.values])) };
    },
    async repeat(task, count) {
      return (await spentOn(() => Array.from({ length: count }, () => run(task).status.ok))).spent;
    },
    async scan({ points, ...task }, values) {
      const axes = [{ id: knob, values }];
      const { openScanner } = await built();
      await using scanner = await openScanner(text, source, { axes, knockouts: [], run: task }, THREADS);
      const { spent, result } = await spentOn(() => scanner.run());
      if (result.failures.size > 0) throw new Error(`${result.failures.size} runs of ${points} points failed`);
      return spent;
    },
    async close() {},
  };
}
