import type { CellModule } from "../../src/cell/module.ts";
import type { SimulateOptions } from "../../src/engine/options.ts";
import type { Trajectory } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium/medium.ts";
import { algebraModule, drainModule, odeModule, output, state } from "./toys.ts";

/** A strain that grows on a pool, senses it, and is told the time: every kind of wire at once. */
export function modules(): CellModule[] {
  const medium = mediumModule({
    pools: [{ variable: "pool:s", initial: 2, transfer: { kLa: 0.3, saturation: 1 } }],
    biomass: { initial: 0.1 },
  });
  const uptake = algebraModule({
    id: "uptake",
    reads: ["pool:s", "biomass", "x"],
    owns: [output("flux:u")],
    adds: [
      { target: "pool:s", feedback: ["pool:s", "biomass"] },
      { target: "biomass", feedback: ["pool:s", "biomass"] },
    ],
    f({ r, out, rates, slopes }) {
      const [s, b, x] = [r[0] ?? 0, r[1] ?? 0, r[2] ?? 0];
      const u = (3 * (1 + x) * s) / (0.2 + s);
      const du = (0.6 * (1 + x)) / (0.2 + s) ** 2;
      out[0] = u;
      rates.set([-u * b, 0.3 * u * b]);
      slopes.set([-du * b, -u, 0.3 * du * b, 0.3 * u]);
    },
    regime: (_t, r) => ((r[0] ?? 0) > 0.5 ? "rich" : "poor"),
  });
  const sense = odeModule({
    id: "sense",
    owns: [state("x", 0), state("y", 0.5)],
    reads: ["flux:u"],
    f: (_t, x, r, dx) => {
      dx[0] = 2 * ((r[0] ?? 0) / 3 - (x[0] ?? 0)) - (x[1] ?? 0) * 0.1;
      dx[1] = (x[0] ?? 0) - (x[1] ?? 0);
    },
  });
  return [medium, uptake, sense, drainModule({ id: "leak", pool: "pool:s", rate: (s) => 0.1 * s, slope: () => 0.1 })];
}

export const options: SimulateOptions = {
  t0: 0,
  t1: 3,
  rtol: 1e-3,
  output: Float64Array.from({ length: 31 }, (_, i) => i / 10),
  edits: [
    { edit: { kind: "parameter", module: "medium", parameter: "pool:s.saturation", value: 2 }, from: 0.7, to: 1.9 },
    { edit: { kind: "clamp", variable: "y", value: 0.2 }, from: 1.2, to: 1.5 },
  ],
  jumps: [{ variable: "pool:s", value: 3, at: 2.2 }],
};

/** A trajectory without what the clock says. */
export const lasting = ({ statistics, ...rest }: Trajectory) => ({
  ...rest,
  counts: [statistics.steps, statistics.rejected, statistics.evaluations],
});
