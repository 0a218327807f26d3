import type { OdeStep } from "../../numerics/ode/ode.ts";
import { type ForwardSensitivities, forwardSensitivities } from "../../numerics/sundials/sensitivity.ts";
import { sundialsSolver } from "../../numerics/sundials/solver.ts";
import type { Solver } from "../../numerics/sundials/solver-types.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import type { SolverCode } from "../code/solver-code.ts";
import { EventLoop } from "../run/event-loop.ts";
import { TIME_SLOT } from "../symbols.ts";
import type { SensitivityCode } from "./code.ts";
import type { EventSlopes } from "./event-slopes.ts";

interface RunOptions {
  readonly t0: number;
  readonly t1: number;
  readonly points: number;
  readonly rtol: number;
  /** Shape [states]. */
  readonly atol: Float64Array;
  readonly maxSteps: number;
  /** Magnitudes of the parameters. */
  readonly scale: Float64Array;
  /** Slots of what is recorded. */
  readonly quantities: readonly number[];
}

/** Longest step of a model that the time itself or an event moves, as a share of the run. */
const SHARE = 1 / 20;

/** States and their slopes in time, from event to event; solved by CVODES. */
export class SensitivityRun {
  private t: number;
  private readonly y: Float64Array;
  /** dy/dp, shape [parameters, states]. */
  private readonly dy: Float64Array;
  private next = 0;
  private steps = 0;
  private failure: string | undefined;
  private readonly times: Float64Array;
  private readonly values: Float64Array;
  private readonly slopes: Float64Array;
  private readonly loop: EventLoop | undefined;
  private readonly pathway: CompiledPathway;
  private readonly code: SensitivityCode;
  private readonly events: EventSlopes;
  private readonly native: SolverCode;
  private readonly options: RunOptions;

  constructor(
    pathway: CompiledPathway,
    code: SensitivityCode,
    events: EventSlopes,
    native: SolverCode,
    options: RunOptions,
  ) {
    const { t0, t1, points, quantities } = options;
    this.pathway = pathway;
    this.code = code;
    this.events = events;
    this.native = native;
    this.options = options;
    this.t = t0;
    this.y = pathway.stateValues.slice();
    this.dy = code.start.slice();
    this.times = Float64Array.from({ length: points }, (_, i) =>
      i === points - 1 ? t1 : t0 + ((t1 - t0) * i) / (points - 1),
    );
    this.values = new Float64Array(points * quantities.length);
    this.slopes = new Float64Array(points * code.parameters * quantities.length);
    this.loop = pathway.events.length === 0 ? undefined : new EventLoop(pathway, 1, () => {});
  }

  toEnd() {
    const { points } = this.options;
    if (this.loop !== undefined) this.execute(true);
    if (this.failure === undefined) this.record(this.t);
    while (this.next < points && this.failure === undefined) this.stretch();
    const cut = (a: Float64Array): Float64Array => a.subarray(0, (a.length / points) * this.next);
    const { times, values, slopes, failure } = this;
    return { times: cut(times), values: cut(values), slopes: cut(slopes), failure };
  }

  /** To the end, or through the next event. */
  private stretch(): void {
    const { pathway, native, code, options, y, dy } = this;
    const { t1, rtol, atol, scale } = options;
    const { sundials } = pathway.memory;
    native.prepare();
    const maxStep = native.timed || this.loop !== undefined ? (t1 - options.t0) * SHARE : 0;
    const { triggers: _, ...functions } = native.functions;
    const solver = sundialsSolver(sundials, { ...functions, t0: this.t, y0: y, rtol, atol, maxStep });
    let beside: ForwardSensitivities | undefined;
    try {
      beside = forwardSensitivities(sundials, solver, { start: dy, scale, partials: code.partials });
      this.follow(solver, beside);
    } finally {
      solver[Symbol.dispose]();
      beside?.[Symbol.dispose]();
    }
  }

  private follow(solver: Solver, beside: ForwardSensitivities): void {
    const { options, times, y, dy } = this;
    const point = new Float64Array(y.length);
    let loaded = Number.NaN;
    const at = (i: number, t: number): number => {
      if (t !== loaded) solver.interpolate(t, point);
      loaded = t;
      return point[i] ?? 0;
    };
    while (this.next < options.points) {
      const from = solver.t;
      const status = this.steps++ < options.maxSteps ? solver.step(options.t1) : "out-of-steps";
      loaded = Number.NaN;
      if (status !== "stepped" && status !== "stop-reached") {
        this.failure = `CVODES gave up at time ${solver.t}: ${status}`;
        return;
      }
      const step: OdeStep = { t0: from, t1: solver.t, y1: solver.state(), at };
      const found = this.loop?.locate(step);
      const stop = found ?? solver.t;
      for (
        let t = times[this.next];
        t !== undefined && (found === undefined ? t <= stop : t < stop);
        t = times[this.next]
      ) {
        solver.interpolate(t, y);
        beside.at(t, dy);
        this.record(t);
      }
      if (found === undefined) continue;
      solver.interpolate(found, y);
      beside.at(found, dy);
      this.t = found;
      this.execute(false);
      return;
    }
  }

  /** Executes what the present instant asks for, with the jumps of the slopes; the start's instant does not move. */
  private execute(atStart: boolean): void {
    const { pathway, loop, events, code, y, dy } = this;
    if (loop === undefined) return;
    this.load(this.t);
    pathway.differentiate();
    const before = pathway.derivatives.slice();
    let executed: number | undefined;
    let instant: Float64Array = new Float64Array(code.parameters);
    let assigned: ReturnType<EventSlopes["assigned"]> = [];
    loop.settle(this.t, (event) => {
      if (executed !== undefined) this.failure ??= this.together(executed, event);
      executed = event;
      if (!atStart) instant = events.instant(event, dy);
      if (!instant.every(Number.isFinite)) this.failure ??= this.touched(event);
      assigned = events.assigned(event, dy);
    });
    if (executed === undefined || this.failure !== undefined) return;
    pathway.differentiate();
    const after = pathway.derivatives;
    const n = y.length;
    const fixed = new Map(assigned.map((a) => [a.slot, a]));
    for (let k = 0; k < code.parameters; k++) {
      const by = instant[k] ?? 0;
      for (let i = 0; i < n; i++) {
        const set = fixed.get(1 + i);
        const slope = set?.byParameter[k] ?? dy[k * n + i] ?? 0;
        dy[k * n + i] = slope + ((set?.byTime ?? before[i] ?? 0) - (after[i] ?? 0)) * by;
      }
      for (const { slot, byParameter, byTime } of assigned)
        if (slot > n) code.set(slot, k, (byParameter[k] ?? 0) + byTime * by);
    }
    y.set(pathway.stateValues);
  }

  private touched(event: number): string {
    const { id } = this.pathway.events[event] ?? { id: "" };
    return `the trigger of event '${id}' does not cross its bound at time ${this.t}: slopes don't exist there`;
  }

  private together(first: number, second: number): string {
    const { events } = this.pathway;
    const names = [first, second].map((i) => `'${events[i]?.id ?? ""}'`).join(" and ");
    return `events ${names} happen together at time ${this.t}: slopes through that are not supported`;
  }

  private load(t: number): void {
    const { pathway, y } = this;
    pathway.values[TIME_SLOT] = t;
    pathway.stateValues.set(y);
    pathway.observe();
  }

  private record(t: number): void {
    const { pathway, code, options, y, dy } = this;
    const { quantities } = options;
    this.load(t);
    quantities.forEach((slot, q) => {
      this.values[this.next * quantities.length + q] = pathway.values[slot] ?? 0;
    });
    const width = code.parameters * quantities.length;
    code.outputs(t, y, dy, this.slopes.subarray(this.next * width, (this.next + 1) * width));
    this.next++;
  }
}
