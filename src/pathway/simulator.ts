import type { SbmlDocument } from "../sbml/document.ts";
import { compilePathway } from "./compile.ts";
import { runPathway, type SimulateOptions, type Simulation } from "./simulate.ts";
import { withStartValues } from "./start-values.ts";

export type RunOptions = Omit<SimulateOptions, "parameters">;

/** A model compiled once and run many times, each time from its start. */
export interface Simulator {
  /**
   * One run; the same options and values give the same numbers, whatever ran before.
   * @param values start values by id, of quantities named as adjustable; the file's where absent
   */
  run(options: RunOptions, values?: ReadonlyMap<string, number>): Simulation;
}

/**
 * Compiles a model for many runs.
 * Throws the `sbml/...` errors of compilation, and `pathway/not-settable`.
 * @param adjustable ids of parameters, compartments and species whose start values runs may change
 */
export function simulator(document: SbmlDocument, adjustable: readonly string[] = []): Simulator {
  const pathway = compilePathway(withStartValues(document, adjustable));
  const knobs = new Map(adjustable.map((id) => [id, pathway.symbols.get(id)?.slot ?? -1]));
  const originals = new Map([...knobs.values()].map((slot) => [slot, pathway.startValues.get(slot) ?? 0]));
  return {
    run(options, values = new Map()) {
      for (const [slot, value] of originals) pathway.startValues.set(slot, value);
      for (const [id, value] of values) {
        const slot = knobs.get(id);
        if (slot === undefined) throw new RangeError(`'${id}' was not named as adjustable`);
        pathway.startValues.set(slot, value);
      }
      return runPathway(pathway, options);
    },
  };
}
