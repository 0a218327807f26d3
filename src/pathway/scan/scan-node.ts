import { Worker } from "node:worker_threads";
import { CellweaveError } from "../../errors.ts";
import { readSbml } from "../../sbml/read.ts";
import type { FromScanWorker, ScanRecipe, ToScanWorker } from "./messages.ts";
import { type OpenScan, openScan, runPoints, type ScanResult, type ScanSpec } from "./scan.ts";

/** How a scan is run. */
export interface ScanRunOptions {
  /** Worker threads, default 1: the calling thread. From TypeScript sources none can be started. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Called now and then with the share done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** A scan whose threads are ready. Run it as often as wanted, then dispose of it. */
export interface Scanner extends AsyncDisposable {
  run(options?: Omit<ScanRunOptions, "threads">): Promise<ScanResult>;
}

/** Whether this is the built package: from TypeScript sources no thread can be started. */
const CAN_START = import.meta.url.endsWith(".js");
/** Milliseconds that a piece of work takes about. */
const STINT = 100;
/** Milliseconds below which it isn't worth a message. */
const LEAST = 2;

/**
 * Opens a scan of a model on worker threads: each reads the text by itself, and all share the WebAssembly modules that
 * the calling thread compiled. Results don't depend on the number of threads.
 *
 * Throws the errors of reading and of `openScan`.
 */
export async function openScanner(text: string, file: string, spec: ScanSpec, threads = 1): Promise<Scanner> {
  const recipe: ScanRecipe = { text, file, spec };
  const count = CAN_START && threads > 1 ? threads : 0;
  const entry = new URL("./worker-node.js", import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(entry, { workerData: recipe }));
  const close = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  try {
    const scan = openScan(readSbml(text, { file }), spec);
    runPoints(scan, 0, 1);
    const start = performance.now();
    runPoints(scan, 0, 1);
    const stint = pace(1, performance.now() - start);
    const opened = workers.map((worker) => opening(worker));
    for (const worker of workers) tell(worker, { kind: "open", modules: scan.modules });
    await Promise.all(opened);
    return { run: (options = {}) => run(scan, workers, stint, options), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens a scan, runs it and closes its threads. */
export async function scan(
  text: string,
  file: string,
  spec: ScanSpec,
  { threads = 1, ...options }: ScanRunOptions = {},
): Promise<ScanResult> {
  await using scanner = await openScanner(text, file, spec, threads);
  return await scanner.run(options);
}

async function run(
  scan: OpenScan,
  workers: readonly Worker[],
  stint: number,
  { signal, onProgress }: Omit<ScanRunOptions, "threads">,
): Promise<ScanResult> {
  const { points, columns, times, width } = scan;
  const rows = new Float64Array(points.length * width).fill(Number.NaN);
  const failures = new Map<number, string>();
  let next = 0;
  let done = 0;
  const take = (size: number): Piece => {
    const left = signal?.aborted === true ? 0 : points.length - next;
    const share = Math.max(Math.ceil(left / (2 * Math.max(1, workers.length))), Math.ceil((size * LEAST) / STINT));
    const piece = { first: next, count: Math.min(left, size, share) };
    next += piece.count;
    return piece;
  };
  const note = (first: number, found: Float64Array, said: readonly (readonly [number, string])[]): void => {
    rows.set(found, first * width);
    for (const [point, message] of said) failures.set(point, message);
    done += found.length / Math.max(1, width);
    onProgress?.(done / points.length);
  };
  if (workers.length === 0) await here(scan, take, note);
  else await Promise.all(workers.map((worker) => employ(worker, stint, take, note)));
  return { points, columns, times, rows, failures: new Map([...failures].sort(([a], [b]) => a - b)) };
}

/** Points in a row. */
interface Piece {
  readonly first: number;
  readonly count: number;
}

type Take = (size: number) => Piece;
type Note = (first: number, rows: Float64Array, said: readonly (readonly [number, string])[]) => void;

/** The calling thread does the work, and lets others have their turn now and then. */
async function here(scan: OpenScan, take: Take, note: Note): Promise<void> {
  for (let size = 1, todo = take(size); todo.count > 0; todo = take(size)) {
    const start = performance.now();
    const { rows, failures } = runPoints(scan, todo.first, todo.count);
    note(todo.first, rows, failures);
    size = pace(todo.count, performance.now() - start);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function pace(points: number, milliseconds: number): number {
  return Math.max(1, Math.round((points * STINT) / Math.max(1, milliseconds)));
}

function tell(worker: Worker, message: ToScanWorker): void {
  worker.postMessage(message);
}

function opening(worker: Worker): Promise<void> {
  return answers(worker, (message, resolve) => {
    if (message.kind === "opened") resolve();
  });
}

/** Gives a worker points until there are none. */
function employ(worker: Worker, stint: number, take: Take, note: Note): Promise<void> {
  let sent = 0;
  const give = (size: number, resolve: () => void): void => {
    const piece = take(size);
    sent = performance.now();
    if (piece.count === 0) resolve();
    else tell(worker, { kind: "run", ...piece });
  };
  return answers(
    worker,
    (message, resolve) => {
      if (message.kind !== "done") return;
      note(message.first, message.rows, message.failures);
      give(pace(message.count, performance.now() - sent), resolve);
    },
    (resolve) => give(stint, resolve),
  );
}

/** Listens to a worker until what it says settles the matter. */
function answers(
  worker: Worker,
  onMessage: (message: FromScanWorker, resolve: () => void) => void,
  begin: (resolve: () => void) => void = () => {},
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const gone = (code: number): void =>
      reject(new Error(`a worker thread ended with code ${code} before its work did`));
    const listen = (message: FromScanWorker): void => {
      if (message.kind === "refused") reject(new CellweaveError(message.code, message.message, message.details));
      else onMessage(message, settle);
    };
    const settle = (): void => {
      worker.off("message", listen);
      worker.off("error", reject);
      worker.off("exit", gone);
      resolve();
    };
    worker.on("message", listen);
    worker.on("error", reject);
    worker.on("exit", gone);
    begin(settle);
  });
}
