import type { Program } from "../../numerics/expressions/graph-program.ts";
import { newtonSolver } from "../../numerics/ode/newton.ts";
import { smallRandom } from "../../numerics/random.ts";
import { sharedSundials } from "../../numerics/sundials/shared.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { lowerEvents } from "../network/events.ts";
import { buildNetwork } from "../network/network.ts";
import type { Network, NetworkOptions } from "../network/network-types.ts";
import { DelayHistory } from "../run/delay-history.ts";
import { isConcentration, type PathwaySymbol, TIME_SLOT } from "../symbols.ts";
import type { CompiledPathway } from "./compiled.ts";
import { modelCode } from "./model-code.ts";
import { ModelMemory } from "./model-memory.ts";
import { Plan } from "./plan.ts";
import { hostTable, type PathwayPrograms, pathwayPrograms } from "./programs.ts";
import { StartImage } from "./start-image.ts";

/** Compiles a document. Throws the `sbml/...` errors of reading that need the whole model. */
export function compilePathway(document: SbmlDocument, options: NetworkOptions = {}): CompiledPathway {
  const network = buildNetwork(document, options);
  const events = lowerEvents(network);
  const plan = new Plan(network);
  const code = modelCode(network, plan);
  const n = network.states.length;
  const triggers = events.map((e) => e.trigger);
  const tests = code.tests(triggers, () => network.slots.one());
  const memory = new ModelMemory(sharedSundials(), network.slots.count, n, options.modules);
  const startValues = new StartImage(network.slots.count, network.constants);
  const draws = { random: smallRandom(1) };
  const history = new DelayHistory(
    network.delays,
    () => memory.values,
    (k, t) => {
      memory.values[TIME_SLOT] = t;
      startValues.writeGiven(memory.values);
      memory.derivatives.fill(0);
      programs.past[k]?.();
    },
  );
  const rates = options.singleRates ? reactionSlots(network) : [];
  const hosts = hostTable(history, draws);
  const programs = pathwayPrograms({ network, code, memory, events, tests: tests.code, rates, hosts });
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
    events: programs.events,
    triggerStates: plan.statesBehind(triggers),
    clamps: network.clamps,
    draws,
    speeds: network.speeds,
    programFor: (slot) => programs.rates.get(slot) ?? (() => {}),
    slotsBehind: (slot) => plan.slotsBehind([slot]),
    history,
    warnings: [...document.warnings, ...network.warnings],
    startValues,
    beginning: programs.beginning,
    marginSlots: tests.marginSlots,
    ...running({ network, memory, history, startValues }, programs),
    [Symbol.dispose]: () => memory[Symbol.dispose](),
  };
}

type Parts = Pick<CompiledPathway, "network" | "memory" | "history" | "startValues">;
type Running = Pick<
  CompiledPathway,
  "initialise" | "settle" | "differentiate" | "observe" | "testTriggers" | "computeDelayed"
>;

/** The programs as whoever runs the model calls them: algebraic rules hold before anything that reads them is computed. */
function running({ network, memory, history, startValues }: Parts, programs: PathwayPrograms): Running {
  const { initial, held, prepare, residual, delayed } = programs;
  const solve = network.residuals.length > 0 ? algebraicSolver(network, memory, residual) : undefined;
  const solved = (then: Program): Program => {
    if (solve === undefined) return then;
    return () => {
      solve();
      then();
    };
  };
  const computeDelayed = solved(delayed);
  const settle = (): void => {
    held();
    prepare();
  };
  return {
    initialise(t) {
      history.reset();
      startValues.writeAll(memory.values);
      memory.values[TIME_SLOT] = t;
      initial();
      if (solve !== undefined) {
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
    settle,
    differentiate: solved(programs.differentiate),
    observe: solved(programs.observe),
    testTriggers: solved(programs.testTriggers),
    computeDelayed,
  };
}

/** Makes the algebraic rules hold by Newton's method, from the values in memory, or from 1 where there are none. */
function algebraicSolver({ unknowns, symbols, residuals }: Network, memory: ModelMemory, compute: Program): Program {
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

/** Sets a quantity by the value that mathematics sees; a species' amount follows its concentration. */
export function setValue(pathway: CompiledPathway, symbol: PathwaySymbol, value: number): void {
  const { values } = pathway;
  values[symbol.slot] = value;
  if (isConcentration(symbol)) values[symbol.amount] = value * (values[symbol.volume] ?? 1);
}

export type { CompiledPathway } from "./compiled.ts";
