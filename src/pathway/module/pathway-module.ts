import type { CellModule, Instant, ModuleSnapshot, Window } from "../../cell/module.ts";
import { type ModuleStatus, OK } from "../../cell/status.ts";
import { parabola, rateAt } from "../../cell/window.ts";
import type { Integrator } from "../../numerics/ode/ode.ts";
import { rescued } from "../../numerics/ode/ode-automatic.ts";
import { solvesNatively } from "../code/solver-code.ts";
import { DenseRecord } from "../run/dense-record.ts";
import { nativeIntegrator } from "../run/native-integrator.ts";
import { PathwaySession, type SessionSnapshot, type SessionStatus } from "../run/session.ts";
import { integratorOf } from "../run/solvers.ts";
import { isConcentration } from "../symbols.ts";
import { PathwayEdits } from "./edits.ts";
import { bindPathway, type PathwayBinding, type PathwayModuleOptions } from "./options.ts";

interface PathwaySnapshot {
  readonly session: SessionSnapshot;
  readonly base: readonly (readonly [number, number])[];
}

/**
 * An SBML model as a module of the cell: it integrates its species over each window while inputs move linearly and
 * others add rates, executes SBML events inside the window, and shows what `owns` lists. What the model integrates
 * beyond that stays inside the module and its snapshot.
 *
 * `pathwayModule({ id: "sensing", document: readSbml(text), timeScale: 3600,
 *   inputs: [{ sbml: "glc", variable: "pool:glc__D_e" }],
 *   owns: [{ sbml: "cAMP", unit: "mmol/L", nominal: 0.01 }, { sbml: "CrpActivity", variable: "activity:Crp", kind: "activity", unit: "1", nominal: 1 }],
 *   genes: [{ gene: "b3357", parameter: "crp_level" }] })`
 *
 * Edits taken: `clamp` of what it owns, `gene` through `genes` (the parameter becomes the product of the levels), `parameter` of a
 * parameter that no rule determines. Throws `pathway/not-a-parameter` and the `sbml/...` errors;
 * advancing gives the statuses `too-many-steps`, `too-stiff`, `not-finite` and `failed`, which name time and species.
 */
export function pathwayModule(options: PathwayModuleOptions): CellModule {
  const module = new PathwayModule(options, bindPathway(options));
  return {
    id: options.id,
    owns: module.binding.owns,
    reads: module.binding.reads,
    adds: [],
    accepts: (edit) => module.edits.accepts(edit),
    apply: (edits) => module.edits.apply(edits),
    evaluate: (instant) => module.evaluate(instant),
    advance: (window) => module.advance(window),
    interpolate: (t, owned) => module.interpolate(t, owned),
    denseOutputs: true,
    snapshot: () => module.snapshot(),
    restore: (snapshot) => module.restore(snapshot),
    suddenChange: () => module.suddenChange(),
    parameters: module.edits.parameters,
    dispose: () => module.binding.pathway[Symbol.dispose](),
  };
}

class PathwayModule {
  readonly binding: PathwayBinding;
  readonly edits: PathwayEdits;
  private readonly session: PathwaySession;
  private readonly dense: DenseRecord;
  /** Integrates windows in which nothing acts on the states but the inputs; absent where the model needs more. */
  private readonly native: Integrator | undefined;
  /** Model time units in an hour. */
  private readonly scale: number;
  private readonly states: Float64Array;
  /** Values of `owns` at the point being integrated, for feedback. */
  private readonly owned: Float64Array;
  private window: Window | undefined;
  /** The window last advanced, with its inputs: what outputs inside it are computed from. */
  private passed: Window | undefined;
  /** Hours at which the window last advanced had its first event. */
  private changed: number | undefined;
  private readonly instantReads: Float64Array;

  constructor(options: PathwayModuleOptions, binding: PathwayBinding) {
    const { timeScale = 1, rtol = 1e-6, atol = 1e-6, maxSteps = 20_000, seed = 1 } = options;
    this.binding = binding;
    this.scale = timeScale;
    this.edits = new PathwayEdits(options, binding);
    this.session = new PathwaySession(binding.pathway, {
      t0: 0,
      rtol,
      atol,
      maxSteps,
      maxStep: Number.POSITIVE_INFINITY,
      seed,
      nominals: new Map(options.owns.map((o) => [o.sbml, o.nominal])),
      integrator: options.integrator ?? integratorOf(options.solver ?? "auto"),
      showTime: (t) => `${t / timeScale} h`,
      surroundings: { drive: (t) => this.drive(t), act: (t, y, dy) => this.act(t, y, dy) },
    });
    this.native = nativeFor(options, binding);
    this.states = new Float64Array(binding.pathway.states.length);
    this.owned = new Float64Array(binding.owns.length);
    this.dense = new DenseRecord(this.states.length);
    this.instantReads = new Float64Array(binding.reads.length);
  }

  evaluate(instant: Instant): ModuleStatus {
    const { binding, session, states } = this;
    this.window = undefined;
    this.instantReads.set(instant.reads);
    const t = instant.t * this.scale;
    if (this.dense.covers(t)) this.dense.at(t, states);
    else states.set(session.y.subarray(0, states.length));
    binding.stateOf.forEach((state, i) => {
      if (state >= 0) states[state] = (instant.owned[i] ?? 0) * this.volumeOf(i);
    });
    session.observe(t, states);
    binding.symbols.forEach((symbol, i) => {
      if ((binding.stateOf[i] ?? -1) < 0) instant.owned[i] = binding.pathway.values[symbol.slot] ?? 0;
    });
    return OK;
  }

  advance(window: Window): ModuleStatus {
    const { session } = this;
    const quadratures = window.contributions.filter((c) => c.feedback.length > 0).length;
    this.window = window;
    this.passed = { ...window, reads0: window.reads0.slice(), reads1: window.reads1.slice() };
    if (window.readsBend !== undefined) this.passed = { ...this.passed, readsBend: window.readsBend.slice() };
    this.dense.clear();
    session.extend(quadratures);
    session.t = window.t0 * this.scale;
    session.native = this.edits.held.size === 0 && window.contributions.length === 0 ? this.native : undefined;
    this.follow(window);
    this.enter(window.start);
    const expected = this.changed;
    this.changed = undefined;
    let status = session.begin();
    if (status.ok) status = session.advance(window.t1 * this.scale, (piece) => this.dense.add(piece));
    if (status.ok && expected === window.t1 && session.sudden === undefined) status = this.reach(window);
    this.leave(session.y, window.owned);
    this.noteChange(window);
    this.fillMoved(window);
    return this.translate(status);
  }

  suddenChange(): number | undefined {
    return this.changed;
  }

  /** The window was to end at an event, and rounding put the event just beyond: on to it, and no further. */
  private reach(window: Window): SessionStatus {
    const { session } = this;
    const before = session.y.slice();
    const margin = 1e-6 * (window.t1 - window.t0) * this.scale;
    const status = session.advance(window.t1 * this.scale + margin, () => {}, true);
    if (status.ok && session.sudden === undefined) session.y.set(before);
    return status;
  }

  private noteChange(window: Window): void {
    const { sudden } = this.session;
    if (sudden === undefined) return;
    this.changed = Math.min(window.t1, sudden.t / this.scale);
    if (window.before !== undefined) this.leave(sudden.before, window.before);
  }

  interpolate(t: number, owned: Float64Array): void {
    const { binding, states, session } = this;
    const time = t * this.scale;
    if (this.dense.covers(time)) this.dense.at(time, states);
    else states.set(session.y.subarray(0, states.length));
    const { window } = this;
    this.window = this.passed;
    session.observe(time, states);
    this.window = window;
    binding.stateOf.forEach((state, i) => {
      const slot = binding.symbols[i]?.slot ?? 0;
      owned[i] = state >= 0 ? (states[state] ?? 0) / this.volumeOf(i) : (binding.pathway.values[slot] ?? 0);
    });
  }

  snapshot(): PathwaySnapshot {
    return { session: this.session.snapshot(), base: this.edits.snapshot() };
  }

  restore(snapshot: ModuleSnapshot): void {
    const { session, base } = snapshot as PathwaySnapshot;
    this.session.restore(session);
    this.edits.restore(base);
    this.dense.clear();
  }

  /** States from the engine's values of what is owned. */
  private enter(start: Float64Array): void {
    this.binding.stateOf.forEach((state, i) => {
      if (state < 0) return;
      this.session.y[state] = (this.edits.held.get(i) ?? start[i] ?? 0) * this.volumeOf(i);
    });
  }

  private leave(y: Float64Array, owned: Float64Array): void {
    this.binding.stateOf.forEach((state, i) => {
      if (state < 0) return;
      owned[i] = this.edits.held.get(i) ?? (y[state] ?? 0) / this.volumeOf(i);
    });
  }

  /** Rates given over time are integrated exactly; those that feed back were integrated beside the states. */
  private fillMoved({ contributions, moved, t0, t1 }: Window): void {
    let quadrature = this.states.length;
    contributions.forEach((c, i) => {
      const given = ((c.rate0 + c.rate1) / 2 - (c.bend ?? 0) / 6) * (t1 - t0);
      moved[i] = c.feedback.length > 0 ? (this.session.y[quadrature++] ?? 0) : given;
    });
  }

  private drive(t: number): void {
    const { inputs, pathway } = this.binding;
    const { window } = this;
    const s = window === undefined ? 0 : this.fraction(window, t);
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i];
      if (input === undefined) continue;
      const value =
        window === undefined
          ? (this.instantReads[i] ?? 0)
          : parabola(window.reads0[i] ?? 0, window.reads1[i] ?? 0, window.readsBend?.[i] ?? 0, s);
      pathway.values[input.slot] = input.factor * value;
    }
  }

  private act(t: number, y: ArrayLike<number>, dy: Float64Array): void {
    const { window, binding, owned } = this;
    if (window === undefined) return;
    const s = this.fraction(window, t);
    let quadrature = this.states.length;
    for (const c of window.contributions) {
      if (c.feedback.length > 0) for (const f of c.feedback) owned[f.variable] = this.valueIn(y, f.variable);
      const rate = rateAt(c, s, owned) / this.scale;
      const state = binding.stateOf[c.target] ?? -1;
      if (state >= 0) dy[state] = (dy[state] ?? 0) + rate * this.volumeOf(c.target);
      if (c.feedback.length > 0) dy[quadrature++] = rate;
    }
    for (const index of this.edits.held.keys()) dy[binding.stateOf[index] ?? 0] = 0;
  }

  /** Puts the course of the inputs over a window into memory, where native code reads it. */
  private follow({ t0, t1, reads0, reads1, readsBend }: Window): void {
    const { values, network } = this.binding.pathway;
    const { drives } = network;
    if (drives === undefined) return;
    values[drives.start] = t0 * this.scale;
    values[drives.pace] = 1 / ((t1 - t0) * this.scale);
    this.binding.inputs.forEach(({ slot, factor }, i) => {
      const course = drives.inputs.get(slot);
      if (course === undefined) return;
      const [from, to, bend] = [reads0[i] ?? 0, reads1[i] ?? 0, readsBend?.[i] ?? 0];
      values[course.base] = factor * from;
      values[course.slope] = factor * (to - from - bend);
      values[course.bend] = factor * bend;
    });
  }

  private valueIn(y: ArrayLike<number>, own: number): number {
    return (y[this.binding.stateOf[own] ?? 0] ?? 0) / this.volumeOf(own);
  }

  /** What turns an owned value into its state: the compartment's size where the state is an amount. */
  private volumeOf(own: number): number {
    const symbol = this.binding.symbols[own];
    if (symbol === undefined || !isConcentration(symbol) || symbol.determination !== "reactions") return 1;
    return this.binding.pathway.values[symbol.volume] ?? 1;
  }

  private fraction({ t0, t1 }: Window, t: number): number {
    return (t / this.scale - t0) / (t1 - t0);
  }

  private translate(status: SessionStatus): ModuleStatus {
    return status.ok ? OK : { ...status, message: status.message, t: status.t / this.scale };
  }
}

/** Integration without a call into JavaScript, by the solver that was asked for, the session's own where it fails. */
function nativeFor({ integrator, solver = "auto" }: PathwayModuleOptions, { pathway }: PathwayBinding) {
  if (integrator !== undefined || solver === "odex" || !solvesNatively(pathway)) return undefined;
  const native = nativeIntegrator(pathway, solver === "cvodes" ? "bdf" : "radau");
  return solver === "auto" ? rescued(native, integratorOf("auto")) : native;
}
