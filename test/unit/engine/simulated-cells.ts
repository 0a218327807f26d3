import type { Cell } from "../../../src/cell/cell.ts";
import type { SimulateOptions } from "../../../src/engine/options.ts";
import { simulate } from "../../../src/engine/simulate.ts";
import { columnOf, type Trajectory } from "../../../src/engine/trajectory.ts";
import { algebraModule, odeModule, output, state } from "../../support/toys.ts";

export const clock = () => odeModule({ id: "clock", owns: [state("A", 0)], f: (_t, _x, _r, dx) => dx.fill(1) });
export const relax = (k: number) =>
  odeModule({
    id: "relax",
    owns: [state("x", 0)],
    reads: ["u"],
    inner: 1 / (2 * k),
    f: (_t, x, r, dx) => {
      dx[0] = k * ((r[0] ?? 0) - (x[0] ?? 0));
    },
  });
export const sine = () =>
  algebraModule({
    id: "sine",
    reads: [],
    owns: [output("u")],
    f: ({ t, out }) => {
      out[0] = Math.sin(t);
    },
  });

export const run = (cell: Cell, t1: number, more: Partial<SimulateOptions> = {}) =>
  simulate(cell, { t0: 0, t1, output: Float64Array.of(0, t1), ...more });
export const last = (trajectory: Trajectory, id: string) => columnOf(trajectory, id)?.at(-1) ?? Number.NaN;
