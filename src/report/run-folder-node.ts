import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { CellweaveError } from "../errors.ts";
import type { RunFiles } from "./run-folder.ts";

const MANIFEST = "manifest.json";

/** What runs write at the top of their folder. */
const WRITTEN = new Set([
  ...[MANIFEST, "summary.json", "trajectory.csv", "trajectory.parquet", "report.html", "plots"],
  ...["ledger.csv", "ledger.parquet", "analyses.csv", "analyses.parquet", "analyses.json"],
]);

type Occupant = "nothing" | "empty folder" | "run folder";

async function isRunManifest(path: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(path, "utf8"));
    return (
      typeof manifest === "object" && manifest !== null && "format" in manifest && manifest.format === "cellweave-run"
    );
  } catch {
    return false;
  }
}

function refusal(folder: string, found: string): CellweaveError {
  return new CellweaveError(
    "report/not-a-run-folder",
    `'${folder}' is ${found}, and a run may only replace a run folder`,
    {
      kind: "usage",
      hint: "choose another folder with -o, or move what is there away",
    },
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** What is at the place of the run folder; throws where it is nothing that a run may replace. */
async function occupant(folder: string): Promise<Occupant> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "nothing";
    if (codeOf(error) === "ENOTDIR") throw refusal(folder, "a file");
    throw error;
  }
  if (names.length === 0) return "empty folder";
  if (!(await isRunManifest(join(folder, MANIFEST)))) throw refusal(folder, "a folder with other things in it");
  const foreign = names.find((name) => !WRITTEN.has(name));
  if (foreign !== undefined) throw refusal(folder, `a run folder that also holds '${foreign}', which no run wrote`);
  return "run folder";
}

/**
 * Refuses a folder that a run could not be written to, before the run is done.
 * @throws CellweaveError `report/not-a-run-folder`
 */
export async function checkRunFolder(folder: string): Promise<void> {
  await occupant(resolve(folder));
}

async function fill(aside: string, files: RunFiles): Promise<void> {
  for (const [path, content] of files) {
    const target = resolve(aside, path);
    if (!target.startsWith(aside + sep)) throw new Error(`'${path}' leaves the run folder`);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

/** Puts the finished folder in place; an older run is moved aside first and comes back if that fails. */
async function swap(aside: string, folder: string, before: Occupant): Promise<void> {
  if (before === "empty folder") await rmdir(folder);
  if (before !== "run folder") {
    await rename(aside, folder);
    return;
  }
  const old = `${aside}.old`;
  await rename(folder, old);
  try {
    await rename(aside, folder);
  } catch (error) {
    await rename(old, folder);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Writes a run folder that is complete or absent: files go to a hidden sibling, which is renamed into place.
 *
 * An older run folder is replaced; between two renames there is a moment in which neither is in place.
 * @returns the absolute path of the folder
 * @throws CellweaveError `report/not-a-run-folder` where the place holds anything but an earlier run
 */
export async function writeRunFolder(path: string, files: RunFiles): Promise<string> {
  const folder = resolve(path);
  if (!files.has(MANIFEST)) throw new Error(`a run folder has a ${MANIFEST}`);
  await occupant(folder);
  await mkdir(dirname(folder), { recursive: true });
  const aside = join(dirname(folder), `.${basename(folder)}.part-${randomUUID().slice(0, 8)}`);
  await mkdir(aside);
  try {
    await fill(aside, files);
    await swap(aside, folder, await occupant(folder));
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
