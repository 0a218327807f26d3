/**
 * FGFR, AKT, and AKT and MEK inhibitors under each ligand, in MCF7: log2 changes of sites against no drug, an hour after
 * the ligand. With a folder, also the time courses: a figure an inhibitor, a row a ligand, the three arms and what
 * HPN-DREAM measured.
 *
 *     npx tsx examples/breast/inhibitors-by-ligand.ts [FOLDER]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { columnOf, conditionsFigure, defineScenario, runScenario } from "cellweave";

const ligands = ["EGF", "NRG1", "FGF1", "HGF", "IGF1", "Insulin", "Serum"];
const treatments: Record<string, Record<string, number>> = {
  FGFR: { PD173074: 1000 }, // nmol/L
  AKT: { GSK690693: 250 },
  "AKT+MEK": { GSK690693: 250, GSK1120212: 100 },
};
const sites = ["AKT_pS473", "PRAS40_pT246", "MAPK_pT202_Y204", "S6_pS235_S236"];
const table = "../../../shared/data/hpn-dream/MD-MCF7.csv"; // drawn where it lies beside the repository

const scenarioOf = (ligand: string, drugs: Record<string, number>) => ({
  scenario: "inhibitors-by-ligand",
  cell: "../../models/breast/breast.cell.yaml",
  line: "MCF7",
  compare: "nothing" as const,
  medium: drugs,
  perturbations: [{ medium: ligand, set: 1, at: 0 }],
});

async function levels(ligand: string, drugs: Record<string, number>): Promise<number[]> {
  const time = { from: -2, to: 1, points: 2 };
  const scenario = defineScenario({ ...scenarioOf(ligand, drugs), time, arms: ["hybrid"] }, import.meta.url);
  const [arm] = (await runScenario(scenario)).arms;
  if (arm?.trajectory.status.code !== "done") throw new Error(arm?.trajectory.status.message ?? "no arm");
  return sites.map((site) => columnOf(arm.trajectory, `phospho:${site}`)?.at(-1) ?? Number.NaN);
}

/** The three arms over four hours, with what was measured. */
function course(ligand: string, drugs: Record<string, number>) {
  const scenario = defineScenario(
    {
      ...scenarioOf(ligand, drugs),
      time: { from: -2, to: 4, points: 121 },
      observables: sites.map((site) => `phospho:${site}`),
      data: [{ midas: table, stimulus: ligand, inhibitors: Object.keys(drugs), optional: true }],
    },
    import.meta.url,
  );
  return runScenario(scenario);
}

console.log(`${"ligand".padEnd(10)}${"inhibited".padEnd(10)}${sites.map((site) => site.padStart(17)).join("")}`);
for (const ligand of ligands) {
  const untreated = await levels(ligand, {});
  for (const [name, drugs] of Object.entries(treatments)) {
    const changes = (await levels(ligand, drugs)).map((level, i) => Math.log2(level / (untreated[i] ?? Number.NaN)));
    console.log(ligand.padEnd(10) + name.padEnd(10) + changes.map((change) => change.toFixed(2).padStart(17)).join(""));
  }
}

const folder = process.argv[2];
if (folder !== undefined && process.argv[1]?.endsWith("inhibitors-by-ligand.ts") === true) {
  mkdirSync(folder, { recursive: true });
  for (const [name, drugs] of Object.entries(treatments)) {
    const rows = [];
    for (const ligand of ligands) rows.push({ label: ligand, result: await course(ligand, drugs) });
    const doses = Object.entries(drugs).map(([drug, dose]) => `${drug} ${dose} nmol/L`);
    const subtitle = `${doses.join(", ")} for two hours, then the ligand; relative to the untreated start`;
    const { svg } = conditionsFigure(
      rows,
      `MCF7, ${name.replace("+", " and ")} inhibited, under each ligand`,
      subtitle,
    );
    writeFileSync(join(folder, `${name}.svg`), svg);
  }
}
