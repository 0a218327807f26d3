import { runBatch } from "../../numerics/sundials/batch.ts";
import type { Solver } from "../../numerics/sundials/solver-types.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import type { SolverCode } from "../code/solver-code.ts";
import type { NativeOptions } from "./native-options.ts";
import type { OutputTable } from "./output-table.ts";
import { volumeSlots } from "./tolerances.ts";

/** Table indices of what the start of a run calls, by table of output. */
const known = new WeakMap<OutputTable, readonly number[]>();

/** Whether runs need nothing from JavaScript but events, and these seldom. */
export function batchable({ network, memory }: CompiledPathway): boolean {
  const draws = memory.modules.some(({ hosts }) => hosts.some((name) => name.includes("/")));
  return network.residuals.length === 0 && !draws;
}

/**
 * Runs one after the other that start from the pathway's start values but for some slots, as far as nothing happens
 * that WebAssembly alone can't do: an event, or a failure. Ends go to `out`, shape [runs, select].
 * @param values shape [runs, changed]
 * @returns runs made
 */
export function nativeBatch(
  pathway: CompiledPathway,
  solver: Solver,
  code: SolverCode,
  table: OutputTable,
  { t0, t1, rtol, atol, maxSteps }: NativeOptions,
  changed: readonly number[],
  values: Float64Array,
  out: Float64Array,
): number {
  const { call, width } = table.observer;
  const setup = {
    ...{ solver, t0, t1, rtol, atol, maxSteps, changed, width },
    image: pathway.startValues.image,
    volumes: volumeSlots(pathway),
    truth: pathway.events.map((e) => Number(e.initialValue)),
    preparations: preparations(pathway, code, table),
    observe: call,
    selected: table.selected,
  };
  return runBatch(pathway.memory.sundials, setup, values, out);
}

function preparations(pathway: CompiledPathway, code: SolverCode, table: OutputTable): readonly number[] {
  const found = known.get(table);
  if (found !== undefined) return found;
  const { memory, beginning } = pathway;
  const calls = [...beginning, code.preparation, table.observer.preparation];
  const indices = calls.map((call) => memory.sundials.addWasm(call));
  memory.keep({ [Symbol.dispose]: () => indices.forEach(memory.sundials.removeFunction) });
  known.set(table, indices);
  return indices;
}
