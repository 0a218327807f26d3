import { forwardSensitivities } from "../numerics/sundials/sensitivity.ts";
import { type SolverStatus, sundialsSolver } from "../numerics/sundials/solver.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import { compilePathway } from "./compile.ts";
import type { CompiledPathway } from "./compiled.ts";
import { pathwayError, refuseFluxBalance } from "./refuse.ts";
import { sensitivityCode } from "./sensitivity-code.ts";
import { solverCode, solvesNatively } from "./solver-code.ts";
import { withStartValues } from "./start-values.ts";
import { absoluteTolerances } from "./tolerances.ts";

/** All times are in the model's unit of time. */
export interface SensitivityOptions {
  /** Ids of parameters and compartments, and of species, which stand for their start values. */
  readonly parameters: readonly string[];
  /** Ids of the quantities whose sensitivities are wanted; default all species. */
  readonly select?: readonly string[];
  readonly t0?: number;
  readonly t1: number;
  /** Output times, evenly spaced, both ends included; default 101. */
  readonly points?: number;
  /** Of states and sensitivities; default 1e-8. */
  readonly rtol?: number;
  /** In the unit mathematics sees, default 1e-12. */
  readonly atol?: number;
  /** Default 100,000. */
  readonly maxSteps?: number;
}

/** Quantities over time and their derivatives with respect to parameters and start values, in the model's units. */
export interface Sensitivities {
  /** Shape [points reached]. */
  readonly times: Float64Array;
  readonly parameters: readonly { readonly id: string; readonly value: number }[];
  readonly columns: readonly string[];
  /** The quantities themselves, shape [points, columns]. */
  readonly values: Float64Array;
  /** dq/dp, shape [points, parameters, columns]. */
  readonly slopes: Float64Array;
  /** CVODES' word where it gave up; what was reached is kept. */
  readonly failure: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Derivatives of a time course with respect to parameters and start values, integrated beside it by CVODES.
 *
 * Where a rate jumps at a state (a `piecewise` that is not continuous) the slopes miss what the jump adds. Throws
 * `sensitivity/unsupported` for events, delays, algebraic rules, fast reactions and functions without a derivative.
 */
export function sensitivities(document: SbmlDocument, options: SensitivityOptions): Sensitivities {
  const { parameters, t0 = 0, t1, points = 101, rtol = 1e-8, atol = 1e-12, maxSteps = 100_000 } = options;
  refuseFluxBalance(document);
  const columns = options.select ?? document.species.map((s) => s.id);
  using pathway = compilePathway(withStartValues(document, parameters));
  requireSmooth(pathway);
  pathway.initialise(t0);
  const slots = parameters.map((id) => slotOf(pathway, id));
  const quantities = columns.map((id) => slotOf(pathway, id));
  const code = sensitivityCode(pathway, slots, quantities);
  const native = solverCode(pathway);
  if (native.functions.jacobian === undefined) refuse(pathway, "Functions without a derivative");
  native.prepare();
  const { memory } = pathway;
  const n = pathway.states.length;
  const y0 = pathway.stateValues.slice();
  const tolerances = absoluteTolerances(pathway, atol, new Map(), n);
  const maxStep = native.timed ? (t1 - t0) / 20 : 0;
  using room = releasing();
  const solver = sundialsSolver(memory.sundials, { ...native.functions, t0, y0, rtol, atol: tolerances, maxStep });
  room.later(solver);
  const given = parameters.map((id, k) => ({ id, value: pathway.values[slots[k] ?? -1] ?? 0 }));
  const scale = Float64Array.from(given, ({ value }) => Math.abs(value) || 1);
  const beside = forwardSensitivities(memory.sundials, solver, { start: code.start, scale, partials: code.partials });
  room.later(beside);
  const times = Float64Array.from({ length: points }, (_, i) =>
    i === points - 1 ? t1 : t0 + ((t1 - t0) * i) / (points - 1),
  );
  const values = new Float64Array(points * columns.length);
  const slopes = new Float64Array(points * parameters.length * columns.length);
  const [y, dy] = [y0.slice(), code.start.slice()];
  let next = 0;
  const record = (t: number): void => {
    pathway.values[0] = t;
    pathway.stateValues.set(y);
    pathway.observe();
    quantities.forEach((slot, q) => {
      values[next * columns.length + q] = pathway.values[slot] ?? 0;
    });
    const width = parameters.length * columns.length;
    code.outputs(t, y, dy, slopes.subarray(next * width, (next + 1) * width));
    next++;
  };
  record(t0);
  let status: SolverStatus = "stepped";
  for (let steps = 0; next < points && PROCEEDING.has(status); steps++) {
    status = steps < maxSteps ? solver.step(t1) : "out-of-steps";
    for (let t = times[next]; t !== undefined && t <= solver.t && PROCEEDING.has(status); t = times[next]) {
      solver.interpolate(t, y);
      beside.at(t, dy);
      record(t);
    }
  }
  const failure = next < points ? `CVODES gave up at time ${solver.t}: ${status}` : undefined;
  const cut = (a: Float64Array): Float64Array => a.subarray(0, (a.length / points) * next);
  const reached = { times: cut(times), values: cut(values), slopes: cut(slopes) };
  return { ...reached, parameters: given, columns, failure, warnings: pathway.warnings };
}

const PROCEEDING: ReadonlySet<SolverStatus> = new Set<SolverStatus>(["stepped", "stop-reached"]);

/** Releases in the order given: a solver before what lives beside it. */
function releasing() {
  const items: Disposable[] = [];
  return {
    later: (item: Disposable) => items.push(item),
    [Symbol.dispose]: () => {
      for (const item of items) item[Symbol.dispose]();
    },
  };
}

function slotOf(pathway: CompiledPathway, id: string): number {
  const symbol = pathway.symbols.get(id);
  if (symbol !== undefined) return symbol.slot;
  throw pathwayError(pathway.document, undefined, "sbml/unknown-id", `Nothing in the model has the id '${id}'`);
}

function requireSmooth(pathway: CompiledPathway): void {
  const { document, history, speeds } = pathway;
  const [event] = document.events;
  if (event !== undefined) refuse(pathway, `Event '${event.id || "1"}'`, event.line);
  const algebraic = document.rules.find((r) => r.kind === "algebraic");
  if (algebraic !== undefined) refuse(pathway, "Algebraic rules", algebraic.line);
  if (history.active) refuse(pathway, "csymbol 'delay'");
  if (speeds !== undefined) refuse(pathway, "Fast reactions");
  if (!solvesNatively(pathway)) refuse(pathway, "A model without states");
}

function refuse({ document }: CompiledPathway, what: string, line?: number): never {
  const message = `${what}: sensitivities of such models are not supported`;
  throw pathwayError(document, line, "sensitivity/unsupported", message);
}
