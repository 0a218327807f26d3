import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf } from "../../src/engine/trajectory.ts";
import type { ArmName } from "../../src/scenario/arms/arm.ts";
import { composeArm, disposeArm, startOf } from "../../src/scenario/arms/arm-cell.ts";
import { recordInputs } from "../../src/scenario/documents/files.ts";
import { nodeFiles } from "../../src/scenario/documents/files-node.ts";
import { readCell } from "../../src/scenario/world.ts";

/** Amounts by pool. */
export type Amounts = Readonly<Record<string, number>>;

/** Time course of a shipped line at the minutes asked for: drugs two hours before the ligands. */
export async function breastLine(line: string, arm: ArmName = "mechanistic") {
  const file = fileURLToPath(new URL(`../../models/breast/${line}/breast.cell.yaml`, import.meta.url));
  const world = await readCell(readFileSync(file, "utf8"), file, recordInputs(nodeFiles), undefined);
  const composed = await composeArm(arm, world, []);
  const { cell } = composed;
  return {
    dispose: () => disposeArm(composed),
    async run(drugs: Amounts, ligands: Amounts, minutes: readonly number[]) {
      const pools = (amounts: Amounts) => Object.entries(amounts).map(([id, value]) => [`pool:${id}`, value] as const);
      const trajectory = await simulate(cell, {
        t0: -2,
        t1: Math.max(...minutes) / 60,
        output: Float64Array.from(minutes, (t) => t / 60),
        start: startOf(cell, new Map(pools(drugs))),
        jumps: pools(ligands).map(([variable, value]) => ({ variable, value, at: 0 })),
        rtol: 1e-3,
        atol: 1e-5,
      });
      if (trajectory.status.code !== "done") throw new Error(trajectory.status.message);
      return (id: string): Float64Array => {
        const column = columnOf(trajectory, id);
        if (column === undefined) throw new Error(`no variable ${id}`);
        return column;
      };
    },
  };
}
