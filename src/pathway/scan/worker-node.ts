import { parentPort, workerData } from "node:worker_threads";
import { CellweaveError } from "../../errors.ts";
import { readSbml } from "../../sbml/read.ts";
import type { FromScanWorker, ScanRecipe, ToScanWorker } from "./messages.ts";
import { type OpenScan, openScan, runPoints } from "./scan.ts";

// A worker thread: opens a scan with the modules it is sent, and runs the points it is sent.
const { text, file, spec } = workerData as ScanRecipe;
const document = readSbml(text, { file });
let scan: OpenScan | undefined;

function post(message: FromScanWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

parentPort?.on("message", (message: ToScanWorker) => {
  try {
    if (message.kind === "open") {
      scan = openScan(document, spec, message.modules);
      runPoints(scan, 0, 1);
      post({ kind: "opened" });
    } else if (scan !== undefined) {
      const { first, count } = message;
      const { rows, failures } = runPoints(scan, first, count);
      post({ kind: "done", first, count, rows, failures }, [rows.buffer as ArrayBuffer]);
    }
  } catch (error) {
    if (!(error instanceof CellweaveError)) throw error;
    const { code, kind, place, hint } = error;
    const details = { kind, ...(place === undefined ? {} : { place }), ...(hint === undefined ? {} : { hint }) };
    post({ kind: "refused", code, message: error.message, details });
  }
});
