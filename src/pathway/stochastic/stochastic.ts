import type { ModuleStatus } from "../../cell/status.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { type CompiledPathway, compilePathway } from "../code/compile.ts";
import { TIME_SLOT } from "../symbols.ts";
import { channelsOf } from "./channels.ts";
import { JumpProcess } from "./jump-process.ts";

export interface StochasticOptions {
  readonly t0?: number;
  readonly t1: number;
  /** Output times, evenly spaced, both ends included. */
  readonly points: number;
  readonly seed: number;
  /** Jumps before the run ends, default 100,000,000. */
  readonly maxJumps?: number;
}

export interface StochasticModelOptions {
  /** Values in place of the file's, by parameter id. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** Molecules in one unit of the model's amounts; the file's amounts are rounded to whole molecules. Default 1, unrounded. */
  readonly molecules?: number;
}

/** Called at each output time with its number; quantities are in the pathway's memory. */
export type OnPoint = (index: number, t: number) => void;

export interface StochasticModel {
  readonly pathway: CompiledPathway;
  /** One exact run. Failures: `out-of-range` for a negative rate, `too-many-steps`, `failed` for endless events. */
  run(options: StochasticOptions, onPoint: OnPoint): ModuleStatus;
}

/**
 * An SBML model as a jump process in amounts, simulated exactly by the next reaction method. Throws the `sbml/...` errors of compilation, and `sbml/unsupported` for models that are not all jumps.
 * @see Gibson, Bruck 2000, doi:10.1021/jp993732q
 */
export function stochasticModel(
  document: SbmlDocument,
  { parameters, molecules }: StochasticModelOptions = {},
): StochasticModel {
  const pathway = compilePathway(document, {
    singleRates: true,
    ...(parameters === undefined ? {} : { parameters }),
  });
  pathway.initialise(0);
  const channels = channelsOf(pathway);
  const process = (seed: number): JumpProcess => {
    const jumps = new JumpProcess(pathway, channels, seed, molecules);
    if (molecules !== undefined) jumps.round();
    return jumps;
  };
  return { pathway, run: (options, onPoint) => run(pathway, process, options, onPoint) };
}

function run(
  pathway: CompiledPathway,
  start: (seed: number) => JumpProcess,
  options: StochasticOptions,
  onPoint: OnPoint,
): ModuleStatus {
  const { t0 = 0, t1, points, seed, maxJumps = 100_000_000 } = options;
  let point = 0;
  const timeOf = (i: number): number => (i === points - 1 ? t1 : t0 + ((t1 - t0) * i) / (points - 1));
  /** Output times before a moment see the state that held until then. */
  const emitBefore = (to: number): void => {
    for (; point < points && timeOf(point) < to; point++) {
      pathway.values[TIME_SLOT] = timeOf(point);
      pathway.observe();
      onPoint(point, timeOf(point));
    }
  };
  pathway.initialise(t0);
  const process = start(seed);
  process.t = t0;
  const begun = process.begin();
  if (!begun.ok) return begun;
  const status = process.advance(t1, maxJumps, { before: emitBefore });
  if (status.ok) emitBefore(Number.POSITIVE_INFINITY);
  return status;
}
