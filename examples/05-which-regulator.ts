/**
 * Is the transformer worth it here? One knockout of the same cell under several regulators, the plain ones too.
 *
 *     npx tsx examples/05-which-regulator.ts
 */
import { columnOf, defineScenario, runScenario } from "cellweave";

const SHOWN = new Map([
  ["growth", "flux:BIOMASS_Ecoli_core_w_GAM"],
  ["sdhA", "expression:b0723"],
  ["gltA", "expression:b0720"],
  ["ptsG", "expression:b1101"],
]);

console.log("crp deleted, after 4 h: against the wild type under the same regulator");
console.log(["regulator    ", ...[...SHOWN.keys()].map((name) => name.padStart(6))].join("  "));
for (const regulator of ["no-change", "mean", "stack", "kriging", "memory", "ridge", "transformer"]) {
  const scenario = defineScenario(
    {
      scenario: `crp-${regulator}`,
      cell: "../models/ecoli/ecoli.cell.yaml",
      time: { to: 4, points: 5 },
      arms: ["learned"],
      regulator,
      perturbations: [{ knockout: "crp" }],
    },
    import.meta.url,
  );
  const { arms } = await runScenario(scenario);
  const { trajectory, reference } = arms[0] ?? {};
  if (trajectory === undefined || reference === undefined || trajectory.status.code !== "done")
    throw new Error(trajectory?.status.message ?? "no arm");
  const share = (id: string): string => {
    const [changed, wild] = [trajectory, reference].map((run) => columnOf(run, id)?.at(-1) ?? Number.NaN);
    return ((changed ?? Number.NaN) / (wild ?? Number.NaN)).toFixed(2).padStart(6);
  };
  console.log([regulator.padEnd(13), ...[...SHOWN.values()].map(share)].join("  "));
}
