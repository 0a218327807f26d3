/**
 * Dose response: four hours after IGF1, what each dose of an ATP-competitive AKT inhibitor leaves of S6's phosphorylation
 * and makes of AKT's own, in MCF7.
 *
 *     npx tsx examples/breast/dose-response.ts [FILE.svg]
 */
import { writeFileSync } from "node:fs";
import { columnOf, defineScenario, runScenario, scanFigure } from "cellweave";

const doses = [0, 4, 16, 64, 256, 1024, 4096];
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
const found: number[][] = [];
for (const dose of doses) {
  const at = await levels(dose);
  found.push(at);
  console.log(String(dose).padStart(16) + at.map((level) => level.toFixed(3).padStart(16)).join(""));
}

const file = process.argv[2];
if (file?.endsWith(".svg") === true) {
  const [none = [], ...drugged] = found;
  const changes = drugged.map((row) => row.map((level, i) => Math.log2(level / (none[i] ?? Number.NaN))));
  const drawn = scanFigure({
    title: "MCF7, four hours after IGF1: log2 changes of sites by GSK690693",
    axes: [{ id: "GSK690693, nmol/L", values: doses.slice(1) }],
    result: { columns: sites, times: Float64Array.of(4), rows: Float64Array.from(changes.flat()) },
  });
  if (drawn !== undefined) writeFileSync(file, drawn.svg);
}
