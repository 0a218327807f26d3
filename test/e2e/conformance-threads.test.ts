import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const built = join(root, "dist/cli/main.js");
const suite = join(process.env.CELLWEAVE_DATA ?? join(root, "../shared/data"), "sbml-test-suite/stochastic");
const there = existsSync(built) && existsSync(suite);
if (!there) process.stderr.write(`SKIPPED: cases on threads need the built package and the suite at ${suite}\n`);

const folder = mkdtempSync(join(tmpdir(), "cellweave-cases-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function results(threads: number): Promise<unknown> {
  const json = join(folder, `${threads}.json`);
  const words = ["--only", "00001,00020,00030", "--sample", "1", "--runs", "60", "--threads", String(threads)];
  await promisify(execFile)(process.execPath, [built, "conformance", suite, ...words, "--json", json]).catch(() => {});
  return JSON.parse(readFileSync(json, "utf8"), (key, value: unknown) => (key === "milliseconds" ? 0 : value));
}

describe.skipIf(!there)("cellweave conformance", () => {
  test("gives the same results on one thread and on three", { timeout: 120_000 }, async () => {
    const one = await results(1);
    expect(one).toHaveLength(3);
    expect(await results(3)).toEqual(one);
  });
});
