import { Worker } from "node:worker_threads";
import { CAN_START } from "../screens/threads-node.ts";
import type { FromWalker } from "./messages.ts";
import { type Walk, type WalkChains, walkHere } from "./walk.ts";

/**
 * Walks chains on worker threads, each thread a share of them; the draws are those of one thread.
 * From TypeScript sources no thread can be started and the calling thread does the work.
 */
export function walkOnThreads(threads: number): WalkChains {
  return async (walk, onDraws) => {
    const count = Math.min(threads, walk.draws.length);
    if (!CAN_START || count < 2) return walkHere(walk, onDraws);
    const width = walk.body.centre.length;
    const found = walk.draws.map((draws) => ({ points: new Float64Array(draws * width), filled: 0 }));
    const note = (chain: number, points: Float64Array): void => {
      const into = found[chain];
      if (into === undefined) return;
      into.points.set(points, into.filled);
      into.filled += points.length;
      onDraws(points.length / width);
    };
    const data = withSharedChanges(walk);
    const chains = walk.draws.map((_, chain) => chain);
    const shares = Array.from({ length: count }, (_, k) => chains.filter((chain) => chain % count === k));
    await Promise.all(shares.map((share) => employ({ walk: data, chains: share }, note)));
    return found.map(({ points }) => points);
  };
}

/** Changes along directions are large; threads read the same ones. */
function withSharedChanges(walk: Walk): Walk {
  const { changes } = walk.body;
  const shared = new Float64Array(new SharedArrayBuffer(changes.byteLength));
  shared.set(changes);
  return { ...walk, body: { ...walk.body, changes: shared } };
}

function employ(
  workerData: { readonly walk: Walk; readonly chains: readonly number[] },
  onDraws: (chain: number, points: Float64Array) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./walker-node.js", import.meta.url), { workerData });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a worker thread ended with code ${code} before its work did`)));
    worker.on("message", (message: FromWalker) => {
      if (message.kind === "draws") onDraws(message.chain, message.points);
      else resolve();
    });
  });
}
