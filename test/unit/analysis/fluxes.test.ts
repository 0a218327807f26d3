import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readTable } from "../../../src/analysis/csv.ts";
import { fluxBalanceEntries } from "../../../src/analysis/fluxes/flux-balance-entries.ts";
import { fluxRows, plainEntries, threeWays } from "../../../src/analysis/fluxes/flux-rows.ts";
import { fluxTask } from "../../../src/analysis/fluxes/flux-task.ts";
import { core } from "../../support/flux-models.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const data = resolve(root, process.env.CELLWEAVE_DATA ?? "../shared/data");
const file = join(data, "ecoli/ishii2007/fluxomics_mmol_per_gDW_per_h.csv");
const there = existsSync(file);
if (!there) process.stderr.write(`\nSKIPPED: measured fluxes, no data at ${file} (set CELLWEAVE_DATA)\n\n`);

const SMALL = `,REF,WT_0.7h-1,pgi,zwf,pykF
R_GLCptspp,2,9,4,1,2
R_PGI,1,8,0,1,1
R_EX_glc_e_,-2,-9,-4,-1,-2`;
const OPTIONS = { resamples: 200, seed: 1 };

describe("measured fluxes of deletion strains", () => {
  const task = fluxTask(readTable(SMALL, "small.csv"));

  test("are divided by glucose uptake, named as in the core model; other dilution rates are left out", () => {
    expect(task.strains).toEqual(["pgi", "zwf", "pykF"]);
    expect(task.reactions).toEqual(["GLCpts", "PGI", "EX_glc__D_e"]);
    expect(task.measured.map((fluxes) => [...fluxes])).toEqual([
      [1, 0, -1],
      [1, 1, -1],
      [1, 0.5, -1],
    ]);
    expect([...task.reference]).toEqual([1, 0.5, -1]);
  });

  test("a predictor is read in three ways", () => {
    const predicted = [Float64Array.of(1, 0.2, -1), Float64Array.of(1, 0.8, -1), Float64Array.of(1, 0.8, -1)];
    const [plain, change, apart] = threeWays(task, { name: "p", predicted }, Float64Array.of(1, 0.7, -1));
    expect(plain.predicted[0]?.[1]).toBeCloseTo(0.2, 12);
    expect(change.predicted[0]?.[1]).toBeCloseTo(0.5 + 0.2 - 0.7, 12);
    expect(apart.predicted[0]?.[1]).toBeCloseTo(0.75 + 0.2 - 0.8, 12);
  });

  test("errors are pooled over strains, differences are paired", () => {
    const [none, mean] = fluxRows(task, plainEntries(task), OPTIONS);
    expect(none?.rmse.estimate).toBeCloseTo(Math.sqrt((0.25 + 0.25) / 9), 12);
    expect(mean?.rmse.estimate).toBeCloseTo(Math.sqrt((0.75 ** 2 + 0.75 ** 2) / 9), 12);
    expect([mean?.excess.low, mean?.excess.high]).toEqual([0, 0]);
    expect(none?.excess.estimate).toBeLessThan(0);
  });
});

describe.runIf(there)("Ishii et al. 2007", () => {
  const task = fluxTask(readTable(readFileSync(file, "utf8"), file));

  test("no change and the mean of the other strains have the errors that are known", () => {
    const rows = fluxRows(task, plainEntries(task), OPTIONS);
    expect(rows.map(({ rmse }) => rmse.estimate)).toEqual([expect.closeTo(0.21355, 5), expect.closeTo(0.19484, 5)]);
    expect([task.strains.length, task.reactions.length]).toEqual([24, 47]);
  });

  test("flux balance answers for every strain, per glucose taken up", async () => {
    const entries = await fluxBalanceEntries(core(), task);
    expect(entries).toHaveLength(18);
    const at = task.reactions.indexOf("EX_glc__D_e");
    for (const { name, predicted } of entries)
      for (const fluxes of predicted) expect([name, fluxes[at]]).toEqual([name, expect.closeTo(-1, 6)]);
    const pgi = task.strains.indexOf("pgi");
    expect(entries.find(({ name }) => name === "pFBA")?.predicted[pgi]?.[task.reactions.indexOf("PGI")]).toBe(0);
  });
});
