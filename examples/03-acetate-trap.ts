/**
 * A coupling of one's own: an immobilised enzyme in the medium takes acetate away, and the ledger says how much.
 *
 *     npx tsx examples/03-acetate-trap.ts
 */
import { type CellModule, columnOf, defineScenario, OK, runScenario } from "cellweave";

/** Michaelis-Menten removal of acetate, independent of the cells: vmax in mmol/L/h, km in mmol/L. */
function acetateTrap(vmax: number, km: number): CellModule {
  return {
    id: "trap",
    owns: [{ id: "flux:trap", kind: "flux", unit: "mmol/L/h", role: "output", initial: 0, nominal: 1 }],
    reads: ["pool:ac_e"],
    // The rate depends on what it drains, so the medium gets its slope too and integrates the drain implicitly.
    adds: [{ target: "pool:ac_e", feedback: ["pool:ac_e"] }],
    accepts: () => false,
    apply() {},
    evaluate({ reads, owned, rates, feedback }) {
      const [acetate = 0] = reads;
      owned[0] = (vmax * acetate) / (km + acetate);
      rates[0] = -owned[0];
      feedback[0] = (-vmax * km) / (km + acetate) ** 2;
      return OK;
    },
    advance: () => OK,
    interpolate() {},
    snapshot: () => null,
    restore() {},
    dispose() {},
  };
}

const scenario = defineScenario(
  {
    scenario: "acetate-trap",
    cell: "../models/ecoli/ecoli.cell.yaml",
    time: { to: 10, points: 101 },
    arms: ["hybrid"],
    regulator: "ridge",
  },
  import.meta.url,
);

for (const vmax of [0, 1, 4]) {
  const { arms } = await runScenario(scenario, { couplings: [() => acetateTrap(vmax, 0.5)] });
  const trajectory = arms[0]?.trajectory;
  if (trajectory?.status.code !== "done") throw new Error(trajectory?.status.message ?? "no arm");
  const most = Math.max(...(columnOf(trajectory, "pool:ac_e") ?? [Number.NaN]));
  const entry = trajectory.ledger.find(({ variable, module }) => variable === "pool:ac_e" && module === "trap");
  const trapped = -(entry?.moved ?? Number.NaN);
  console.log(
    `trap of ${vmax} mmol/L/h: acetate peaks at ${most.toFixed(2)} mmol/L, trapped ${trapped.toFixed(2)} mmol/L`,
  );
}
