/**
 * A loop: one gene after another is knocked out, and the strains are compared.
 *
 *     npx tsx examples/01-knockouts.ts
 */
import { columnOf, defineScenario, runScenario, type ScenarioSpec } from "cellweave";

const base: ScenarioSpec = {
  scenario: "knockouts",
  cell: "../models/ecoli/ecoli.cell.yaml",
  time: { to: 10, points: 101 },
  arms: ["hybrid"],
  regulator: "ridge",
  compare: "nothing",
};

console.log("strain      max acetate  final biomass");
console.log("              (mmol/L)       (gDW/L)");
for (const gene of [undefined, "pgi", "pta", "sdhA", "zwf"]) {
  const perturbations = gene === undefined ? [] : [{ knockout: gene }];
  const { arms } = await runScenario(defineScenario({ ...base, perturbations }, import.meta.url));
  const trajectory = arms[0]?.trajectory;
  if (trajectory?.status.code !== "done") throw new Error(trajectory?.status.message ?? "no arm");
  const acetate = Math.max(...(columnOf(trajectory, "pool:ac_e") ?? []));
  const biomass = columnOf(trajectory, "biomass")?.at(-1) ?? Number.NaN;
  const strain = gene === undefined ? "wild type" : `Δ${gene}`;
  console.log(`${strain.padEnd(12)}${acetate.toFixed(2).padStart(10)}${biomass.toFixed(3).padStart(14)}`);
}
