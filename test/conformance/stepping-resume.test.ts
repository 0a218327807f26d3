import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import { type Disk, loadCheckpoint, saveCheckpoint } from "../../src/engine/checkpoint/checkpoint-node.ts";
import { startRun } from "../../src/engine/run.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { lasting, modules, options } from "../support/busy-cell.ts";

const KILLS = 200;
let folder = "";
let straight: ReturnType<typeof lasting>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cellweave-resume-"));
  straight = lasting(await simulate(composeCell(modules()), options));
});
afterAll(() => rm(folder, { recursive: true }));

/** Numbers in [0, 1) from a seed. @see Steele, Lea, Flood, doi:10.1145/2714064.2660195 (SplitMix) */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A disk that dies in its nth operation: a write is torn at a random place, a rename happens or does not. */
function dyingDisk(operations: number, random: () => number): Disk {
  let left = operations;
  return {
    async write(path, text) {
      if (left-- > 0) return saveCheckpointText(path, text);
      await writeFile(path, text.slice(0, Math.floor(random() * text.length)));
      throw new Error("killed");
    },
    async rename(from, to) {
      const { rename } = await import("node:fs/promises");
      if (left-- > 0 || random() < 0.5) await rename(from, to);
      if (left < 0) throw new Error("killed");
    },
  };
}

const saveCheckpointText = (path: string, text: string) => writeFile(path, text);

describe("a run that is killed", () => {
  test(`at ${KILLS} seeded moments resumes to the same bytes, and never finds a torn file`, async () => {
    const random = seeded(20);
    const steps = (straight.counts[0] ?? 0) + (straight.counts[1] ?? 0);
    for (let kill = 0; kill < KILLS; kill++) {
      const path = join(folder, `run-${kill}.json`);
      const disk = dyingDisk(Math.floor(random() * 2 * steps), random);
      const killed = simulate(composeCell(modules()), {
        ...options,
        checkpoints: { every: 0, save: (checkpoint) => saveCheckpoint(path, checkpoint, disk) },
      });
      await killed.catch((error: Error) => expect(error.message).toBe("killed"));
      const resume = await loadCheckpoint(path);
      const cell = composeCell(modules());
      const resumed = await simulate(cell, resume === undefined ? options : { ...options, resume });
      expect(lasting(resumed)).toEqual(straight);
    }
  }, 300_000);

  test("by the system, again and again until it is through", async () => {
    const path = join(folder, "process.json");
    const random = seeded(5);
    let kills = 0;
    for (let attempt = 0; attempt < 6; attempt++) {
      const saves =
        attempt === 5 ? Number.POSITIVE_INFINITY : 1 + Math.floor((random() * (straight.counts[0] ?? 0)) / 8);
      if (await killedAfter(path, saves)) kills++;
    }
    expect(kills).toBeGreaterThan(0);
    const resume = await loadCheckpoint(path);
    if (resume === undefined) throw new Error("the child never saved a checkpoint");
    const run = await startRun(composeCell(modules()), { ...options, resume });
    while (await run.step());
    expect(lasting(run.trajectory())).toEqual(straight);
  }, 120_000);

  test("a torn or foreign file is refused by name", async () => {
    const path = join(folder, "torn.json");
    await writeFile(path, '{"format":"cellweave-checkpoint/2","now":{"t":1');
    await expect(loadCheckpoint(path)).rejects.toMatchObject({ code: "run/checkpoint", place: { file: path } });
    await writeFile(path, "[]");
    await expect(loadCheckpoint(path)).rejects.toThrow("no checkpoint of the format");
  });
});

/** Starts the child and kills it once it has saved so many checkpoints; whether it had to be killed. */
function killedAfter(path: string, saves: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("../support/resume-child.ts", import.meta.url)), path],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let saved = 0;
  child.stdout.on("data", (dots: Buffer) => {
    saved += dots.length;
    if (saved >= saves) child.kill("SIGKILL");
  });
  return new Promise((resolve) => {
    child.on("exit", (_code, signal) => resolve(signal === "SIGKILL"));
  });
}
