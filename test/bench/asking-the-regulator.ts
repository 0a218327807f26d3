/**
 * What it costs, and what it changes, to ask the regulator only where its inputs have moved: the shipped cell's hybrid
 * arm at several tolerances of the regulator against one at rtol 1e-6 that always asks.
 * Run with `npx tsx test/bench/asking-the-regulator.ts [scenario]`.
 */
import { fileURLToPath } from "node:url";
import type { Trajectory } from "../../src/engine/trajectory.ts";
import type { Files } from "../../src/scenario/documents/files.ts";
import { nodeFiles } from "../../src/scenario/documents/files-node.ts";
import { readScenario } from "../../src/scenario/documents/read-scenario-node.ts";
import { runScenario } from "../../src/scenario/run-scenario.ts";

const TOLERANCES = [0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2];
const file = process.argv[2] ?? fileURLToPath(new URL("../../examples/arcA-knockout.scenario.yaml", import.meta.url));
const scenario = await readScenario(file);

const withTolerance = (tolerance: number): Files => ({
  ...nodeFiles,
  read: async (path) => {
    const bytes = await nodeFiles.read(path);
    if (!path.endsWith(".cell.yaml")) return bytes;
    const text = new TextDecoder().decode(bytes).replace(/\n {4}tolerance: .*/, "");
    return new TextEncoder().encode(text.replace("  - regulator: regulator\n", `$&    tolerance: ${tolerance}\n`));
  },
});

async function run(tolerance: number, rtol?: number): Promise<Trajectory> {
  const options = {
    arms: ["hybrid"] as const,
    files: withTolerance(tolerance),
    ...(rtol === undefined ? {} : { rtol }),
  };
  const { arms } = await runScenario(scenario, options);
  const [arm] = arms;
  if (arm === undefined) throw new Error("no arm");
  return arm.trajectory;
}

/** Largest difference over times in units of rtol's weight, |x| + 1e-2 nominal, of states of a kind. */
function off(trajectory: Trajectory, exact: Trajectory, kinds: readonly string[]): number {
  let most = 0;
  trajectory.variables.forEach(({ kind, nominal }, i) => {
    if (!kinds.includes(kind)) return;
    trajectory.columns[i]?.forEach((x, k) => {
      const right = exact.columns[i]?.[k] ?? Number.NaN;
      most = Math.max(most, Math.abs(x - right) / (Math.abs(right) + 1e-2 * nominal));
    });
  });
  return most;
}

const exact = await run(0, 1e-6);
console.log(
  "| tolerance | asked a simulated hour | steps | regulator, s | biomass and pools | expression | activities |",
);
console.log("|---|---|---|---|---|---|---|");
for (const tolerance of TOLERANCES) {
  const trajectory = await run(tolerance);
  const { statistics, times } = trajectory;
  const asked = statistics.work.find(({ what }) => what === "questions to the regulator")?.count ?? 0;
  const hours = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const seconds = (statistics.moduleMs.get("regulator") ?? 0) / 1000;
  const errors = [["biomass", "pool"], ["expression"], ["activity"]].map((kinds) =>
    off(trajectory, exact, kinds).toExponential(1),
  );
  console.log(
    `| ${tolerance} | ${(asked / hours).toFixed(0)} | ${statistics.steps} | ${seconds.toFixed(2)} | ${errors.join(" | ")} |`,
  );
}
