import type { SbmlDocument, SbmlEvent } from "../../sbml/document.ts";
import { compilePathway } from "../code/compile.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { solverCode, solvesNatively } from "../code/solver-code.ts";
import { withStartValues } from "../network/start-values.ts";
import { pathwayError, refuseFluxBalance } from "../refuse.ts";
import { absoluteTolerances } from "../run/tolerances.ts";
import { sensitivityCode, spareSlots } from "./code.ts";
import { eventNodes } from "./event-nodes.ts";
import { eventSlopes } from "./event-slopes.ts";
import { SensitivityRun } from "./run.ts";

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
  /** Why it ended early: CVODES gave up, or an event has no slope; what was reached is kept. */
  readonly failure: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Derivatives of a time course with respect to parameters and start values, integrated beside it by CVODES.
 *
 * At an event slopes jump, with the instant at which it happens and with what it assigns. Where a rate jumps at a state
 * without an event (a `piecewise` that is not continuous) the slopes miss what the jump adds. Throws
 * `sensitivity/unsupported` for events with delays or of compartments, delays, algebraic rules, fast reactions and
 * functions without a derivative.
 */
export function sensitivities(document: SbmlDocument, options: SensitivityOptions): Sensitivities {
  const { parameters, t0 = 0, t1, points = 101, rtol = 1e-8, atol = 1e-12, maxSteps = 100_000 } = options;
  refuseFluxBalance(document);
  const columns = options.select ?? document.species.map((s) => s.id);
  const spare = spareSlots(document, parameters.length);
  using pathway = compilePathway(withStartValues(document, parameters), { spare });
  requireSmooth(pathway);
  pathway.initialise(t0);
  const slots = parameters.map((id) => slotOf(pathway, id));
  const quantities = columns.map((id) => slotOf(pathway, id));
  const given = parameters.map((id, k) => ({ id, value: pathway.values[slots[k] ?? -1] ?? 0 }));
  const nodes = eventNodes(pathway);
  const code = sensitivityCode(pathway, slots, quantities, nodes);
  const native = solverCode(pathway);
  if (native.functions.jacobian === undefined) refuse(pathway, "Functions without a derivative");
  const scale = Float64Array.from(given, ({ value }) => Math.abs(value) || 1);
  const run = new SensitivityRun(pathway, code, eventSlopes(nodes, code), native, {
    ...{ t0, t1, points, rtol, maxSteps, scale, quantities },
    atol: absoluteTolerances(pathway, atol, new Map(), pathway.states.length),
  });
  const { failure, ...found } = run.toEnd();
  return { ...found, parameters: given, columns, failure, warnings: pathway.warnings };
}

function slotOf(pathway: CompiledPathway, id: string): number {
  const symbol = pathway.symbols.get(id);
  if (symbol !== undefined) return symbol.slot;
  throw pathwayError(pathway.document, undefined, "sbml/unknown-id", `Nothing in the model has the id '${id}'`);
}

function requireSmooth(pathway: CompiledPathway): void {
  const { document, history, speeds } = pathway;
  for (const event of document.events) requireInstant(pathway, event);
  const algebraic = document.rules.find((r) => r.kind === "algebraic");
  if (algebraic !== undefined) refuse(pathway, "Algebraic rules", algebraic.line);
  if (history.active) refuse(pathway, "csymbol 'delay'");
  if (speeds !== undefined) refuse(pathway, "Fast reactions");
  if (!solvesNatively(pathway)) refuse(pathway, "A model without states");
}

function requireInstant(pathway: CompiledPathway, event: SbmlEvent): void {
  const name = `Event '${event.id || "without id"}'`;
  if (event.delay !== undefined) refuse(pathway, `${name} with a delay`, event.line);
  const resized = event.assignments.find(({ variable }) => pathway.symbols.get(variable)?.kind === "compartment");
  if (resized !== undefined) refuse(pathway, `${name}, which resizes compartment '${resized.variable}'`, event.line);
}

function refuse({ document }: CompiledPathway, what: string, line?: number): never {
  const message = `${what}: sensitivities of such models are not supported`;
  throw pathwayError(document, line, "sensitivity/unsupported", message);
}
