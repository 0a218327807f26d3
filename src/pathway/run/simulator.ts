import type { GraphModule } from "../../numerics/expressions/graph-module.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { compilePathway } from "../code/compile.ts";
import { withStartValues } from "../network/start-values.ts";
import type { SessionStatus } from "./session.ts";
import { fillManyPathway, fillPathway, runPathway, type SimulateOptions } from "./simulate.ts";
import type { Simulation } from "./simulation.ts";

export type RunOptions = Omit<SimulateOptions, "parameters">;

const NOTHING: ReadonlyMap<string, number> = new Map();

/** Options of a run that writes to memory. */
export type FillOptions = Omit<RunOptions, "integrator" | "amounts"> & { readonly select: readonly string[] };

/** A model compiled once and run many times, each time from its start. */
export interface Simulator {
  /**
   * One run; the same options and values give the same numbers, whatever ran before.
   * @param values start values by id, of quantities named as adjustable, and factors on the rates of such reactions;
   *   the file's, and 1, where absent
   */
  run(options: RunOptions, values?: ReadonlyMap<string, number>): Simulation;
  /**
   * The same with the selected quantities written to `out`, shape [points, select]; `points` may be 1: the end alone.
   * Times that are not reached are left alone.
   */
  fill(options: FillOptions, values: ReadonlyMap<string, number>, out: Float64Array): SessionStatus;
  /** What a quantity named as adjustable starts at in the file; 1 for a reaction. */
  startOf(id: string): number;
  /**
   * Ends of runs one after the other, as those of `fill` with one point; stops before a run that needs more than
   * WebAssembly, such as one with an event.
   * @param values of quantities named as adjustable, shape [runs, ids]
   * @param out shape [runs, select]
   * @returns runs made
   */
  fillMany(options: FillOptions, ids: readonly string[], values: Float64Array, out: Float64Array): number;
  /** What was compiled so far: another simulator of the same model, also in another thread, need not compile it again. */
  readonly modules: readonly GraphModule[];
}

/**
 * Compiles a model for many runs.
 * Throws the `sbml/...` errors of compilation, and `pathway/not-settable`.
 * @param adjustable ids of parameters, compartments, species and reactions that runs may change
 * @param modules those of a simulator of the same document with the same list
 */
export function simulator(
  document: SbmlDocument,
  adjustable: readonly string[] = [],
  modules: readonly GraphModule[] = [],
): Simulator {
  const reactions = new Set(document.reactions.map((r) => r.id));
  const gates = new Set(adjustable.filter((id) => reactions.has(id)));
  const quantities = adjustable.filter((id) => !gates.has(id));
  const pathway = compilePathway(withStartValues(document, quantities), { gates, modules });
  const slotOf = (id: string): number => pathway.network.gates.get(id) ?? pathway.symbols.get(id)?.slot ?? -1;
  const knobs = new Map(adjustable.map((id) => [id, slotOf(id)]));
  const originals = new Map([...knobs.values()].map((slot) => [slot, pathway.startValues.get(slot)]));
  const adjust = (values: ReadonlyMap<string, number>): void => {
    for (const [slot, value] of originals) pathway.startValues.set(slot, value);
    for (const [id, value] of values) {
      const slot = knobs.get(id);
      if (slot === undefined) throw new RangeError(`'${id}' was not named as adjustable`);
      pathway.startValues.set(slot, value);
    }
  };
  return {
    modules: pathway.memory.modules,
    run(options, values = new Map()) {
      adjust(values);
      return runPathway(pathway, options);
    },
    startOf: (id) => originals.get(knobs.get(id) ?? -1) ?? Number.NaN,
    fillMany(options, ids, values, out) {
      adjust(NOTHING);
      const slots = ids.map((id) => {
        const slot = knobs.get(id);
        if (slot === undefined) throw new RangeError(`'${id}' was not named as adjustable`);
        return slot;
      });
      return fillManyPathway(pathway, options, slots, values, out);
    },
    fill(options, values, out) {
      adjust(values);
      return fillPathway(pathway, options, out);
    },
  };
}
