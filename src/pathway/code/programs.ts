import { DISTRIBUTIONS, draw } from "../../numerics/distributions.ts";
import type { GraphCall, ModuleFunction } from "../../numerics/expressions/graph-module.ts";
import { bindModule, type HostTable, type Program, programOver } from "../../numerics/expressions/graph-program.ts";
import type { SmallRandom } from "../../numerics/random.ts";
import type { LoweredEvent, PathwayEvent } from "../network/events.ts";
import { drawName } from "../network/lower.ts";
import type { Network } from "../network/network-types.ts";
import type { DelayHistory } from "../run/delay-history.ts";
import type { ModelCode } from "./model-code.ts";
import type { ModelMemory } from "./model-memory.ts";

/** A network with its mathematics as a graph, and the memory that its programs work on. */
export interface ProgramSource {
  readonly network: Network;
  readonly code: ModelCode;
  readonly memory: ModelMemory;
  readonly events: readonly LoweredEvent[];
  /** Stores the triggers and their margins. */
  readonly tests: ModuleFunction;
  /** Slots of the reactions' rates that get a program of their own. */
  readonly rates: readonly number[];
  /** What the mathematics may call beside elementary functions. */
  readonly hosts: HostTable;
}

/** Programs of a model over its memory, as compiled: algebraic rules hold where somebody has solved them. */
export interface PathwayPrograms {
  /** What holds at the start. */
  readonly initial: Program;
  /** What moves only when something is changed by hand. */
  readonly held: Program;
  /** What the other programs take as given; to be run after `held`. */
  readonly prepare: Program;
  /** The calls behind `initial`, `held` and `prepare`. */
  readonly beginning: readonly GraphCall[];
  /** Derivatives, and the compartments' sizes. */
  readonly differentiate: Program;
  /** All that has an id, and the derivatives. */
  readonly observe: Program;
  readonly testTriggers: Program;
  /** What the algebraic rules make zero. */
  readonly residual: Program;
  /** The delayed expressions and their delays. */
  readonly delayed: Program;
  /** What each delayed expression was before the start. */
  readonly past: readonly Program[];
  readonly events: readonly PathwayEvent[];
  /** By slot of the rate. */
  readonly rates: ReadonlyMap<number, Program>;
}

/** Compiles all of a model's programs, as one module and, where there are delays, another one. */
export function pathwayPrograms(source: ProgramSource): PathwayPrograms {
  const { network, code, memory, hosts } = source;
  const { delays, residuals, states } = network;
  const functions: ModuleFunction[] = [];
  const placed = (made: ModuleFunction): number => functions.push(made) - 1;
  const derivatives = states.map((_, i) => 1 + states.length + i);
  const at = {
    initial: placed(code.initial()),
    held: placed(code.held()),
    differentiate: placed(code.moving([...derivatives, ...compartmentSlots(network)])),
    observe: placed(code.moving(observedSlots(network, derivatives))),
    testTriggers: placed(source.tests),
    residual: placed(code.moving(residuals)),
    delayed: placed(code.moving([...delays.values, ...delays.delays])),
  };
  const ofEvents = source.events.map(({ event, values, delay, priority }) => ({
    event,
    values: placed(code.moving(values)),
    delay: placed(code.moving(delay)),
    priority: placed(code.moving(priority)),
  }));
  const ofRates = source.rates.map((slot) => [slot, placed(code.moving([slot]))] as const);
  const bind = (made: readonly ModuleFunction[]) =>
    memory.keep(bindModule(memory.sundials, memory.compile(code.graph, made), hosts));
  const main = bind(functions);
  const past = delays.values.length > 0 ? bind(delays.values.map((slot) => code.before(slot))).functions : [];
  const run = (index: number): Program => programOver(main.functions[index], memory.data);
  return {
    initial: run(at.initial),
    held: run(at.held),
    prepare: programOver(main.prepare, memory.data),
    beginning: [...main.functions.slice(at.initial, at.held + 1), main.prepare],
    differentiate: run(at.differentiate),
    observe: run(at.observe),
    testTriggers: run(at.testTriggers),
    residual: run(at.residual),
    delayed: run(at.delayed),
    past: past.map((call) => programOver(call, memory.data)),
    events: ofEvents.map(({ event, values, delay, priority }) => ({
      ...event,
      computeValues: run(values),
      computeDelay: run(delay),
      computePriority: run(priority),
    })),
    rates: new Map(ofRates.map(([slot, index]) => [slot, run(index)])),
  };
}

/** Whoever turns concentrations into amounts while the model is integrated needs the sizes of the moment. */
function compartmentSlots({ symbols }: Network): number[] {
  return [...symbols.values()].filter((s) => s.kind === "compartment").map((s) => s.slot);
}

/** What has an id, and the derivatives. */
function observedSlots({ symbols }: Network, derivatives: readonly number[]): Set<number> {
  const slots = new Set<number>(derivatives);
  for (const s of symbols.values()) {
    slots.add(s.slot);
    if (s.amount >= 0) slots.add(s.amount);
  }
  return slots;
}

/** What a model's mathematics reaches outside of its memory: the past, and random draws. */
export function hostTable(history: DelayHistory, draws: { random: SmallRandom }): HostTable {
  const uniform = (): number => draws.random.next();
  const table = new Map<string, (...args: number[]) => number>([
    ["delay", (k = 0, delay = 0, present = 0) => history.lookup(k, delay, present)],
  ]);
  for (const [name, distribution] of DISTRIBUTIONS)
    for (let args = 1; args <= 4; args++)
      table.set(drawName(name, args), (...given) => draw(distribution, uniform, given));
  return table;
}
