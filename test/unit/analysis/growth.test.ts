import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { changeOf } from "../../../src/analysis/growth/gene-growth.ts";
import { growthRows } from "../../../src/analysis/growth/growth-rows.ts";
import { keioGrowth } from "../../../src/analysis/growth/keio.ts";
import { regulatedGenome } from "../../../src/analysis/growth/regulated-genome.ts";
import { sharedStrings } from "../../../src/analysis/spreadsheet/shared-strings.ts";
import { firstSheet } from "../../../src/analysis/spreadsheet/workbook.ts";
import { singleDeletions } from "../../../src/metabolism/mutants/deletions.ts";
import { bigg, core } from "../../support/flux-models.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const file = join(resolve(root, process.env.CELLWEAVE_DATA ?? "../shared/data"), "ecoli/keio_growth_baba2006.xls");
const there = existsSync(file);
if (!there) process.stderr.write(`\nSKIPPED: Keio growth, no data at ${file} (set CELLWEAVE_DATA)\n\n`);
const OPTIONS = { resamples: 100, seed: 1 };

describe("workbooks", () => {
  test("a string that goes on in the next record may change its width there", () => {
    const head = [1, 0, 0, 0, 2, 0, 0, 0];
    const first = Uint8Array.of(...head, 5, 0, 0, 0x70, 0x67);
    const second = Uint8Array.of(1, 0x69, 0, 0xe9, 0, 0x21, 0, 2, 0, 8, 1, 0, 0x6f, 0x6b, 9, 9, 9, 9);
    expect(sharedStrings([first, second])).toEqual(["pgié!", "ok"]);
  });

  test("what is no workbook is refused by name", () => {
    expect(() => firstSheet(Uint8Array.of(80, 75, 3, 4), "new.xlsx")).toThrow("not a compound file");
  });
});

describe("who grows", () => {
  test("counts, Matthews correlation and the gain over the first row", () => {
    const genes = ["a", "b", "c", "d", "e"];
    const rows = growthRows(
      genes,
      Float64Array.of(0.5, 0.3, 0.1, 0.09, 0),
      [
        { name: "all", shares: Float64Array.of(1, 1, 1, 1, 1) },
        { name: "good", shares: Float64Array.of(0.9, 0.02, 0.01, 0, 0) },
      ],
      OPTIONS,
    );
    expect(rows[0]).toMatchObject({ grow: 3, dont: 0, missed: 0, wrong: 2, correlation: Number.NaN });
    expect(rows[1]).toMatchObject({ grow: 2, dont: 2, missed: 1, wrong: 0 });
    expect(rows[1]?.correlation).toBeCloseTo(4 / Math.sqrt(36), 12);
    expect(rows[1]?.gain.estimate).toBeCloseTo(0.2, 12);
    expect([rows[0]?.rank, rows[1]?.rank]).toEqual([Number.NaN, 1]);
  });

  test("changes by regulation in words", () => {
    const gene = { gene: "b1", name: "x", density: 0.3, genome: 0, regulated: 0.5, mechanistic: 1, hybrid: 0.9 };
    expect(changeOf(gene)).toBe("cell: slower by 10 % of the wild type; iML1515: now grows");
    expect(changeOf({ ...gene, regulated: 0, hybrid: 1.001 })).toBe("");
    expect(changeOf({ ...gene, regulated: Number.NaN, mechanistic: Number.NaN })).toBe("");
  });

  test("expression scales what a genome-scale model can carry", async () => {
    const genome = await regulatedGenome(core());
    expect(genome.growth(undefined, () => 1)).toBeCloseTo(0.873921507, 6);
    expect(genome.growth(undefined, (id) => (id === "b0720" ? 0.1 : 1))).toBeCloseTo(0.736729, 5);
    expect(genome.growth("b0720", () => 1)).toBeCloseTo(0, 9);
    genome.dispose();
  });
});

const model = there ? bigg("iML1515") : undefined;
describe.runIf(there && model !== undefined)("Keio collection", () => {
  test("iML1515 gives the counts of an independent reckoning", async () => {
    if (model === undefined) return;
    const density = keioGrowth(firstSheet(readFileSync(file), file), file);
    expect(density.size).toBe(3910);
    const { wildType, deletions } = await singleDeletions(model);
    const asked = deletions.filter(({ deleted }) => density.has(deleted[0] ?? ""));
    const densities = Float64Array.from(asked, ({ deleted }) => density.get(deleted[0] ?? "") ?? 0);
    const shares = Float64Array.from(asked, ({ objective }) => (objective || 0) / wildType);
    const ids = asked.map(({ deleted }) => deleted[0] ?? "");
    const [row] = growthRows(ids, densities, [{ name: "iML1515", shares }], OPTIONS);
    expect(row).toMatchObject({ grow: 1252, dont: 81, missed: 25, wrong: 30 });
    expect([row?.accuracy.estimate, row?.correlation]).toEqual([expect.closeTo(0.96, 3), expect.closeTo(0.725, 3)]);
  });
});
