import { mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadCheckpoint, saveCheckpoint } from "../../engine/checkpoint/checkpoint-node.ts";
import { CellweaveError } from "../../errors.ts";
import type { ArmJob } from "./jobs.ts";
import { type Keeper, type KeepOptions, keptName } from "./keep.ts";

/** Says of which run the checkpoints are. */
const IDENTITY = "run.json";
const FORMAT = "cellweave-checkpoints/1";

/**
 * Makes a folder ready for the checkpoints of one run of a scenario: emptied, or, to resume, as the run left it.
 * @param identity of everything that the trajectories depend on; resuming asks for the same
 * @throws CellweaveError `run/checkpoint` where there is nothing to resume, or where it is of another run
 */
export async function openKeep({ folder, resume }: KeepOptions, identity: string): Promise<void> {
  const path = join(folder, IDENTITY);
  if (!resume) {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) if (isOurs(name)) await rm(join(folder, name));
    await writeFile(path, `${JSON.stringify({ format: FORMAT, identity })}\n`);
    return;
  }
  const found = await identityAt(path);
  if (found === undefined)
    throw new CellweaveError("run/checkpoint", `there is nothing to resume: no checkpoints in '${folder}'`, {
      kind: "usage",
      hint: "leave out --resume, or name the folder of the run that was interrupted with -o",
    });
  if (found !== identity)
    throw new CellweaveError("run/checkpoint", `the checkpoints in '${folder}' are of another run`, {
      kind: "usage",
      hint: "files, arms, points, tolerances and regulator have to be those of the run that was interrupted; leave out --resume to start anew",
    });
}

function isOurs(name: string): boolean {
  return name === IDENTITY || /\.checkpoint\.json(\.part)?$/.test(name);
}

async function identityAt(path: string): Promise<string | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof read === "object" && read !== null && "identity" in read) return String(read.identity);
  } catch {
    // Missing or torn: there is nothing to go on from.
  }
  return undefined;
}

/** The place of one run in a folder that is ready. */
export function keeperIn({ folder, every }: KeepOptions, job: Pick<ArmJob, "arm" | "run">): Keeper {
  const path = join(folder, keptName(job));
  return {
    every,
    load: () => loadCheckpoint(path),
    save: (checkpoint) => saveCheckpoint(path, checkpoint),
  };
}

/** Removes the checkpoints of a run that is over, and their folder where nothing else is in it. */
export async function closeKeep({ folder }: KeepOptions): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (isOurs(name)) await rm(join(folder, name));
  if (names.every(isOurs)) await rmdir(folder).catch(() => {});
}
