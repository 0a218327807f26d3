import { DISTRIBUTIONS, draw } from "../numerics/distributions.ts";
import { compilePrograms, type HostTable, type Program, type Store } from "../numerics/expression-program.ts";
import { newtonSolver } from "../numerics/newton.ts";
import { type SmallRandom, smallRandom } from "../numerics/random.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import type { Definition } from "./definitions.ts";
import { DelayHistory } from "./delay-history.ts";
import { lowerEvents, type PathwayEvent } from "./events.ts";
import { drawName, readsHistory } from "./lower.ts";
import { buildNetwork } from "./network.ts";
import type { ClampSlots, Network, NetworkOptions, SpeedSlots } from "./network-types.ts";
import { isConcentration, type PathwayState, type PathwaySymbol, TIME_SLOT } from "./symbols.ts";

/** A document compiled to programs over one memory; every index is resolved. */
export interface CompiledPathway {
  readonly document: SbmlDocument;
  readonly symbols: ReadonlyMap<string, PathwaySymbol>;
  /** Components of the state vector; state i lies in slot 1 + i. */
  readonly states: readonly PathwayState[];
  /** The memory: time, states, derivatives, everything else. */
  readonly values: Float64Array;
  /** Part of `values`, shape [states]. */
  readonly stateValues: Float64Array;
  /** Part of `values`, shape [states]. */
  readonly derivatives: Float64Array;
  readonly events: readonly PathwayEvent[];
  /** States that triggers depend on, as indices. */
  readonly triggerStates: readonly number[];
  readonly clamps: ReadonlyMap<string, ClampSlots>;
  readonly warnings: readonly string[];
  /** Values that slots have before `initialise` computes anything; whoever runs the model may change them. */
  readonly startValues: Map<number, number>;
  /** Sets everything to the start at a time: the start values, initial assignments, rules. */
  initialise(t: number): void;
  /** Recomputes what changes only when a parameter, a held quantity or an event changes it. */
  settle(): void;
  /** Fills the derivatives for the time and states in memory. */
  differentiate(): void;
  /** Computes every quantity for the time and states in memory. */
  observe(): void;
  /** Computes one reaction's rate; compiled only with `singleRates`. */
  programFor(rate: number): Program;
  /** Slots that the value of a slot depends on. */
  slotsBehind(slot: number): ReadonlySet<number>;
  /** What random draws come from; whoever runs the model puts its own stream here. */
  readonly draws: { random: SmallRandom };
  /** Where fast reactions are: slots of the speeds of what is slow and what is fast. */
  readonly speeds: SpeedSlots | undefined;
  /** Past values of delayed expressions. */
  readonly history: DelayHistory;
  /** Computes the delayed expressions and their delays for the time and states in memory. */
  computeDelayed(): void;
  /** Computes the triggers for the time and states in memory. */
  testTriggers(): void;
}

/** Compiles a document. Throws the `sbml/...` errors of reading that need the whole model. */
export function compilePathway(document: SbmlDocument, options: NetworkOptions = {}): CompiledPathway {
  const network = buildNetwork(document, options);
  const events = lowerEvents(network);
  const plan = new Plan(network);
  const derivatives = network.states.map((_, i) => 1 + network.states.length + i);
  const triggers = events.map((e) => e.trigger);
  const { delays } = network;
  const history = new DelayHistory(
    delays,
    () => values,
    (k, t) => beforeStart(k, t),
  );
  const draws = { random: smallRandom(1) };
  const rates = options.singleRates ? reactionSlots(network) : [];
  const lists: Store[][] = [
    plan.initial(),
    plan.held(),
    plan.moving(derivatives),
    plan.moving(network.always.slots),
    plan.moving(triggers),
    plan.moving(network.residuals),
    plan.moving([...delays.values, ...delays.delays]),
    ...events.flatMap((e) => [plan.moving(e.values), plan.moving(e.delay), plan.moving(e.priority)]),
    ...delays.values.map((slot) => plan.before(slot)),
    ...rates.map((slot) => plan.moving([slot])),
  ];
  const { values, programs } = compilePrograms(lists, network.slots.count, hostTable(history, draws));
  const run = (index: number): Program => programs[index] ?? (() => {});
  const n = network.states.length;
  const startValues = new Map(network.constants);
  const beforeStart = (k: number, t: number): void => {
    values[TIME_SLOT] = t;
    for (const [slot, value] of startValues) values[slot] = value;
    values.fill(0, 1 + n, 1 + 2 * n);
    run(7 + 3 * events.length + k)();
  };
  const solve = algebraicSolver(network, values, run(5));
  const after = (first: Program, then: Program): Program => {
    if (network.residuals.length === 0) return then;
    return () => {
      first();
      then();
    };
  };
  return {
    document,
    symbols: network.symbols,
    states: network.states.map((symbol, i) => ({ symbol, slot: 1 + i, derivative: 1 + n + i })),
    values,
    stateValues: values.subarray(1, 1 + n),
    derivatives: values.subarray(1 + n, 1 + 2 * n),
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
    programFor: (slot) => run(7 + 3 * events.length + delays.values.length + rates.indexOf(slot)),
    slotsBehind: (slot) => plan.slotsBehind([slot]),
    history,
    warnings: [...document.warnings, ...network.warnings],
    startValues,
    initialise(t) {
      history.reset();
      values.fill(0);
      values[TIME_SLOT] = t;
      for (const [slot, value] of startValues) values[slot] = value;
      run(0)();
      if (network.residuals.length > 0) {
        run(1)();
        solve();
        run(0)();
      }
      run(1)();
      if (history.active) {
        solve();
        run(6)();
        history.begin();
      }
    },
    settle: run(1),
    differentiate: after(solve, run(2)),
    observe: after(solve, run(3)),
    testTriggers: after(solve, run(4)),
    computeDelayed: after(solve, run(6)),
  };
}

/** Makes the algebraic rules hold by Newton's method, from the values in memory, or from 1 where there are none. */
function algebraicSolver({ unknowns, symbols, residuals }: Network, values: Float64Array, compute: Program): Program {
  const slots = unknowns.map((id) => symbols.get(id)?.slot ?? 0);
  const solve = newtonSolver({ values, unknowns: slots, residuals, compute });
  return () => {
    for (const slot of slots) if (Number.isNaN(values[slot])) values[slot] = 1;
    if (!solve()) for (const slot of slots) values[slot] = Number.NaN;
  };
}

function reactionSlots({ symbols }: Network): number[] {
  return [...symbols.values()].filter((s) => s.kind === "reaction").map((s) => s.slot);
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

/** Sorts definitions into what moves with time and states, and what stays until something is changed by hand. */
class Plan {
  private readonly network: Network;
  private readonly moves = new Set<number>([TIME_SLOT]);
  private readonly order: readonly Definition[];

  constructor(network: Network) {
    this.network = network;
    const { symbols, states, always, document } = network;
    for (let i = 0; i < states.length; i++) this.moves.add(1 + i);
    for (const s of symbols.values())
      if (s.determination === "driven" || s.determination === "algebraic") this.moves.add(s.slot);
    this.order = always.sorted(always.slots, document.file);
    for (const d of this.order) {
      if (readsHistory(d.value)) this.moves.add(d.slot);
      for (const read of always.readsOf(d.slot)) if (this.moves.has(read)) this.moves.add(d.slot);
    }
  }

  initial(): Store[] {
    const { initially, document } = this.network;
    return initially.sorted(initially.slots, document.file).map(store);
  }

  /** What one slot needs before the start: all is as at the start, but nothing moves. */
  before(target: number): Store[] {
    const { initially, document, states } = this.network;
    const moves = (slot: number): boolean => slot > states.length && slot <= 2 * states.length;
    return initially
      .sorted([target], document.file)
      .filter((d) => !moves(d.slot))
      .map(store);
  }

  held(): Store[] {
    return this.order.filter((d) => !this.moves.has(d.slot)).map(store);
  }

  /** Moving definitions that some slots need. */
  moving(targets: readonly number[]): Store[] {
    const { always, document } = this.network;
    return always
      .sorted(targets, document.file)
      .filter((d) => this.moves.has(d.slot))
      .map(store);
  }

  slotsBehind(targets: readonly number[]): Set<number> {
    const { always, document } = this.network;
    const read = new Set<number>();
    for (const d of always.sorted(targets, document.file)) for (const s of always.readsOf(d.slot)) read.add(s);
    return read;
  }

  statesBehind(targets: readonly number[]): number[] {
    const { states } = this.network;
    if (this.network.residuals.length > 0 || this.network.delays.values.length > 0) return states.map((_, i) => i);
    const read = this.slotsBehind(targets);
    return states.map((_, i) => i).filter((i) => read.has(1 + i));
  }
}

function store({ slot, value }: Definition): Store {
  return { slot, value };
}

/** Sets a quantity by the value that mathematics sees; a species' amount follows its concentration. */
export function setValue(pathway: CompiledPathway, symbol: PathwaySymbol, value: number): void {
  const { values } = pathway;
  values[symbol.slot] = value;
  if (isConcentration(symbol)) values[symbol.amount] = value * (values[symbol.volume] ?? 1);
}
