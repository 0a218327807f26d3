/** Runs the busy cell with a checkpoint after every step, from where the last one left it: `resume-child.ts FILE`. */
import { composeCell } from "../../src/cell/compose.ts";
import { loadCheckpoint, saveCheckpoint } from "../../src/engine/checkpoint-node.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { modules, options } from "./busy-cell.ts";

const path = process.argv[2] ?? "";
const resume = await loadCheckpoint(path);
await simulate(composeCell(modules()), {
  ...options,
  ...(resume === undefined ? {} : { resume }),
  checkpoints: { every: 0, save: (checkpoint) => saveCheckpoint(path, checkpoint) },
});
