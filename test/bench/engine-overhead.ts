/**
 * What a macro-step costs without the modules' own work: 70 modules that own 5,000 variables, read 20 each and add
 * rates to each other. Run with `npx tsx test/bench/engine-overhead.ts`.
 */
import { composeCell } from "../../src/cell/compose.ts";
import type { CellModule } from "../../src/cell/module.ts";
import { OK } from "../../src/cell/status.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { state } from "../support/toys.ts";

const MODULES = 70;
const VARIABLES = 5000;
const STEPS = 2000;

function idle(k: number): CellModule {
  const count = Math.floor(((k + 1) * VARIABLES) / MODULES) - Math.floor((k * VARIABLES) / MODULES);
  const other = (step: number, i: number) => `${(k + step) % MODULES}:${i}`;
  return {
    id: String(k).padStart(2, "0"),
    owns: Array.from({ length: count }, (_, i) => state(`${k}:${i}`, 1)),
    reads: Array.from({ length: 20 }, (_, i) => other(1 + i, i)),
    adds: Array.from({ length: 5 }, (_, i) => ({ target: other(2, i), feedback: [other(2, i)] })),
    accepts: () => false,
    apply() {},
    evaluate: () => OK,
    advance: () => OK,
    interpolate() {},
    snapshot: () => null,
    restore() {},
    dispose() {},
  };
}

const cell = composeCell(Array.from({ length: MODULES }, (_, k) => idle(k)));
const options = { t0: 0, output: Float64Array.of(0), initialStep: 1, maxStep: 1 };
await simulate(cell, { ...options, t1: 200 });
const before = process.cpuUsage();
const { statistics } = await simulate(cell, { ...options, t1: STEPS });
const { user, system } = process.cpuUsage(before);
console.log(`${MODULES} modules, ${cell.variables.length} variables, ${statistics.steps} macro-steps`);
console.log(`${((user + system) / 1000 / statistics.steps).toFixed(3)} ms of processor time a macro-step`);
