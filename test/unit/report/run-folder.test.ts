import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CellweaveError } from "../../../src/errors.ts";
import { runFiles } from "../../../src/report/run-folder.ts";
import { checkRunFolder, writeRunFolder } from "../../../src/report/run-folder-node.ts";
import { reportFixture } from "../../support/report-fixture.ts";

const MANIFEST = JSON.stringify({ format: "cellweave-run" });

let place = "";
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "cellweave-"));
});
afterEach(async () => {
  await rm(place, { recursive: true, force: true });
});

async function refused(work: Promise<unknown>): Promise<CellweaveError> {
  return work.then(
    () => {
      throw new Error("was not refused");
    },
    (error: unknown) => error as CellweaveError,
  );
}

describe("run folder", () => {
  test("holds manifest, trajectory, summary, report and plots, and nothing is left beside it", async () => {
    const out = await writeRunFolder(join(place, "deep", "out"), runFiles(reportFixture()));
    expect((await readdir(out)).sort()).toEqual([
      "manifest.json",
      "plots",
      "report.html",
      "summary.json",
      "trajectory.csv",
      "trajectory.parquet",
    ]);
    expect(await readdir(join(out, "plots"))).toContain("overview.svg");
    expect(await readdir(join(place, "deep"))).toEqual(["out"]);
    const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      format: "cellweave-run",
      class: "B",
      seed: 1,
      arms: ["mechanistic", "learned", "hybrid"],
    });
    expect(manifest.columns[1]).toEqual({ id: "pool:glc__D_e", kind: "pool", unit: "mmol/L", owner: "ecoli-core" });
  });

  test("replaces an older run whole", async () => {
    const out = join(place, "out");
    await writeRunFolder(
      out,
      new Map([
        ["manifest.json", MANIFEST],
        ["plots/old.svg", "old"],
      ]),
    );
    await writeRunFolder(
      out,
      new Map([
        ["manifest.json", MANIFEST],
        ["summary.json", "new"],
      ]),
    );
    expect((await readdir(out)).sort()).toEqual(["manifest.json", "summary.json"]);
    expect(await readdir(place)).toEqual(["out"]);
  });

  test("takes an empty folder", async () => {
    const out = join(place, "out");
    await mkdir(out);
    await writeRunFolder(out, new Map([["manifest.json", MANIFEST]]));
    expect(await readdir(out)).toEqual(["manifest.json"]);
  });

  test("refuses a folder with other things in it, and touches nothing", async () => {
    const out = join(place, "thesis");
    await mkdir(out);
    await writeFile(join(out, "chapter1.tex"), "text");
    const error = await refused(writeRunFolder(out, new Map([["manifest.json", MANIFEST]])));
    expect(error).toMatchObject({ code: "report/not-a-run-folder", kind: "usage" });
    expect(error.message).toContain("thesis");
    expect(await readdir(out)).toEqual(["chapter1.tex"]);
    expect(await readdir(place)).toEqual(["thesis"]);
  });

  test("refuses a run folder with a stranger's file in it, naming the file", async () => {
    const out = join(place, "out");
    await writeRunFolder(out, new Map([["manifest.json", MANIFEST]]));
    await writeFile(join(out, "notes.txt"), "mine");
    expect((await refused(checkRunFolder(out))).message).toContain("notes.txt");
    expect((await stat(join(out, "notes.txt"))).isFile()).toBe(true);
  });

  test("refuses a file", async () => {
    await writeFile(join(place, "out"), "");
    expect((await refused(checkRunFolder(join(place, "out")))).code).toBe("report/not-a-run-folder");
  });

  test("is absent where writing fails", async () => {
    const files = new Map([
      ["manifest.json", MANIFEST],
      ["../escape", "x"],
    ]);
    await expect(writeRunFolder(join(place, "out"), files)).rejects.toThrow("leaves the run folder");
    expect(await readdir(place)).toEqual([]);
  });
});
