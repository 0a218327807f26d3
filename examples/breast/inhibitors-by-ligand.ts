/**
 * FGFR, AKT, and AKT and MEK inhibitors under each ligand, in MCF7: log2 changes of sites against no drug, an hour after
 * the ligand.
 *
 *     npx tsx examples/breast/inhibitors-by-ligand.ts
 */
import { columnOf, defineScenario, runScenario } from "cellweave";

const ligands = ["EGF", "NRG1", "FGF1", "HGF", "IGF1", "Insulin", "Serum"];
const treatments: Record<string, Record<string, number>> = {
  FGFR: { PD173074: 1000 }, // nmol/L
  AKT: { GSK690693: 250 },
  "AKT+MEK": { GSK690693: 250, GSK1120212: 100 },
};
const sites = ["AKT_pS473", "PRAS40_pT246", "MAPK_pT202_Y204", "S6_pS235_S236"];

async function levels(ligand: string, drugs: Record<string, number>): Promise<number[]> {
  const scenario = defineScenario(
    {
      scenario: "inhibitors-by-ligand",
      cell: "../../models/breast/breast.cell.yaml",
      line: "MCF7",
      time: { from: -2, to: 1, points: 2 },
      arms: ["hybrid"],
      compare: "nothing",
      medium: drugs,
      perturbations: [{ medium: ligand, set: 1, at: 0 }],
    },
    import.meta.url,
  );
  const [arm] = (await runScenario(scenario)).arms;
  if (arm?.trajectory.status.code !== "done") throw new Error(arm?.trajectory.status.message ?? "no arm");
  return sites.map((site) => columnOf(arm.trajectory, `phospho:${site}`)?.at(-1) ?? Number.NaN);
}

console.log(`${"ligand".padEnd(10)}${"inhibited".padEnd(10)}${sites.map((site) => site.padStart(17)).join("")}`);
for (const ligand of ligands) {
  const untreated = await levels(ligand, {});
  for (const [name, drugs] of Object.entries(treatments)) {
    const changes = (await levels(ligand, drugs)).map((level, i) => Math.log2(level / (untreated[i] ?? Number.NaN)));
    console.log(ligand.padEnd(10) + name.padEnd(10) + changes.map((change) => change.toFixed(2).padStart(17)).join(""));
  }
}
