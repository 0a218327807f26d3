/**
 * Dose response: four hours after IGF1, what each dose of an ATP-competitive AKT inhibitor leaves of S6's phosphorylation
 * and makes of AKT's own, in MCF7.
 *
 *     npx tsx examples/breast/dose-response.ts
 */
import { columnOf, defineScenario, runScenario } from "cellweave";

const doses = [0, 10, 30, 100, 300, 1000, 3000];
const sites = ["AKT_pS473", "PRAS40_pT246", "S6_pS235_S236"];

async function levels(GSK690693: number): Promise<number[]> {
  const scenario = defineScenario(
    {
      scenario: "dose-response",
      cell: "../../models/breast/breast.cell.yaml",
      line: "MCF7",
      time: { from: -2, to: 4, points: 2 },
      arms: ["hybrid"],
      compare: "nothing",
      medium: { GSK690693 },
      perturbations: [{ medium: "IGF1", set: 1, at: 0 }],
    },
    import.meta.url,
  );
  const [arm] = (await runScenario(scenario)).arms;
  if (arm?.trajectory.status.code !== "done") throw new Error(arm?.trajectory.status.message ?? "no arm");
  return sites.map((site) => columnOf(arm.trajectory, `phospho:${site}`)?.at(-1) ?? Number.NaN);
}

console.log(`GSK690693 nmol/L${sites.map((site) => site.padStart(16)).join("")}`);
for (const dose of doses) {
  const found = await levels(dose);
  console.log(String(dose).padStart(16) + found.map((level) => level.toFixed(3).padStart(16)).join(""));
}
