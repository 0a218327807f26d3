import { parentPort, workerData } from "node:worker_threads";
import type { FromWalker } from "./messages.ts";
import { chainDraws, type Walk } from "./walk.ts";

// A worker thread: walks the chains it is given, one after another, and sends draws as they come.

/** How long a thread works between messages, ms. */
const STINT = 150;

const post = (message: FromWalker): void => parentPort?.postMessage(message);
const { walk, chains } = workerData as { readonly walk: Walk; readonly chains: readonly number[] };

for (const chain of chains) {
  let points: number[] = [];
  let sent = performance.now();
  for (const point of chainDraws(walk, chain)) {
    for (let j = 0; j < point.length; j++) points.push(point[j] ?? 0);
    if (performance.now() - sent < STINT) continue;
    post({ kind: "draws", chain, points: Float64Array.from(points) });
    points = [];
    sent = performance.now();
  }
  post({ kind: "draws", chain, points: Float64Array.from(points) });
}
post({ kind: "ended" });
