/**
 * A screen: AKT inhibitor x MEK inhibitor in BT20, the share of S6's phosphorylation that is lost after four hours, and
 * whether the pair does more than each alone lets expect.
 *
 *     npx tsx examples/breast/combination-screen.ts [FILE.svg]
 */
import { writeFileSync } from "node:fs";
import { columnOf, defineScenario, runScenario, synergy, synergyFigure } from "cellweave";

const dosesA = [0, 30, 300, 3000];
const dosesB = [0, 0.3, 3, 30];
const ligands = ["EGF", "HGF", "Serum"];

async function s6(GSK690693: number, GSK1120212: number, ligand: string): Promise<number> {
  const scenario = defineScenario(
    {
      scenario: "screen",
      cell: "../../models/breast/breast.cell.yaml",
      line: "BT20",
      time: { from: -2, to: 4, points: 2 },
      arms: ["mechanistic"],
      compare: "nothing",
      medium: { GSK690693, GSK1120212 },
      perturbations: [{ medium: ligand, set: 1, at: 0 }],
    },
    import.meta.url,
  );
  const [arm] = (await runScenario(scenario)).arms;
  if (arm?.trajectory.status.code !== "done") throw new Error(arm?.trajectory.status.message ?? "no arm");
  return columnOf(arm.trajectory, "phospho:S6_pS240_S244")?.at(-1) ?? Number.NaN;
}

const effect: number[][][] = [];
for (const ligand of ligands) {
  const levels: number[][] = [];
  for (const a of dosesA) {
    const row: number[] = [];
    for (const b of dosesB) row.push(await s6(a, b, ligand));
    levels.push(row);
  }
  const untreated = levels[0]?.[0] ?? 1;
  effect.push(levels.map((row) => row.map((level) => Math.max(0, 1 - level / untreated))));
}
const found = synergy({ dosesA, dosesB, repeats: ligands, effect }, { resamples: 500, seed: 1 });

console.log("GSK690693  GSK1120212  excess over Bliss        over Loewe   (95 %)");
for (const [i, a] of dosesA.entries())
  for (const [j, b] of dosesB.entries()) {
    const [bliss, loewe] = [found.bliss[i]?.[j], found.loewe[i]?.[j]];
    if (i === 0 || j === 0 || bliss === undefined || loewe === undefined) continue;
    const show = ({ estimate, low, high }: typeof bliss) =>
      `${estimate.toFixed(3).padStart(8)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
    console.log(`${String(a).padStart(9)}${String(b).padStart(12)}${show(bliss)}${show(loewe)}`);
  }
const labels = {
  title: "AKT and MEK inhibitors on S6 in BT20",
  drugA: "GSK690693",
  drugB: "GSK1120212",
  dosesA,
  dosesB,
};
const file = process.argv[2];
if (file?.endsWith(".svg") === true) writeFileSync(file, synergyFigure(found, labels).svg);
