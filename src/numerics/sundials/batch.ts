import type { Solver } from "./solver-types.ts";
import type { Sundials } from "./sundials.ts";

/** Runs of one model that differ in some start values; the model's memory is what the solver was given as data. */
export interface BatchSetup {
  readonly solver: Solver;
  readonly t0: number;
  readonly t1: number;
  readonly rtol: number;
  readonly atol: number;
  readonly maxSteps: number;
  /** What slots hold before anything is computed, shape [slots]. */
  readonly image: Float64Array;
  /** Slots that differ from run to run. */
  readonly changed: readonly number[];
  /** By state: the slot of the size that scales its absolute tolerance, or -1. */
  readonly volumes: Int32Array;
  /** What triggers count as before the start. */
  readonly truth: readonly number[];
  /** Table indices of what is called at the start of a run, in this order; 5 at most. */
  readonly preparations: readonly number[];
  /** Table index of what writes a row at the end, and the row's length. */
  readonly observe: number;
  readonly width: number;
  /** Numbers of the row that are kept, in order; -1 for none. */
  readonly selected: Int32Array;
}

/** Bytes of glue-batch.c's `Batch`, and the most preparations it has room for. */
const BATCH = 120;
const MOST_PREPARATIONS = 5;
/** Runs that memory is held for at once. */
const MOST_RUNS = 256;

/**
 * Makes runs one after the other, inside WebAssembly, until one at which something else has to be done: an event, or a
 * failure. Fills `out`, shape [runs, selected].
 * @param values start values of the changed slots, shape [runs, changed]
 * @returns runs made
 */
export function runBatch(sundials: Sundials, setup: BatchSetup, values: Float64Array, out: Float64Array): number {
  const { changed, selected, image, volumes, truth, width, solver } = setup;
  const total = out.length / Math.max(1, selected.length);
  const size = Math.min(MOST_RUNS, total);
  const doubles = [image.length, size * changed.length, volumes.length, truth.length, width, size * selected.length];
  const room = BATCH + 8 * doubles.reduce((a, b) => a + b, 0) + 4 * (changed.length + volumes.length + selected.length);
  const start = sundials.allocate(room);
  const [imageAt = 0, valuesAt = 0, tolerancesAt = 0, truthAt = 0, rowAt = 0, outAt = 0, changedAt = 0] = offsets(
    start + BATCH,
    doubles,
  );
  const volumesAt = changedAt + 4 * changed.length;
  const selectedAt = volumesAt + 4 * volumes.length;
  const { buffer } = sundials.exports.memory;
  new Float64Array(buffer, imageAt, image.length).set(image);
  new Float64Array(buffer, truthAt, truth.length).set(truth);
  new Int32Array(buffer, changedAt, changed.length).set(changed);
  new Int32Array(buffer, volumesAt, volumes.length).set(volumes);
  new Int32Array(buffer, selectedAt, selected.length).set(selected);
  new Float64Array(buffer, start, 4).set([setup.t0, setup.t1, setup.rtol, setup.atol]);
  const { preparations, observe, maxSteps } = setup;
  const words = new Int32Array(buffer, start + 32, (BATCH - 32) / 4);
  words.set([imageAt, changedAt, valuesAt, volumesAt, tolerancesAt, truthAt, selectedAt, rowAt, outAt]);
  words.set(preparations, 9);
  words.set(
    [observe, preparations.length, image.length, changed.length, 0, selected.length, maxSteps],
    9 + MOST_PREPARATIONS,
  );
  const countAt = 9 + MOST_PREPARATIONS + 4;
  let done = 0;
  while (done < total) {
    const count = Math.min(size, total - done);
    words[countAt] = count;
    const part = values.subarray(done * changed.length, (done + count) * changed.length);
    new Float64Array(buffer, valuesAt, part.length).set(part);
    const made = sundials.exports.run_batch(solver.pointer, start);
    out.set(new Float64Array(buffer, outAt, made * selected.length), done * selected.length);
    done += made;
    if (made < count) break;
  }
  sundials.exports.release(start);
  return done;
}

/** Where blocks of so many doubles start, and where the last one ends. */
function offsets(start: number, lengths: readonly number[]): number[] {
  const out = [start];
  for (const length of lengths) out.push((out.at(-1) ?? start) + 8 * length);
  return out;
}
