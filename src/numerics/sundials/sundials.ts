import { CellweaveError } from "../../errors.ts";

/** What sundials.wasm exports; pointers are byte offsets into `memory`. See glue.c. */
export interface SundialsExports {
  readonly memory: WebAssembly.Memory;
  readonly __indirect_function_table: WebAssembly.Table;
  _initialize(): void;
  allocate(bytes: number): number;
  release(pointer: number): void;
  create(setup: number): number;
  dispose(solver: number): void;
  restart(solver: number, t0: number, y0: number): number;
  set_tolerances(solver: number, rtol: number, atol: number): number;
  set_limits(solver: number, initialStep: number, maxStep: number): number;
  step(solver: number, stop: number, t: number, y: number): number;
  integrate(solver: number, stop: number, journey: number, y: number): number;
  set_truth(solver: number, truth: number): void;
  run_batch(solver: number, batch: number): number;
  derivative(solver: number, t: number, k: number, out: number): number;
  root_directions(solver: number, out: number): number;
  statistics(solver: number, out: number): void;
  message(solver: number): number;
  snapshot_bytes(solver: number): number;
  snapshot(solver: number, out: number): void;
  restore(solver: number, from: number): void;
  sensitivity_create(solver: number, count: number, start: number, scale: number, partials: number): number;
  sensitivity_at(sensitivity: number, t: number, out: number): number;
  sensitivity_dispose(sensitivity: number): void;
}

/** A model's function as the solver calls it: (t, y, out, data) with pointers, returning 0, 1 (retry smaller) or -1. */
export type SolverFunction = (t: number, y: number, out: number, data: number) => number;

/** SUNDIALS in WebAssembly: one memory, one function table, any number of solvers. */
export interface Sundials {
  readonly exports: SundialsExports;
  /** A view of doubles in the memory, shape [length]; cached until the memory grows. */
  doubles(pointer: number, length: number): Float64Array;
  /** A view of whole numbers in the memory, shape [length]. */
  integers(pointer: number, length: number): Int32Array;
  /** Bytes of memory, or an error where the memory can't grow. Give them back with `exports.release`. */
  allocate(bytes: number): number;
  /** Puts a JavaScript function into the table and returns its index. */
  addFunction(call: SolverFunction): number;
  /** Puts a function of another WebAssembly module into the table: calls then stay inside WebAssembly. */
  addWasm(call: SolverFunction): number;
  /** Frees a table entry for the next function. */
  removeFunction(index: number): void;
}

/**
 * A module of one import and one export of type (f64, i32, i32, i32) -> i32: what makes a JavaScript function
 * callable through a WebAssembly table.
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 */
const TRAMPOLINE = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  ...[0x01, 0x09, 0x01, 0x60, 0x04, 0x7c, 0x7f, 0x7f, 0x7f, 0x01, 0x7f], // type 0
  ...[0x02, 0x07, 0x01, 0x01, 0x65, 0x01, 0x66, 0x00, 0x00], // import "e" "f" as function 0 of type 0
  ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00], // export it as "f"
]);

let trampoline: WebAssembly.Module | undefined;

function callable(call: SolverFunction): unknown {
  trampoline ??= new WebAssembly.Module(TRAMPOLINE);
  return new WebAssembly.Instance(trampoline, { e: { f: call } }).exports.f;
}

/** Refuses to write anywhere: SUNDIALS reports through its error handler, never through a stream. */
const WASI_BADF = 8;
const badFile = (): number => WASI_BADF;

/** The memory that all solvers share is used up. */
export function outOfMemory(wanted: string): CellweaveError {
  return new CellweaveError("numerics/out-of-memory", `The solver's memory can't grow ${wanted}.`, {
    kind: "solver",
    hint: "dispose solvers that are done with, or run fewer models in one process",
  });
}

/** Instantiates sundials.wasm from its bytes. */
export function instantiateSundials(bytes: Uint8Array): Sundials {
  const views = new Map<number, Float64Array>();
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { emscripten_notify_memory_growth: () => views.clear() },
    wasi_snapshot_preview1: { fd_write: badFile, fd_close: badFile, fd_seek: badFile },
  });
  const exports = instance.exports as unknown as SundialsExports;
  exports._initialize();
  const table = exports.__indirect_function_table;
  const vacant: number[] = [];
  const enter = (call: unknown): number => {
    const index = vacant.pop() ?? table.grow(1);
    table.set(index, call);
    return index;
  };
  return {
    exports,
    doubles(pointer, length) {
      let view = views.get(pointer);
      if (view === undefined || view.length !== length || view.byteLength === 0) {
        view = new Float64Array(exports.memory.buffer, pointer, length);
        views.set(pointer, view);
      }
      return view;
    },
    integers: (pointer, length) => new Int32Array(exports.memory.buffer, pointer, length),
    allocate(bytes) {
      const pointer = exports.allocate(bytes);
      if (pointer !== 0) return pointer;
      throw outOfMemory(`by ${bytes} bytes`);
    },
    addFunction: (call) => enter(callable(call)),
    addWasm: enter,
    removeFunction(index) {
      table.set(index, null);
      vacant.push(index);
    },
  };
}
