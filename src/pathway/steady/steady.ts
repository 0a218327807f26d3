import type { Complex } from "../../numerics/linear/eigenvalues.ts";
import type { Integrator } from "../../numerics/ode/ode.ts";
import { findRest } from "../../numerics/ode/pseudo-transient.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { compilePathway } from "../code/compile.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { withStartValues } from "../network/start-values.ts";
import { refuseFluxBalance } from "../refuse.ts";
import type { SymbolKind } from "../symbols.ts";
import { type SteadyControl, type SteadyControls, steadyControls } from "./control.ts";
import { type Moiety, moietyText } from "./moieties.ts";
import { type Relaxation, relaxation, type Swing } from "./relaxation.ts";
import { type Accumulating, withoutSinks } from "./sinks.ts";
import { type StabilityReport, stabilityAt } from "./stability.ts";
import { type SteadySystem, steadySystem } from "./system.ts";

/**
 * `stable`: a state of rest to which small deviations return. `unstable`: one from which they grow, found where the
 * time course leads to no other. `marginal`: one of a family of neighbouring states of rest. `at-rest`: with delays, on
 * which its stability depends, so that it isn't known. `oscillates`: the time course swings for ever. `none-found`: none
 * of these.
 */
export type SteadyStatus = "stable" | "unstable" | "marginal" | "at-rest" | "oscillates" | "none-found";

/** How a steady state is looked for; times in the model's unit of time. */
export interface SteadyOptions {
  /** Values in place of the file's at the start, by id of a parameter, species or compartment. */
  readonly values?: ReadonlyMap<string, number>;
  /** Magnitude below which a quantity counts as nothing, in the unit of concentration; default 1e-12. */
  readonly atol?: number;
  /** Follow the time course before Newton's method is tried: of several stable states the one it leads to. */
  readonly follow?: boolean;
  /** End of the time course that is followed at most; default 1e7. */
  readonly longest?: number;
  /** Steps of the time course at most; default 100,000 a stretch. */
  readonly maxSteps?: number;
  /** Ids of parameters, species (their start values), compartments and reactions (a factor on their rates). */
  readonly control?: readonly string[];
  /** Time at which a model that depends on time is looked at. */
  readonly at?: number;
  readonly integrator?: Integrator;
}

/** A state in which nothing changes, or what was reached where none was found; in the model's units. */
export interface SteadyState {
  readonly status: SteadyStatus;
  /** One sentence for the user. */
  readonly message: string;
  /** How it was found: by Newton's method alone, or along the time course up to `time`. */
  readonly method: "newton" | "time course";
  readonly time: number;
  /** At rest: every quantity by id; species as concentrations (amounts where mathematics sees them so). */
  readonly values: ReadonlyMap<string, { readonly kind: SymbolKind; readonly value: number; readonly amount?: number }>;
  /** Largest relative rate of change left, per unit of time. */
  readonly residual: number;
  readonly eigenvalues: readonly Complex[];
  /** How quantities at rest depend on what `control` names; absent where it is not unique, or not asked for. */
  readonly control?: SteadyControl;
  /** What goes on changing and acts on nothing: it is not in `values`. */
  readonly accumulating: readonly Accumulating[];
  readonly totals: readonly { readonly moiety: Moiety; readonly total: number }[];
  readonly warnings: readonly string[];
}

/** A state of rest with what is known about it. */
interface Rest {
  readonly y: Float64Array;
  readonly residual: number;
  readonly report: StabilityReport | undefined;
}

/** How near the time course must be to a stable state of rest, relative to it: it will get there. */
const ARRIVED = 0.01;
/** Relative change over a stretch of the time course that counts as none; rest is so many such stretches in a row. */
const SETTLED = 1e-6;
const STRETCHES = 3;
/** What goes on changing is named up to so many. */
const NAMED = 5;

/**
 * The steady state of a model, conserved totals kept: by Newton's method from the start values, else along the time
 * course. Events take part in the time course alone. Quantities that nothing depends on may go on changing.
 *
 * Throws `steady/time-dependent` and the errors of compilation and of `withStartValues`.
 */
export function steadyState(document: SbmlDocument, options: SteadyOptions = {}): SteadyState {
  const { values = new Map(), atol = 1e-12, at, follow = false, control = [] } = options;
  refuseFluxBalance(document);
  const reactions = new Set(document.reactions.map((r) => r.id));
  const gates = new Set(control.filter((id) => reactions.has(id)));
  const settable = [...values.keys(), ...control.filter((id) => !gates.has(id))];
  const pathway = compilePathway(withStartValues(document, settable), { gates });
  for (const [id, value] of values) pathway.startValues.set(pathway.symbols.get(id)?.slot ?? -1, value);
  pathway.initialise(at ?? 0);
  const controls = control.length === 0 ? undefined : steadyControls(pathway, control);
  pathway.observe();
  const start = Float64Array.from(pathway.stateValues);
  using whole = steadySystem(pathway, start, at === undefined ? { atol } : { atol, at });
  const closed = newton(whole, start);
  const open = closed === undefined ? openRest(whole, start) : undefined;
  const system = open?.system ?? whole;
  const found = follow && at === undefined ? undefined : (closed ?? open?.rest);
  const direct = found === undefined ? undefined : examined(system, found);
  if (direct?.report?.stability === "stable" || (direct !== undefined && !system.linear))
    return result(pathway, system, direct, controls, "newton", 0);
  if (at !== undefined)
    return direct === undefined ? frozen(pathway, system, at) : result(pathway, system, direct, controls, "newton", at);
  const { rest, course, swing } = followed(pathway, system, options);
  if (rest !== undefined) return result(pathway, system, rest, controls, "time course", course.t);
  if (swing !== undefined) {
    const id = pathway.states[swing.state]?.symbol.id ?? "";
    const message = `'${id}' and others swing for ever, with a period of ${Number(swing.period.toPrecision(6))}`;
    return { ...nowhere(pathway, system, course.t), status: "oscillates", message };
  }
  const late = open === undefined ? openRest(whole, course.y) : undefined;
  if (late !== undefined) {
    const found = examined(late.system, late.rest);
    return result(pathway, late.system, found, controls, "time course", course.t);
  }
  if (direct !== undefined) return result(pathway, system, direct, controls, "newton", 0);
  return { ...nowhere(pathway, system, course.t), message: restless(pathway, system, course) };
}

/** What is known where there is no state of rest. */
function nowhere(pathway: CompiledPathway, { totals }: SteadySystem, time: number): SteadyState {
  const nothing = { values: new Map(), residual: Number.NaN, eigenvalues: [], message: "", accumulating: [] };
  return { ...nothing, status: "none-found", method: "time course", time, totals, warnings: pathway.warnings };
}

function frozen(pathway: CompiledPathway, system: SteadySystem, at: number): SteadyState {
  const message = `Newton's method finds no state of rest with the time held at ${at}`;
  return { ...nowhere(pathway, system, at), method: "newton", message };
}

/** Where all rests but what nothing depends on; undefined where nothing of that goes on changing. */
function openRest(whole: SteadySystem, start: Float64Array) {
  if (whole.sinks.length === 0 || whole.sinks.length === whole.size) return undefined;
  const system = withoutSinks(whole, start);
  const rest = newton(system, own(system, start));
  if (rest === undefined) return undefined;
  const [all, dy] = [start.slice(), new Float64Array(whole.size)];
  system.states.forEach((i, k) => {
    all[i] = rest.y[k] ?? 0;
  });
  whole.rhs(all, dy);
  const piles = whole.sinks.some((i) => Math.abs(dy[i] ?? 0) > (whole.scale[i] ?? 0));
  return piles ? { system, rest } : undefined;
}

/** Newton's method from a state. */
function newton(system: SteadySystem, from: Float64Array): Omit<Rest, "report"> | undefined {
  const y = from.slice(0, system.size);
  const { converged, residual } = findRest(system, y);
  return converged ? { y, residual } : undefined;
}

function examined(system: SteadySystem, found: Omit<Rest, "report">): Rest {
  return { ...found, report: system.linear ? stabilityAt(system, found.y) : undefined };
}

interface Followed {
  readonly course: Relaxation;
  readonly rest?: Rest | undefined;
  readonly swing?: Swing;
}

/** Along the time course, until it is near a state of rest, hardly moves, swings for ever, or is given up. */
function followed(pathway: CompiledPathway, system: SteadySystem, options: SteadyOptions): Followed {
  const { atol = 1e-12, longest = 1e7, maxSteps = 100_000, integrator } = options;
  const course = relaxation(pathway, { rtol: 1e-8, atol, maxSteps, integrator });
  let before = own(system, course.y);
  let still = 0;
  let unstable: Rest | undefined;
  while (course.t < longest && course.further()) {
    const y = own(system, course.y);
    const found = newton(system, y);
    if (found !== undefined && near(system, found.y, y, ARRIVED)) {
      const rest = examined(system, found);
      const { stability } = rest.report ?? {};
      if (stability === "stable" || near(system, rest.y, y, SETTLED)) return { rest, course };
      if (stability === "unstable") unstable = rest;
    }
    still = near(system, before, y, SETTLED) ? still + 1 : 0;
    before = y;
    if (still === STRETCHES) return { rest: examined(system, { y, residual: fastest(system, y).rate }), course };
    const swing = course.swing();
    if (swing !== undefined) return { course, swing };
  }
  return { rest: unstable, course };
}

/** A system's states out of all of the model's. */
function own({ states }: SteadySystem, all: Float64Array): Float64Array {
  return Float64Array.from(states, (i) => all[i] ?? 0);
}

/** The state that changes most for its size, and its relative rate of change per unit of time. */
function fastest(system: SteadySystem, y: Float64Array): { state: number; rate: number } {
  const dy = new Float64Array(system.size);
  system.rhs(y, dy);
  let [state, rate] = [0, 0];
  dy.forEach((change, i) => {
    const relative = Math.abs(change) / (Math.abs(y[i] ?? 0) + (system.scale[i] ?? 1));
    if (relative > rate) [state, rate] = [i, relative];
  });
  return { state, rate };
}

/** Whether two states are the same within a relative tolerance. */
function near(system: SteadySystem, a: Float64Array, b: Float64Array, tolerance: number): boolean {
  return a.every((x, i) => Math.abs(x - (b[i] ?? 0)) <= tolerance * Math.abs(x) + 10 * (system.scale[i] ?? 0));
}

function result(
  pathway: CompiledPathway,
  system: SteadySystem,
  { y, residual, report }: Rest,
  controls: SteadyControls | undefined,
  method: SteadyState["method"],
  time: number,
): SteadyState {
  const dy = new Float64Array(system.size);
  system.rhs(y, dy);
  pathway.history.atRest = true;
  pathway.observe();
  const resting = new Set(system.states);
  const apart = pathway.states
    .map(({ symbol }, i) => ({ symbol, rate: pathway.derivatives[i] ?? 0, rests: resting.has(i) }))
    .filter(({ rests }) => !rests);
  const values = new Map(
    [...pathway.symbols.values()]
      .filter((s) => !apart.some(({ symbol }) => symbol === s))
      .map((s) => {
        const value = pathway.values[s.slot] ?? 0;
        const amount = s.kind === "species" ? { amount: pathway.values[s.amount] ?? 0 } : {};
        return [s.id, { kind: s.kind, value, ...amount }];
      }),
  );
  const status = report?.stability ?? (system.linear ? "marginal" : "at-rest");
  const control = resting.size === pathway.states.length ? controls?.(system, y) : undefined;
  const nothing = Math.min(...system.scale);
  const accumulating = apart
    .filter(({ rate }) => Math.abs(rate) > nothing)
    .map(({ symbol, rate }) => ({ id: symbol.id, rate }));
  return {
    status,
    message: describe(status, report) + besides(accumulating),
    accumulating,
    method,
    time,
    values,
    residual,
    eigenvalues: report?.eigenvalues ?? [],
    totals: system.totals,
    warnings: pathway.warnings,
    ...(control === undefined ? {} : { control }),
  };
}

function besides(accumulating: readonly Accumulating[]): string {
  if (accumulating.length === 0) return "";
  const named = accumulating
    .slice(0, NAMED)
    .map(({ id, rate }) => `'${id}' (${Number(rate.toPrecision(6))} per unit of time)`);
  const more = accumulating.length > NAMED ? ` and ${accumulating.length - NAMED} more` : "";
  return `; all but ${named.join(", ")}${more}, which nothing depends on`;
}

function describe(status: SteadyStatus, report: StabilityReport | undefined): string {
  if (status === "at-rest") return "a state of rest; whether it is stable depends on the delays and is not known";
  const [first] = report?.eigenvalues ?? [];
  if (first === undefined) return "a state of rest; its stability could not be computed";
  const slowest = `slowest eigenvalue ${first.re.toPrecision(6)}${first.im === 0 ? "" : ` +- ${Math.abs(first.im).toPrecision(6)}i`}`;
  if (status === "stable") return `a stable state of rest; ${slowest}`;
  if (status === "unstable") return `an unstable state of rest; ${slowest}`;
  return `one of a family of states of rest; ${slowest}`;
}

/** Names what still changes most, and why the time course ended. */
function restless(pathway: CompiledPathway, system: SteadySystem, course: Relaxation): string {
  const { state, rate } = fastest(system, own(system, course.y));
  const id = pathway.states[system.states[state] ?? -1]?.symbol.id ?? "";
  const given = course.failure === undefined ? "" : `: ${course.failure}`;
  return `nothing came to rest until time ${Number(course.t.toPrecision(6))}, '${id}' changes most, by ${Number(rate.toPrecision(3))} of itself per unit of time${given}`;
}

/** `A + B = 3` for each conserved total. */
export function totalsText({ totals }: Pick<SteadyState, "totals">): string[] {
  return totals.map(({ moiety, total }) => `${moietyText(moiety)} = ${Number(total.toPrecision(12))}`);
}
