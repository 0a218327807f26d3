import type { CellModule, Contribution, Instant, ModuleSnapshot, Window } from "../../cell/module.ts";
import { type ModuleStatus, OK } from "../../cell/status.ts";
import { parabola, rateAt } from "../../cell/window.ts";
import { PathwayEdits } from "../module/edits.ts";
import { bindPathway, type PathwayBinding, type PathwayModuleOptions } from "../module/options.ts";
import { isConcentration, TIME_SLOT } from "../symbols.ts";
import { channelsOf } from "./channels.ts";
import { type AddedJumps, type JumpMemory, JumpProcess } from "./jump-process.ts";
import { JumpRecord } from "./jump-record.ts";

/** A pathway's options; tolerances and steps belong to the deterministic one. */
export type StochasticPathwayOptions = Omit<
  PathwayModuleOptions,
  "rtol" | "atol" | "maxSteps" | "integrator" | "solver"
> & {
  /** Molecules in one unit of the model's amounts (concentration x compartment size). Default 1. */
  readonly molecules?: number;
  /** Jumps in one window, default 10,000,000. */
  readonly maxJumps?: number;
};

interface StochasticSnapshot {
  readonly process: JumpMemory;
  readonly base: readonly (readonly [number, number])[];
}

/** Pieces of a window in which inputs and added rates stand still, at their middle values. */
const SLICES = 8;

/**
 * An SBML model as a stochastic module of the cell: molecules jump one reaction at a time (next reaction method), with
 * each rate law as the propensity. Amounts are whole numbers of molecules; the file's and the experimenter's are rounded.
 * A rate that others add to a species becomes jumps of one molecule with that rate.
 *
 * Inputs and added rates stand still at their middle over an eighth of the window, so that what depends on them is right
 * in the mean to second order in the window; without them a window is exact. Others see the line between the counts at
 * both ends, first order along a path. The random stream is in the snapshot: a step that is repeated over a shorter
 * window sees the beginning of the same path where inputs are the same.
 *
 * Options, edits and errors as `pathwayModule`, and `sbml/unsupported` for what cannot jump (see `channelsOf`);
 * advancing gives the statuses `out-of-range` for a negative rate, `too-many-steps` and `failed`.
 * @see Gibson, Bruck 2000, doi:10.1021/jp993732q
 */
export function stochasticPathwayModule(options: StochasticPathwayOptions): CellModule {
  const module = new StochasticPathway(options, bindPathway(options, { singleRates: true }));
  return {
    id: options.id,
    owns: module.owns(),
    reads: module.binding.reads,
    adds: [],
    stochastic: true,
    accepts: (edit) => module.edits.accepts(edit),
    apply: (edits) => module.edits.apply(edits),
    evaluate: (instant) => module.evaluate(instant),
    advance: (window) => module.advance(window),
    interpolate: (t, owned) => module.interpolate(t, owned),
    snapshot: () => module.snapshot(),
    restore: (snapshot) => module.restore(snapshot),
    parameters: module.edits.parameters,
    dispose: () => {},
  };
}

class StochasticPathway {
  readonly binding: PathwayBinding;
  readonly edits: PathwayEdits;
  private readonly process: JumpProcess;
  private readonly record: JumpRecord;
  /** Model time units in an hour. */
  private readonly scale: number;
  private readonly molecules: number;
  private readonly maxJumps: number;
  /** What `owns` are now, for added rates that depend on them. */
  private readonly owned: Float64Array;

  constructor(options: StochasticPathwayOptions, binding: PathwayBinding) {
    const { timeScale = 1, molecules = 1, maxJumps = 10_000_000, seed = 1 } = options;
    const { pathway } = binding;
    this.binding = binding;
    this.scale = timeScale;
    this.molecules = molecules;
    this.maxJumps = maxJumps;
    this.edits = new PathwayEdits(options, binding);
    this.process = new JumpProcess(pathway, channelsOf(pathway), seed, molecules);
    this.process.round();
    this.record = new JumpRecord(pathway.states.length);
    this.owned = new Float64Array(binding.owns.length);
  }

  /** Declarations with the values that whole molecules make. */
  owns(): CellModule["owns"] {
    const { binding, process } = this;
    process.load();
    binding.pathway.observe();
    return binding.owns.map((o, i) => ({
      ...o,
      initial: binding.pathway.values[binding.symbols[i]?.slot ?? 0] ?? o.initial,
    }));
  }

  evaluate({ t, reads, owned }: Instant): ModuleStatus {
    const { binding, process, record } = this;
    const { pathway } = binding;
    const time = t * this.scale;
    process.load();
    if (record.covers(time)) record.at(time, pathway.stateValues);
    pathway.values[TIME_SLOT] = time;
    binding.inputs.forEach((input, i) => {
      pathway.values[input.slot] = input.factor * (reads[i] ?? 0);
    });
    binding.stateOf.forEach((state, i) => {
      if (state >= 0) pathway.stateValues[state] = (owned[i] ?? 0) * this.volumeOf(i);
    });
    pathway.observe();
    binding.symbols.forEach((symbol, i) => {
      if ((binding.stateOf[i] ?? -1) < 0) owned[i] = pathway.values[symbol.slot] ?? 0;
    });
    return OK;
  }

  advance(window: Window): ModuleStatus {
    const { process, record, binding } = this;
    const [t0, t1] = [window.t0 * this.scale, window.t1 * this.scale];
    process.t = t0;
    this.enter(window.start);
    const { added, inMiddle } = this.addedJumps(window);
    process.add(added);
    process.load();
    record.begin(t0, t1);
    record.add(t0, binding.pathway.stateValues);
    const slices = binding.inputs.length + added.length > 0 ? SLICES : 1;
    const watcher = { after: (t: number) => record.add(t, binding.pathway.stateValues) };
    let status = OK;
    for (let k = 0; k < slices && status.ok; k++) {
      const middle = (k + 0.5) / slices;
      this.drive(window, middle);
      inMiddle(middle);
      status = k === 0 ? process.begin() : process.refresh();
      const to = k === slices - 1 ? t1 : t0 + ((t1 - t0) * (k + 1)) / slices;
      if (status.ok) status = process.advance(to, this.maxJumps, watcher);
    }
    this.leave(binding.pathway.stateValues, window.owned);
    added.forEach(({ gained }, c) => {
      const target = window.contributions[c]?.target ?? 0;
      window.moved[c] = gained / this.molecules / this.volumeOf(target);
    });
    return status.ok ? OK : { ...status, t: status.t / this.scale };
  }

  interpolate(t: number, owned: Float64Array): void {
    const { pathway } = this.binding;
    const states = pathway.stateValues;
    this.process.load();
    if (this.record.covers(t * this.scale)) this.record.at(t * this.scale, states);
    this.leave(states, owned);
  }

  snapshot(): StochasticSnapshot {
    return { process: this.process.snapshot(), base: this.edits.snapshot() };
  }

  restore(snapshot: ModuleSnapshot): void {
    const { process, base } = snapshot as StochasticSnapshot;
    this.process.restore(process);
    this.edits.restore(base);
    this.record.clear();
  }

  /** Counts from the engine's values of what is owned. */
  private enter(start: Float64Array): void {
    const { process, binding, edits } = this;
    process.frozen.fill(0);
    binding.stateOf.forEach((state, i) => {
      if (state < 0) return;
      const held = edits.held.get(i);
      const count = (held ?? start[i] ?? 0) * this.volumeOf(i) * this.molecules;
      process.counts[state] = held === undefined && isAmount(binding, state) ? Math.round(count) : count;
      process.frozen[state] = held === undefined ? 0 : 1;
    });
  }

  private leave(states: Float64Array, owned: Float64Array): void {
    this.binding.stateOf.forEach((state, i) => {
      if (state < 0) return;
      owned[i] = this.edits.held.get(i) ?? (states[state] ?? 0) / this.volumeOf(i);
    });
  }

  private drive(window: Window, s: number): void {
    const { inputs, pathway } = this.binding;
    inputs.forEach((input, i) => {
      const value = parabola(window.reads0[i] ?? 0, window.reads1[i] ?? 0, window.readsBend?.[i] ?? 0, s);
      pathway.values[input.slot] = input.factor * value;
    });
  }

  /** Contributions as jumps, at the place in the window that `inMiddle` says. */
  private addedJumps({ contributions }: Window): { added: AddedJumps[]; inMiddle(s: number): void } {
    let middle = 0;
    const added = contributions.map((c): AddedJumps => {
      const state = this.binding.stateOf[c.target] ?? 0;
      const perHour = this.volumeOf(c.target) * this.molecules;
      return { state, gained: 0, rate: () => (this.rateNow(c, middle) * perHour) / this.scale };
    });
    return {
      added,
      inMiddle(s) {
        middle = s;
      },
    };
  }

  private rateNow(c: Contribution, s: number): number {
    if (this.edits.held.has(c.target)) return 0;
    if (c.feedback.length > 0) this.leave(this.binding.pathway.stateValues, this.owned);
    return rateAt(c, s, this.owned);
  }

  /** What turns an owned value into its state: the compartment's size where the state is an amount. */
  private volumeOf(own: number): number {
    const symbol = this.binding.symbols[own];
    if (symbol === undefined || !isConcentration(symbol) || symbol.determination !== "reactions") return 1;
    return this.binding.pathway.values[symbol.volume] ?? 1;
  }
}

/** Whether a state is the amount of a species. */
function isAmount({ pathway }: PathwayBinding, state: number): boolean {
  return pathway.states[state]?.symbol.kind === "species";
}
