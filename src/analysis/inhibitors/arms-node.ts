import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { simulate } from "../../engine/simulate.ts";
import { columnOf } from "../../engine/trajectory.ts";
import { CellweaveError } from "../../errors.ts";
import { ARMS, type ArmName } from "../../scenario/arms/arm.ts";
import { type ArmCell, composeArm, disposeArm, startOf } from "../../scenario/arms/arm-cell.ts";
import { recordInputs } from "../../scenario/documents/files.ts";
import { nodeFiles } from "../../scenario/documents/files-node.ts";
import { readCell, type World } from "../../scenario/world.ts";
import type { Prediction } from "./prediction.ts";
import type { Condition, InhibitorTask } from "./task.ts";
import { BEFORE, drugsOf, ligandsOf } from "./treatments.ts";

/** The manifest in a line's folder. */
export const MANIFEST = "breast.cell.yaml";

export interface ArmPredictions {
  readonly predictions: readonly Prediction[];
  /** What the cell has no answer for: such changes are predicted as none. */
  readonly notes: readonly string[];
}

/**
 * What the three arms of a fitted line make of the held-out inhibitors: the cell is run with and without them.
 * @param folder as models/training/breast_line.py writes it, or one whose manifest lists lines: the task's is taken
 * @throws CellweaveError for a manifest that is missing or wrong, `inhibitors/run` where a run fails
 */
export async function armPredictions(folder: string, task: InhibitorTask): Promise<ArmPredictions> {
  const file = join(folder, MANIFEST);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new CellweaveError("file/not-found", `file '${file}' does not exist`, {
      cause,
      hint: "a line's folder is written by models/training/breast_line.py --data FILE.csv --out FOLDER",
    });
  });
  const world = await readCell(text, file, recordInputs(nodeFiles), undefined, task.line);
  const predictions: Prediction[] = [];
  const notes = new Set(strangers(world, task));
  const others = otherRegulators(world).map((regulator) => ({ kind: "hybrid" as const, regulator }));
  const asked: { readonly kind: ArmName; readonly regulator?: string }[] = [
    ...ARMS.map((kind) => ({ kind })),
    ...others,
  ];
  for (const { kind, regulator } of asked) {
    const arm = await composeArm(kind, { ...world, regulator }, []);
    try {
      const name = regulator === undefined ? kind : `${kind}, ${regulator}`;
      predictions.push({ name, kind, changes: await changesOf(arm, task) });
      for (const note of gaps(arm, task, kind)) notes.add(note);
    } finally {
      disposeArm(arm);
    }
  }
  return { predictions, notes: [...notes] };
}

/** A word where the cell seems to be of another line; a cell's name has no spaces. */
function strangers({ manifest: { spec } }: World, { line }: InhibitorTask): string[] {
  const plain = (name: string) => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
  return plain(spec.cell) === plain(line) ? [] : [`the cell is of '${spec.cell}', the table of '${line}'`];
}

/** The regulators of the manifest that are not its default. */
function otherRegulators({ manifest }: World): string[] {
  return manifest.spec.modules.flatMap((module) =>
    "regulator" in module ? Object.keys(module.choices).filter((name) => name !== module.default) : [],
  );
}

/** log2(inhibited / uninhibited) of every held-out example; each treatment is run once. */
async function changesOf(arm: ArmCell, task: InhibitorTask): Promise<Float64Array[]> {
  const { heldOut } = task;
  const times = [...new Set(heldOut.map(({ time }) => time))].sort((a, b) => a - b);
  const runs = new Map<string, Promise<readonly Float64Array[]>>();
  const run = (condition: Pick<Condition, "stimulus" | "inhibitor">) => {
    const key = JSON.stringify([condition.stimulus, condition.inhibitor]);
    const found = runs.get(key) ?? levels(arm, condition, times, task);
    runs.set(key, found);
    return found;
  };
  const changes: Float64Array[] = [];
  for (const { stimulus, inhibitor, time } of heldOut) {
    const at = times.indexOf(time);
    const inhibited = (await run({ stimulus, inhibitor }))[at] ?? new Float64Array(task.observables.length);
    const base = (await run({ stimulus, inhibitor: "" }))[at] ?? inhibited;
    changes.push(inhibited.map((level, i) => level - (base[i] ?? level)));
  }
  return changes;
}

/** log2 levels of the observables at the times (minutes), shape [times][observables]; 0 for what the cell lacks. */
async function levels(
  { cell, arm }: ArmCell,
  condition: Pick<Condition, "stimulus" | "inhibitor">,
  times: readonly number[],
  task: InhibitorTask,
): Promise<readonly Float64Array[]> {
  const start = startOf(cell, new Map(drugsOf(condition, task).added.map(({ pool, amount }) => [pool, amount])));
  const jumps = ligandsOf(condition, task).filter(({ pool }) => cell.index.has(pool));
  const trajectory = await simulate(cell, {
    t0: -BEFORE,
    t1: Math.max(...times) / 60,
    output: Float64Array.from(times, (minutes) => minutes / 60),
    start,
    jumps: jumps.map(({ pool, amount }) => ({ variable: pool, value: amount, at: 0 })),
    rtol: 1e-3,
    atol: 1e-5,
  });
  if (trajectory.status.code !== "done")
    throw new CellweaveError("inhibitors/run", `${arm} arm, ${condition.stimulus}: ${trajectory.status.message}`);
  const columns = task.observables.map((name) =>
    cell.index.has(`phospho:${name}`) ? columnOf(trajectory, `phospho:${name}`) : undefined,
  );
  return times.map((_, t) => Float64Array.from(columns, (column) => Math.log2(column?.[t] ?? 1)));
}

/** Names the observables, ligands and drugs that the arm's cell has nothing for. */
function gaps({ cell }: ArmCell, task: InhibitorTask, arm: ArmName): string[] {
  const { observables, heldOut } = task;
  const lacking = observables.filter((name) => !cell.index.has(`phospho:${name}`));
  const pools = heldOut.flatMap((condition) => [...ligandsOf(condition, task), ...drugsOf(condition, task).added]);
  const unknown = [
    ...pools.flatMap(({ pool }) => (cell.index.has(pool) ? [] : [pool.slice("pool:".length)])),
    ...heldOut.flatMap((condition) => drugsOf(condition, task).unknown),
  ];
  return [
    ...(lacking.length === 0 ? [] : [`no answer in the ${arm} arm, predicted as no change: ${lacking.join(", ")}`]),
    ...(unknown.length === 0
      ? []
      : [`not known to the cell or to models/breast/names.json, left out: ${[...new Set(unknown)].join(", ")}`]),
  ];
}
