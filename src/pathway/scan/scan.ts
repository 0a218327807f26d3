import { CellweaveError } from "../../errors.ts";
import type { GraphModule } from "../../numerics/expressions/graph-module.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { didYouMean } from "../../suggest.ts";
import { refuseFluxBalance } from "../refuse.ts";
import { type RunOptions, simulator } from "../run/simulator.ts";

/** A quantity and the values it takes, one after the other. */
export interface ScanAxis {
  /** A parameter, a species (by what mathematics sees) or a compartment. */
  readonly id: string;
  readonly values: readonly number[];
}

/** Runs of one model: every combination of the axes' values, for the model as it is and with each knockout. */
export interface ScanSpec {
  readonly axes: readonly ScanAxis[];
  /** Reactions that do not run, or parameters and species that start at 0, one at a time. */
  readonly knockouts: readonly string[];
  readonly run: Omit<RunOptions, "integrator" | "select">;
  /** Ids to record; default all species. */
  readonly select?: readonly string[];
  /** Whether all points of the time course are kept; default the last one. */
  readonly course?: boolean;
}

/** What is different in one run. */
export interface ScanPoint {
  /** In order of axes. */
  readonly values: readonly number[];
  readonly knockout: string | undefined;
}

/** Results of all runs, in the order of `scanPoints`. */
export interface ScanResult {
  readonly points: readonly ScanPoint[];
  readonly columns: readonly string[];
  /** Output times that are kept, shape [times]. */
  readonly times: Float64Array;
  /** Shape [points, times, columns]; NaN where a run did not get there. */
  readonly rows: Float64Array;
  /** What the solver said, by number of the point. */
  readonly failures: ReadonlyMap<number, string>;
}

/** A scan ready to run, in this thread. */
export interface OpenScan {
  readonly points: readonly ScanPoint[];
  readonly columns: readonly string[];
  readonly times: Float64Array;
  /** Doubles that one point fills. */
  readonly width: number;
  /** Runs a point; fills `out`, shape [times, columns]. Returns what the solver said where it gave up. */
  run(point: number, out: Float64Array): string | undefined;
  /**
   * Runs points from one on, as far as they need nothing but WebAssembly; fills `out`, shape [points, times, columns].
   * Returns how many.
   */
  runMany(first: number, out: Float64Array): number;
  readonly modules: readonly GraphModule[];
}

/** Runs above which a scan is refused. */
const MOST = 10_000_000;

/** All runs of a scan: knockouts outermost, the last axis fastest. Throws `scan/too-large`. */
export function scanPoints({ axes, knockouts }: Pick<ScanSpec, "axes" | "knockouts">): ScanPoint[] {
  const count = axes.reduce((product, axis) => product * axis.values.length, knockouts.length + 1);
  if (count > MOST)
    throw new CellweaveError("scan/too-large", `Got ${count} runs when at most ${MOST} are made`, { kind: "usage" });
  let grid: number[][] = [[]];
  for (const { values } of axes) grid = grid.flatMap((start) => values.map((value) => [...start, value]));
  return [undefined, ...knockouts].flatMap((knockout) => grid.map((values) => ({ values, knockout })));
}

/**
 * Compiles a model for a scan. Throws `sbml/unknown-id`, `scan/too-large`, `pathway/not-settable` and the errors of
 * compilation.
 * @param modules those of another open scan of the same document and specification
 */
export function openScan(document: SbmlDocument, spec: ScanSpec, modules: readonly GraphModule[] = []): OpenScan {
  const { axes, knockouts, run, course = false } = spec;
  refuseFluxBalance(document);
  requireIds(document, spec);
  const columns = spec.select ?? document.species.map((s) => s.id);
  const adjustable = [...new Set([...axes.map((axis) => axis.id), ...knockouts])];
  const model = simulator(document, adjustable, modules);
  const points = scanPoints(spec);
  const { t0 = 0, t1 } = run;
  const count = course ? (run.points ?? 101) : 1;
  const times = Float64Array.from({ length: count }, (_, i) =>
    i === count - 1 ? t1 : t0 + ((t1 - t0) * i) / (count - 1),
  );
  const options = { ...run, points: count, select: columns };
  const values = new Float64Array(adjustable.length);
  const starts = adjustable.map((id) => model.startOf(id));
  const places = new Map(adjustable.map((id, k) => [id, k]));
  const valuesOf = ({ values: given, knockout }: ScanPoint): Float64Array => {
    values.set(starts);
    axes.forEach(({ id }, k) => {
      values[places.get(id) ?? -1] = given[k] ?? Number.NaN;
    });
    if (knockout !== undefined) values[places.get(knockout) ?? -1] = 0;
    return values;
  };
  return {
    points,
    columns,
    times,
    width: count * columns.length,
    modules: model.modules,
    runMany(first, out) {
      if (course) return 0;
      const count = out.length / columns.length;
      const all = new Float64Array(count * adjustable.length);
      points.slice(first, first + count).forEach((point, k) => {
        all.set(valuesOf(point), k * adjustable.length);
      });
      return model.fillMany(options, adjustable, all, out);
    },
    run(index, out) {
      const { values = [], knockout } = points[index] ?? {};
      const changed = new Map(axes.map((axis, k) => [axis.id, values[k] ?? Number.NaN]));
      if (knockout !== undefined) changed.set(knockout, 0);
      out.fill(Number.NaN);
      const status = model.fill(options, changed, out);
      return status.ok ? undefined : status.message;
    },
  };
}

function requireIds(document: SbmlDocument, { axes, knockouts, select = [] }: ScanSpec): void {
  const quantities = [...document.parameters, ...document.species, ...document.compartments].map((q) => q.id);
  const all = [...quantities, ...document.reactions.map((r) => r.id)];
  const need = (id: string, known: readonly string[], what: string): void => {
    if (known.includes(id)) return;
    const hint = didYouMean(id, known);
    throw new CellweaveError("sbml/unknown-id", `The model has no ${what} '${id}'`, {
      kind: "usage",
      ...(hint === undefined ? {} : { hint }),
    });
  };
  for (const { id } of axes) need(id, quantities, "parameter, species or compartment");
  for (const id of knockouts) need(id, all, "reaction, parameter or species");
  for (const id of select) need(id, all, "quantity");
}

/** Points in a row that need more than WebAssembly before no more are tried without. */
const PATIENCE = 3;

/** Runs points of a scan in this thread: `count` from `first` on. */
export function runPoints(
  scan: OpenScan,
  first: number,
  count: number,
): { readonly rows: Float64Array; readonly failures: [number, string][] } {
  const { width } = scan;
  const rows = new Float64Array(count * width);
  const failures: [number, string][] = [];
  let vain = 0;
  for (let k = 0; k < count; k++) {
    if (vain < PATIENCE && width > 0) {
      const made = scan.runMany(first + k, rows.subarray(k * width));
      vain = made === 0 ? vain + 1 : 0;
      k += made;
      if (k === count) break;
    }
    const said = scan.run(first + k, rows.subarray(k * width, (k + 1) * width));
    if (said !== undefined) failures.push([first + k, said]);
  }
  return { rows, failures };
}
