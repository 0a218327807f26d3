/**
 * Screens with two threads here (one where two don't pay) and two processes in COBRApy, taking turns on the same machine: wall and CPU seconds of
 * the task alone (reading the model not counted, starting threads or processes counted), medians over rounds.
 *
 * Usage: npm run build && npx tsx test/bench/peers/cobra-speed.ts PYTHON MODEL.xml[.gz] TASK[,TASK...] [ROUNDS]
 * TASK is single, double (gene deletions) or fva (all reactions at 90 % of the optimum); 3 rounds where absent.
 */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

const WORKERS = 2;
const here = dirname(fileURLToPath(import.meta.url));

function inProcess(command: string, args: readonly string[]): Cost {
  const output = execFileSync(command, args, {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  return JSON.parse(output.toString("utf8")) as Cost;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function compare(python: string, file: string, task: string, rounds: number): void {
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(inProcess(process.execPath, [join(here, "screen-once.mjs"), file, task, String(WORKERS)]));
    theirs.push(inProcess(python, [join(here, "cobra_speed.py"), file, task, String(WORKERS)]));
  }
  const of = (costs: readonly Cost[], what: keyof Cost) => median(costs.map((cost) => cost[what])).toFixed(2);
  const gain = (what: keyof Cost) => median(theirs.map((cost, k) => cost[what] / (ours[k]?.[what] ?? 1))).toFixed(1);
  const cells = [of(ours, "wall"), of(theirs, "wall"), gain("wall"), of(ours, "cpu"), of(theirs, "cpu"), gain("cpu")];
  console.log(`| ${file.replace(/.*\//, "")} | ${task} | ${cells.join(" | ")} |`);
}

const [python = "", file = "", tasks = "", rounds = "3"] = process.argv.slice(2);
for (const task of tasks.split(",")) compare(python, file, task, Number(rounds));
