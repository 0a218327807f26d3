import { CellweaveError } from "../../errors.ts";
import type { Integrator } from "../../numerics/ode/ode.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { type CompiledPathway, compilePathway } from "../code/compile.ts";
import { solvesNatively } from "../code/solver-code.ts";
import { driftWarnings } from "./moiety-drift.ts";
import type { NativeOptions } from "./native-options.ts";
import { NativeRuns } from "./native-run.ts";
import { PathwaySession, type Piece, type SessionStatus } from "./session.ts";
import type { Column, Simulation } from "./simulation.ts";
import { integratorOf, type SolverName } from "./solvers.ts";

/** All times are in the model's unit of time. */
export interface SimulateOptions {
  readonly t0?: number;
  readonly t1: number;
  /** Output times, evenly spaced from t0 to t1, both included. They do not change the steps. Default 101. */
  readonly points?: number;
  /** Relative tolerance, default 1e-6. */
  readonly rtol?: number;
  /** Absolute tolerance in the unit mathematics sees (concentration for most species), default 1e-9. */
  readonly atol?: number;
  /** Steps between two events before the run ends, default 100,000. */
  readonly maxSteps?: number;
  /** Seed of random choices among simultaneous events, default 1. */
  readonly seed?: number;
  /** Values in place of the file's, by parameter id. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** Default `auto`. */
  readonly solver?: SolverName;
  /** An integrator of one's own in place of `solver`. */
  readonly integrator?: Integrator;
  /** Ids to record; default all. */
  readonly select?: readonly string[];
  /** Whether species' amounts are recorded beside their concentrations; default true. */
  readonly amounts?: boolean;
}

/**
 * Integrates one SBML model by itself.
 * Throws the `sbml/...` errors of compilation, and `run/options` for options out of range.
 */
export function simulate(document: SbmlDocument, options: SimulateOptions): Simulation {
  const { parameters } = options;
  return runPathway(compilePathway(document, parameters === undefined ? {} : { parameters }), options);
}

/** Integrates a compiled model from its start values. Throws `run/options`. */
export function runPathway(pathway: CompiledPathway, options: Omit<SimulateOptions, "parameters">): Simulation {
  const { t0 = 0, t1, points = 101, rtol = 1e-6, atol = 1e-9, maxSteps = 100_000, seed = 1 } = options;
  const { solver = "auto", integrator, select, amounts = true } = options;
  requireOptions(t0, t1, points, rtol, atol);
  const settings = { t0, t1, points, rtol, atol, maxSteps, seed, amounts, ...(select === undefined ? {} : { select }) };
  if (integrator !== undefined) return runSession(pathway, settings, integrator);
  const native = solver !== "odex" && solvesNatively(pathway, solver !== "cvodes");
  if (!native) return runSession(pathway, settings, integratorOf(solver));
  const runs = nativeRuns(pathway);
  let found = runs.run({ ...settings, method: solver === "cvodes" ? "bdf" : "radau" });
  if (!found.status.ok && solver === "auto") {
    const second = solvesNatively(pathway) ? runs.run({ ...settings, method: "bdf" }) : found;
    if (second.status.ok) found = second;
    else {
      const third = runSession(pathway, settings, integratorOf("auto"));
      if (third.status.ok) return third;
    }
  }
  const { before, after, ...simulation } = found;
  return { ...simulation, warnings: [...pathway.warnings, ...driftWarnings(pathway, before, after, { rtol, atol })] };
}

/**
 * Ends of runs that differ in some start values, as far as they need nothing but WebAssembly; shape [runs, select].
 * The numbers are those of `fillPathway` with one point.
 * @param changed slots that take the numbers in `values`, shape [runs, changed]
 * @returns runs made
 */
export function fillManyPathway(
  pathway: CompiledPathway,
  options: Omit<SimulateOptions, "parameters" | "integrator" | "amounts"> & { readonly select: readonly string[] },
  changed: readonly number[],
  values: Float64Array,
  out: Float64Array,
): number {
  const { t0 = 0, t1, rtol = 1e-6, atol = 1e-9, maxSteps = 100_000, seed = 1, solver = "auto", select } = options;
  requireOptions(t0, t1, 2, rtol, atol);
  if (solver === "odex" || !solvesNatively(pathway, solver !== "cvodes")) return 0;
  const method = solver === "cvodes" ? "bdf" : "radau";
  const settings: NativeOptions = { t0, t1, points: 1, rtol, atol, maxSteps, seed, select, amounts: false, method };
  return nativeRuns(pathway).fillMany(settings, changed, values, out);
}

/**
 * Integrates a compiled model from its start values; the selected quantities go to `out`, shape [points, select], and
 * times that are not reached are left alone. The numbers are those of `runPathway`.
 * @param options `points` may be 1: the end alone
 */
export function fillPathway(
  pathway: CompiledPathway,
  options: Omit<SimulateOptions, "parameters" | "integrator" | "amounts"> & { readonly select: readonly string[] },
  out: Float64Array,
): SessionStatus {
  const { t0 = 0, t1, points = 101, rtol = 1e-6, atol = 1e-9, maxSteps = 100_000, seed = 1 } = options;
  const { solver = "auto", select } = options;
  requireOptions(t0, t1, points === 1 ? 2 : points, rtol, atol);
  if (solver !== "odex" && solvesNatively(pathway, solver !== "cvodes")) {
    const settings = { t0, t1, points, rtol, atol, maxSteps, seed, select, amounts: false };
    const status = nativeRuns(pathway).fill({ ...settings, method: solver === "cvodes" ? "bdf" : "radau" }, out);
    if (status.ok || solver !== "auto") return status;
  }
  const { columns, times, status } = runPathway(pathway, { ...options, points: Math.max(2, points) });
  const first = points === 1 ? 1 : 0;
  select.forEach((id, c) => {
    const series = columns.get(id)?.values;
    for (let k = first; k < times.length; k++) out[(k - first) * select.length + c] = series?.[k] ?? Number.NaN;
  });
  return status;
}

/** Solvers by compiled model: made once, and released with the model. */
const known = new WeakMap<CompiledPathway, NativeRuns>();

function nativeRuns(pathway: CompiledPathway): NativeRuns {
  let runs = known.get(pathway);
  if (runs === undefined) {
    runs = new NativeRuns(pathway);
    known.set(pathway, runs);
  }
  return runs;
}

/** Step by step from here, with any integrator. */
function runSession(
  pathway: CompiledPathway,
  options: Omit<NativeOptions, "method">,
  integrator: Integrator,
): Simulation {
  const { t0, t1, rtol, atol, maxSteps, seed } = options;
  const session = new PathwaySession(pathway, { t0, rtol, atol, maxSteps, maxStep: (t1 - t0) / 20, seed, integrator });
  const recorder = new Recorder(pathway, session, options);
  let status = session.begin();
  const before = session.y.slice();
  if (status.ok) status = session.advance(t1, (piece) => recorder.take(piece));
  if (status.ok) recorder.finish();
  const drift = driftWarnings(pathway, before, session.y, { rtol, atol });
  return { ...recorder.result(), status, warnings: [...pathway.warnings, ...drift] };
}

function requireOptions(t0: number, t1: number, points: number, rtol: number, atol: number): void {
  const fail = (message: string): never => {
    throw new CellweaveError("run/options", message, { kind: "usage" });
  };
  if (!(t1 > t0) || !Number.isFinite(t1 - t0)) fail(`Got t1 = ${t1} when a time after t0 = ${t0} was expected`);
  if (!Number.isInteger(points) || points < 2) fail(`Got points = ${points} when a whole number from 2 was expected`);
  if (!(rtol > 0) || !(atol > 0)) fail(`Got rtol = ${rtol} and atol = ${atol} when positive tolerances were expected`);
}

/** Fills columns at the output times as pieces of the solution come in. */
class Recorder {
  private next = 0;
  private readonly times: Float64Array;
  private readonly columns: { id: string; column: Column; slot: number; amount: number; volume: number }[];
  private readonly point: Float64Array;
  private readonly pathway: CompiledPathway;
  private readonly session: PathwaySession;

  constructor(
    pathway: CompiledPathway,
    session: PathwaySession,
    { t0, t1, points, select, amounts }: Omit<NativeOptions, "method">,
  ) {
    this.pathway = pathway;
    this.session = session;
    this.times = Float64Array.from({ length: points }, (_, i) =>
      i === points - 1 ? t1 : t0 + ((t1 - t0) * i) / (points - 1),
    );
    this.point = new Float64Array(pathway.states.length);
    const wanted = [...pathway.symbols.values()].filter((s) => select === undefined || select.includes(s.id));
    this.columns = wanted.map((s) => {
      const values = new Float64Array(points);
      const column =
        amounts && s.kind === "species"
          ? { kind: s.kind, values, amounts: new Float64Array(points) }
          : { kind: s.kind, values };
      return { id: s.id, column, slot: s.slot, amount: s.amount, volume: s.volume };
    });
  }

  /** Records the output times before the end of a piece. */
  take(piece: Piece): void {
    for (let t = this.times[this.next]; t !== undefined && t < piece.t1; t = this.times[this.next]) {
      for (let i = 0; i < this.point.length; i++) this.point[i] = piece.at(i, t);
      this.session.observe(t, this.point);
      this.record();
    }
  }

  /** Records the end, after the events there. */
  finish(): void {
    while (this.next < this.times.length) {
      this.session.observe(this.session.t, this.session.y);
      this.record();
    }
  }

  result(): Pick<Simulation, "times" | "columns"> {
    const cut = (a: Float64Array): Float64Array => a.slice(0, this.next);
    const columns = this.columns.map(({ id, column: { kind, values, amounts } }): [string, Column] => [
      id,
      amounts === undefined ? { kind, values: cut(values) } : { kind, values: cut(values), amounts: cut(amounts) },
    ]);
    return { times: cut(this.times), columns: new Map(columns) };
  }

  private record(): void {
    const { values } = this.pathway;
    const i = this.next++;
    for (const { column, slot, amount, volume } of this.columns) {
      if (column.kind !== "species") column.values[i] = values[slot] ?? 0;
      else {
        const n = values[amount] ?? 0;
        if (column.amounts !== undefined) column.amounts[i] = n;
        column.values[i] = slot !== amount ? (values[slot] ?? 0) : volume < 0 ? n : n / (values[volume] ?? 1);
      }
    }
  }
}

export type { RunStatistics } from "./run-statistics.ts";
export type { SolverName } from "./solvers.ts";
