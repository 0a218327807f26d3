import { hasDerivative } from "../../numerics/expressions/derivative-rules.ts";
import { ancestors, sparseJacobian } from "../../numerics/expressions/expression-derivative.ts";
import type { GraphCall, ModuleFunction } from "../../numerics/expressions/graph-module.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import { bindModule } from "../../numerics/expressions/graph-program.ts";
import { type PlacedPattern, placePattern } from "../../numerics/sundials/pattern.ts";
import type { SolverSetup } from "../../numerics/sundials/solver-types.ts";
import { TIME_SLOT, unknownSlots } from "../symbols.ts";
import type { CompiledPathway } from "./compiled.ts";
import { marginsOf } from "./margins.ts";

/** A model's functions in the solver's table: no call leaves WebAssembly while it steps. */
export interface SolverCode {
  readonly functions: Pick<SolverSetup, "rhs" | "jacobian" | "triggers" | "data" | "moving">;
  /** Whether the rates of change depend on the time by themselves. */
  readonly timed: boolean;
  /** Entries of the Jacobian, and whether its systems are solved by sparse elimination. */
  readonly jacobian: { readonly entries: number; readonly sparse: boolean } | undefined;
  /** To be called whenever parameters or held quantities have changed, after `settle`. */
  prepare(): void;
  /** The same as a function over the model's memory. */
  readonly preparation: GraphCall;
}

/** A function in the table that writes nodes to a row, from time and states. */
export interface Observer {
  readonly call: number;
  readonly width: number;
  /** The same function, to be called from here. */
  readonly observe: GraphCall;
  prepare(): void;
  /** The same as a function over the model's memory. */
  readonly preparation: GraphCall;
}

/**
 * Whether everything that the model needs while it is integrated can be WebAssembly.
 * @param algebraic whether the method takes algebraic rules beside the differential equations
 */
export function solvesNatively({ network, states, history, speeds }: CompiledPathway, algebraic = false): boolean {
  if (states.length === 0 || history.active || speeds !== undefined) return false;
  return algebraic || network.residuals.length === 0;
}

/** Compiles right-hand side, Jacobian and triggers; released with the model. */
export function solverCode(pathway: CompiledPathway): SolverCode {
  const { code, states, events, memory } = pathway;
  const { graph } = code;
  const { sundials, data } = memory;
  const { residuals } = pathway.network;
  const unknowns = unknownSlots(pathway.network);
  const derivatives = [...states.map((s) => s.derivative), ...residuals].map(code.nodeOf);
  const needed = ancestors(graph, derivatives).map((id) => graph.node(id));
  const smooth = needed.every(({ tag, name }) => tag !== "host" || hasDerivative(name));
  const slots = [...states.map((s) => s.slot), ...unknowns];
  const sparse = smooth ? sparseJacobian(graph, derivatives, slots) : undefined;
  const functions: ModuleFunction[] = [code.ofState(derivatives), code.ofState(sparse?.nodes ?? [])];
  const tests = events.map((e) => code.nodeOf(e.trigger));
  const margins = marginsOf(graph, tests);
  if (events.length > 0) functions.push(code.ofState([...tests, ...margins]));
  const bound = bindModule(sundials, memory.compile(graph, functions));
  const indices = bound.functions.map((f) => sundials.addWasm(f));
  const [rhs = 0, jacobian = 0, triggers = 0] = indices;
  const pattern: PlacedPattern | undefined =
    sparse === undefined ? undefined : placePattern(sundials, sparse, unknowns.length > 0);
  memory.keep({
    [Symbol.dispose]() {
      for (const index of indices) sundials.removeFunction(index);
      pattern?.[Symbol.dispose]();
      bound[Symbol.dispose]();
    },
  });
  return {
    functions: {
      rhs,
      data,
      moving: states.length,
      ...(pattern === undefined ? {} : { jacobian: { call: jacobian, pattern: pattern.pointer } }),
      ...(events.length === 0
        ? {}
        : {
            triggers: {
              call: triggers,
              count: events.length,
              margins: margins.length,
              states: unknowns.length > 0 ? slots.map((_, i) => i) : pathway.triggerStates,
            },
          }),
    },
    timed: needed.some(({ tag, value }) => tag === "slot" && value === TIME_SLOT),
    jacobian: pattern === undefined ? undefined : { entries: sparse?.nodes.length ?? 0, sparse: pattern.sparse },
    prepare: () => void bound.prepare(0, 0, 0, data),
    preparation: bound.prepare,
  };
}

/** Compiles what is to be known at output times; released with the model. */
export function observer({ code, memory }: CompiledPathway, nodes: readonly NodeId[]): Observer {
  const { sundials, data } = memory;
  const bound = bindModule(sundials, memory.compile(code.graph, [code.ofState(nodes)]));
  const observe = bound.functions[0] ?? (() => 0);
  const call = sundials.addWasm(observe);
  memory.keep({
    [Symbol.dispose]() {
      sundials.removeFunction(call);
      bound[Symbol.dispose]();
    },
  });
  return {
    call,
    width: nodes.length,
    observe,
    prepare: () => void bound.prepare(0, 0, 0, data),
    preparation: bound.prepare,
  };
}
