import { bendThrough, parabola } from "../cell/window.ts";
import type { Engine } from "./engine.ts";
import { interpolateStates } from "./step/inside.ts";

/** Samples at the output times, written once and never read by the engine. */
export interface Recorder {
  readonly times: Float64Array;
  /** One a variable, shape [times]. */
  readonly columns: readonly Float64Array[];
  /** Number of times written. */
  count: number;
}

export function createRecorder(times: Float64Array, variables: number): Recorder {
  return { times, columns: Array.from({ length: variables }, () => new Float64Array(times.length)), count: 0 };
}

/**
 * Samples in [now, end) of an accepted step: states, and outputs of modules that can, by the modules' dense
 * output; other outputs by the parabola through the last three points, or the line after a restart.
 */
export function recordStep(recorder: Recorder, engine: Engine): void {
  const { cell, now, end, inside } = engine;
  for (;;) {
    const t = recorder.times[recorder.count];
    if (t === undefined || t >= end.t) return;
    if (t === now.t) write(recorder, now.values);
    else {
      inside.t = t;
      interpolateStates(cell, now, inside);
      interpolateOutputs(engine, t, inside.values);
      write(recorder, inside.values);
    }
  }
}

/** The sample at the present time, if it is asked for. */
export function recordNow(recorder: Recorder, engine: Engine): void {
  if (recorder.times[recorder.count] === engine.now.t) write(recorder, engine.now.values);
}

function write(recorder: Recorder, values: Float64Array): void {
  const { columns, count } = recorder;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    if (column !== undefined) column[count] = values[i] ?? 0;
  }
  recorder.count++;
}

function interpolateOutputs(engine: Engine, t: number, out: Float64Array): void {
  const { previous, now, end, roles, smooth } = engine;
  const h = end.t - now.t;
  const s = (t - now.t) / h;
  const w = (now.t - previous.t) / h;
  for (let n = 0; n < roles.sparseOutputs.length; n++) {
    const i = roles.sparseOutputs[n] ?? 0;
    const a0 = now.values[i] ?? 0;
    const a1 = end.values[i] ?? 0;
    out[i] = parabola(a0, a1, smooth ? bendThrough(previous.values[i] ?? 0, a0, a1, w) : 0, s);
  }
}
