/**
 * Runs the busy cell with a checkpoint after every step, from where the last one left it: `resume-child.ts FILE`.
 * Writes a dot to stdout for every checkpoint saved.
 */
import { composeCell } from "../../src/cell/compose.ts";
import type { Checkpoint } from "../../src/engine/checkpoint/checkpoint-data.ts";
import { loadCheckpoint, saveCheckpoint } from "../../src/engine/checkpoint/checkpoint-node.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { modules, options } from "./busy-cell.ts";

const path = process.argv[2] ?? "";

async function report(checkpoint: Checkpoint): Promise<void> {
  await saveCheckpoint(path, checkpoint);
  process.stdout.write(".");
}

const resume = await loadCheckpoint(path);
await simulate(composeCell(modules()), {
  ...options,
  ...(resume === undefined ? {} : { resume }),
  checkpoints: { every: 0, save: report },
});
