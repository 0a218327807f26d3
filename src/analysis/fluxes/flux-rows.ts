import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
import type { FluxTask } from "./flux-task.ts";

/** One predictor's fluxes, divided by its own glucose uptake. */
export interface FluxEntry {
  readonly name: string;
  /** Of each strain, shape [reactions]. */
  readonly predicted: readonly Float64Array[];
}

export interface FluxRow {
  readonly name: string;
  /** Root mean squared error over all strains and reactions; its interval by bootstrap over strains. */
  readonly rmse: Interval;
  /** That less the training mean's; paired by strain. */
  readonly excess: Interval;
  /** Of each strain. */
  readonly byStrain: Float64Array;
}

/** What nobody needs a model for: the wild type's fluxes, and the mean of the other strains. */
export function plainEntries({ measured, reference }: FluxTask): FluxEntry[] {
  return [
    { name: "no change", predicted: measured.map(() => reference) },
    { name: "mean of the other strains", predicted: measured.map((_, s) => meanOfOthers(measured, s)) },
  ];
}

function meanOfOthers(strains: readonly Float64Array[], strain: number): Float64Array {
  const others = strains.filter((_, s) => s !== strain);
  const mean = new Float64Array(strains[strain]?.length ?? 0);
  return mean.map((_, i) => others.reduce((sum, fluxes) => sum + (fluxes[i] ?? 0), 0) / others.length);
}

/**
 * A predictor as it is; its change from its own wild type added to the measured one; and what sets a strain apart from
 * the others in it, added to the others' measured mean.
 */
export function threeWays(
  task: FluxTask,
  { name, predicted }: FluxEntry,
  wildType: Float64Array,
): [FluxEntry, FluxEntry, FluxEntry] {
  const shifted = (fluxes: Float64Array, from: Float64Array, to: Float64Array) =>
    to.map((v, i) => v + (fluxes[i] ?? 0) - (from[i] ?? 0));
  return [
    { name, predicted },
    {
      name: `${name}: change, on the measured wild type`,
      predicted: predicted.map((fluxes) => shifted(fluxes, wildType, task.reference)),
    },
    {
      name: `${name}: difference from the others, on their mean`,
      predicted: predicted.map((fluxes, s) =>
        shifted(fluxes, meanOfOthers(predicted, s), meanOfOthers(task.measured, s)),
      ),
    },
  ];
}

/** @param entries the second is the baseline that others are compared with */
export function fluxRows(task: FluxTask, entries: readonly FluxEntry[], options: BootstrapOptions): FluxRow[] {
  const squares = entries.map(({ predicted }) => predicted.map((fluxes, s) => meanSquare(fluxes, task.measured[s])));
  const baseline = squares[1] ?? [];
  const rms = (values: readonly number[], strains: readonly number[]) =>
    Math.sqrt(strains.reduce((sum, s) => sum + (values[s] ?? 0), 0) / strains.length);
  return entries.map(({ name }, k) => {
    const own = squares[k] ?? [];
    return {
      name,
      rmse: clusterBootstrap(task.strains, (strains) => rms(own, strains), options),
      excess: clusterBootstrap(task.strains, (strains) => rms(own, strains) - rms(baseline, strains), options),
      byStrain: Float64Array.from(own, Math.sqrt),
    };
  });
}

function meanSquare(predicted: Float64Array, measured: Float64Array | undefined): number {
  return predicted.reduce((sum, v, i) => sum + (v - (measured?.[i] ?? 0)) ** 2, 0) / predicted.length;
}
