/**
 * A sweep: the same batch under better and better aeration.
 *
 *     npx tsx examples/02-aeration-sweep.ts
 */
import { columnOf, defineScenario, runScenario } from "cellweave";

console.log("   kLa  max acetate  max formate  final biomass");
console.log(" (1/h)     (mmol/L)     (mmol/L)        (gDW/L)");
for (const kLa of [0, 10, 30, 100, 300]) {
  const scenario = defineScenario(
    {
      scenario: `aeration-${kLa}`,
      cell: "../models/ecoli/ecoli.cell.yaml",
      time: { to: 10, points: 101 },
      arms: ["hybrid"],
      regulator: "ridge",
      perturbations: [{ medium: "o2_e", kLa }],
      compare: "nothing",
    },
    import.meta.url,
  );
  const { arms } = await runScenario(scenario);
  const trajectory = arms[0]?.trajectory;
  if (trajectory?.status.code !== "done") throw new Error(trajectory?.status.message ?? "no arm");
  const most = (id: string) => Math.max(...(columnOf(trajectory, id) ?? [Number.NaN]));
  const biomass = columnOf(trajectory, "biomass")?.at(-1) ?? Number.NaN;
  const cells = [most("pool:ac_e").toFixed(2), most("pool:for_e").toFixed(2), biomass.toFixed(3)];
  console.log(String(kLa).padStart(6) + cells.map((cell, i) => cell.padStart(i === 2 ? 15 : 13)).join(""));
}
