import { open, readFile, rename } from "node:fs/promises";
import type { Checkpoint } from "./checkpoint-data.ts";
import { checkpointFromText, checkpointToText } from "./checkpoint-text.ts";

/** What saving needs of a disk. */
export interface Disk {
  /** Writes a file and waits until it lies on the disk. */
  write(path: string, text: string): Promise<void>;
  /** Puts a file in the place of another in one go. */
  rename(from: string, to: string): Promise<void>;
}

const nodeDisk: Disk = {
  async write(path, text) {
    const file = await open(path, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
};

/** Saves a checkpoint: at any moment the file holds this one or the one before, whole. */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint, disk: Disk = nodeDisk): Promise<void> {
  await disk.write(`${path}.part`, checkpointToText(checkpoint));
  await disk.rename(`${path}.part`, path);
}

/**
 * The checkpoint at a path, or undefined where none was saved yet.
 * @throws CellweaveError `run/checkpoint` where the file is no checkpoint
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint | undefined> {
  try {
    return checkpointFromText(await readFile(path, "utf8"), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
