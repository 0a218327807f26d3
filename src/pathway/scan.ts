import { CellweaveError } from "../errors.ts";
import type { GraphModule } from "../numerics/graph-module.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import { didYouMean } from "../suggest.ts";
import { refuseFluxBalance } from "./refuse.ts";
import { type RunOptions, simulator } from "./simulator.ts";

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
 * Compiles a model for a scan. Throws `scan/unknown-id`, `scan/too-large`, `pathway/not-settable` and the errors of
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
  return {
    points,
    columns,
    times,
    width: count * columns.length,
    modules: model.modules,
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
    throw new CellweaveError("scan/unknown-id", `The model has no ${what} '${id}'`, {
      kind: "usage",
      ...(hint === undefined ? {} : { hint }),
    });
  };
  for (const { id } of axes) need(id, quantities, "parameter, species or compartment");
  for (const id of knockouts) need(id, all, "reaction, parameter or species");
  for (const id of select) need(id, all, "quantity");
}

/** Runs some points of a scan in this thread. */
export function runPoints(
  scan: OpenScan,
  todo: ArrayLike<number>,
): { readonly rows: Float64Array; readonly failures: [number, string][] } {
  const rows = new Float64Array(todo.length * scan.width);
  const failures: [number, string][] = [];
  for (let k = 0; k < todo.length; k++) {
    const said = scan.run(todo[k] ?? 0, rows.subarray(k * scan.width, (k + 1) * scan.width));
    if (said !== undefined) failures.push([todo[k] ?? 0, said]);
  }
  return { rows, failures };
}
