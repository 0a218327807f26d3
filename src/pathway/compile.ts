import { DISTRIBUTIONS, draw } from "../numerics/distributions.ts";
import type { ModuleFunction } from "../numerics/graph-module.ts";
import { type BoundModule, bindModule, type HostTable, type Program, programOver } from "../numerics/graph-program.ts";
import { newtonSolver } from "../numerics/newton.ts";
import { type SmallRandom, smallRandom } from "../numerics/random.ts";
import { sharedSundials } from "../numerics/sundials/shared.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import type { CompiledPathway } from "./compiled.ts";
import { DelayHistory } from "./delay-history.ts";
import { lowerEvents } from "./events.ts";
import { drawName } from "./lower.ts";
import { modelCode } from "./model-code.ts";
import { ModelMemory } from "./model-memory.ts";
import { buildNetwork } from "./network.ts";
import type { Network, NetworkOptions } from "./network-types.ts";
import { Plan } from "./plan.ts";
import { StartImage } from "./start-image.ts";
import { isConcentration, type PathwaySymbol, TIME_SLOT } from "./symbols.ts";

/** Compiles a document. Throws the `sbml/...` errors of reading that need the whole model. */
export function compilePathway(document: SbmlDocument, options: NetworkOptions = {}): CompiledPathway {
  const network = buildNetwork(document, options);
  const events = lowerEvents(network);
  const plan = new Plan(network);
  const code = modelCode(network, plan);
  const n = network.states.length;
  const derivatives = network.states.map((_, i) => 1 + n + i);
  const { delays, residuals } = network;
  const rates = options.singleRates ? reactionSlots(network) : [];
  const triggers = events.map((e) => e.trigger);
  const tests = code.tests(triggers, () => network.slots.one());
  const memory = new ModelMemory(sharedSundials(), network.slots.count, n, options.modules);
  const history = new DelayHistory(
    delays,
    () => memory.values,
    (k, t) => beforeStart(k, t),
  );
  const draws = { random: smallRandom(1) };
  const hosts = hostTable(history, draws);
  const bind = (functions: readonly ModuleFunction[]): BoundModule =>
    memory.keep(bindModule(memory.sundials, memory.compile(code.graph, functions), hosts));
  const main = bind([
    code.initial(),
    code.held(),
    code.moving([...derivatives, ...compartmentSlots(network)]),
    code.moving(observedSlots(network)),
    tests.code,
    code.moving(residuals),
    code.moving([...delays.values, ...delays.delays]),
    ...events.flatMap((e) => [code.moving(e.values), code.moving(e.delay), code.moving(e.priority)]),
    ...rates.map((slot) => code.moving([slot])),
  ]);
  const past = delays.values.length > 0 ? bind(delays.values.map((slot) => code.before(slot))) : undefined;
  const run = (index: number): Program => programOver(main.functions[index], memory.data);
  const startValues = new StartImage(network.slots.count, network.constants);
  const beforeStart = (k: number, t: number): void => {
    memory.values[TIME_SLOT] = t;
    startValues.writeGiven(memory.values);
    memory.derivatives.fill(0);
    programOver(past?.functions[k], memory.data)();
  };
  const [initial, held, residual] = [run(0), run(1), run(5)];
  const settle = (): void => {
    held();
    main.prepare(0, 0, 0, memory.data);
  };
  const solve = algebraicSolver(network, memory, residual);
  const after = (then: Program): Program => {
    if (residuals.length === 0) return then;
    return () => {
      solve();
      then();
    };
  };
  const computeDelayed = after(run(6));
  return {
    document,
    network,
    code,
    memory,
    symbols: network.symbols,
    states: network.states.map((symbol, i) => ({ symbol, slot: 1 + i, derivative: 1 + n + i })),
    get values() {
      return memory.values;
    },
    get stateValues() {
      return memory.states;
    },
    get derivatives() {
      return memory.derivatives;
    },
    events: events.map((e, i) => ({
      ...e.event,
      computeValues: run(7 + 3 * i),
      computeDelay: run(8 + 3 * i),
      computePriority: run(9 + 3 * i),
    })),
    triggerStates: plan.statesBehind(triggers),
    clamps: network.clamps,
    draws,
    speeds: network.speeds,
    programFor: (slot) => run(7 + 3 * events.length + rates.indexOf(slot)),
    slotsBehind: (slot) => plan.slotsBehind([slot]),
    history,
    warnings: [...document.warnings, ...network.warnings],
    startValues,
    initialise(t) {
      history.reset();
      startValues.writeAll(memory.values);
      memory.values[TIME_SLOT] = t;
      initial();
      if (residuals.length > 0) {
        settle();
        solve();
        initial();
      }
      settle();
      if (history.active) {
        computeDelayed();
        history.begin();
      }
    },
    beginning: [...main.functions.slice(0, 2), main.prepare],
    settle,
    differentiate: after(run(2)),
    observe: after(run(3)),
    marginSlots: tests.marginSlots,
    testTriggers: after(run(4)),
    computeDelayed,
    [Symbol.dispose]: () => memory[Symbol.dispose](),
  };
}

/** Makes the algebraic rules hold by Newton's method, from the values in memory, or from 1 where there are none. */
function algebraicSolver({ unknowns, symbols, residuals }: Network, memory: ModelMemory, compute: Program): Program {
  if (residuals.length === 0) return () => {};
  const slots = unknowns.map((id) => symbols.get(id)?.slot ?? 0);
  const solve = newtonSolver({ memory: () => memory.values, unknowns: slots, residuals, compute });
  return () => {
    const { values } = memory;
    for (const slot of slots) if (Number.isNaN(values[slot])) values[slot] = 1;
    if (!solve()) for (const slot of slots) values[slot] = Number.NaN;
  };
}

function reactionSlots({ symbols }: Network): number[] {
  return [...symbols.values()].filter((s) => s.kind === "reaction").map((s) => s.slot);
}

/** Whoever turns concentrations into amounts while the model is integrated needs the sizes of the moment. */
function compartmentSlots({ symbols }: Network): number[] {
  return [...symbols.values()].filter((s) => s.kind === "compartment").map((s) => s.slot);
}

/** What has an id, and the derivatives. */
function observedSlots({ symbols, states }: Network): Set<number> {
  const slots = new Set<number>(states.map((_, i) => 1 + states.length + i));
  for (const s of symbols.values()) {
    slots.add(s.slot);
    if (s.amount >= 0) slots.add(s.amount);
  }
  return slots;
}

function hostTable(history: DelayHistory, draws: { random: SmallRandom }): HostTable {
  const uniform = (): number => draws.random.next();
  const table = new Map<string, (...args: number[]) => number>([
    ["delay", (k = 0, delay = 0, present = 0) => history.lookup(k, delay, present)],
  ]);
  for (const [name, distribution] of DISTRIBUTIONS)
    for (let args = 1; args <= 4; args++)
      table.set(drawName(name, args), (...given) => draw(distribution, uniform, given));
  return table;
}

/** Sets a quantity by the value that mathematics sees; a species' amount follows its concentration. */
export function setValue(pathway: CompiledPathway, symbol: PathwaySymbol, value: number): void {
  const { values } = pathway;
  values[symbol.slot] = value;
  if (isConcentration(symbol)) values[symbol.amount] = value * (values[symbol.volume] ?? 1);
}

export type { CompiledPathway } from "./compiled.ts";
