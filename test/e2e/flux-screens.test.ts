import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const MODEL = "sbml/ecoli-core.xml";

describe("cellweave knockout", () => {
  test("lists the strains that grow less, worst first", async () => {
    const { code, out } = await runCli("knockout", MODEL);
    expect(code).toBe(0);
    expect(out).toContain("wild type 0.8739; of 137 strains 7 don't grow (below 1 %), 48 are listed");
    expect(out).toMatch(/b0720 +0\.0000 +0\.0 % +CS/);
  });

  test("strains that ROOM gave up don't count as not growing", async () => {
    const args = ["--method", "room", "--genes", "b0114,b4025,b2415", "--steps", "3"];
    const folder = mkdtempSync(join(tmpdir(), "cellweave-"));
    const file = join(folder, "strains.csv");
    const { code, out } = await runCli("knockout", MODEL, ...args, "--csv", file);
    expect(code).toBe(4);
    expect(out).toContain("of 3 strains 1 don't grow (below 1 %), 1 are listed; of 2 the search gave up");
    expect(out).toMatch(/^ +b0114 +not known +\d+ to \d+ +gave up: PDH/m);
    const csv = readFileSync(file, "utf8").split("\n");
    rmSync(folder, { recursive: true });
    expect(csv[0]).toBe("deleted,growth_per_h,of_wild_type,status,closed,switches_least,switches_most");
    const [least, most] = csv[1]?.split(",").slice(5).map(Number) ?? [];
    expect(least).toBeGreaterThan(0);
    expect(most).toBeGreaterThan(least ?? 0);
    const { err } = await runCli("knockout", MODEL, "--steps", "3");
    expect(err).toContain("--steps is how long ROOM searches, the method is 'fba'");
  });

  test("pairs by linear MOMA, as CSV", async () => {
    const { out, err } = await runCli(
      "knockout",
      MODEL,
      "--genes",
      "pgi,zwf",
      "--pairs",
      "--method",
      "linear-moma",
      "--csv",
      "-",
    );
    expect(out).toMatch(
      /^deleted,growth_per_h,of_wild_type,status,closed,epistasis\npgi zwf,NaN,NaN,infeasible,PGI G6PDH2r,-0\.918/,
    );
    expect(err).toContain("deletions");
  });

  test("reactions, as JSON", async () => {
    const { out } = await runCli("knockout", MODEL, "--reactions", "PDH,CS", "--json", "-q");
    expect(JSON.parse(out)).toMatchObject({
      method: "fba",
      strains: [
        { deleted: ["PDH"], objective: expect.closeTo(0.796695925, 8) },
        { deleted: ["CS"], closed: ["CS"] },
      ],
    });
  });

  test.each([
    [["--genes", "pgj"], "'pgi'"],
    [["--method", "rooms"], "did you mean 'room'"],
    [["--bound", "EX_glc__D_e=0:"], "the wild type: no flux distribution is possible"],
  ])("%s says %s", async (args, message) => {
    const { code, err } = await runCli("knockout", MODEL, ...args);
    expect([code > 0, err]).toEqual([true, expect.stringContaining(message)]);
  });
});

describe("cellweave fva", () => {
  test("ranges without circles", async () => {
    const { code, out } = await runCli(
      "fva",
      MODEL,
      "--fraction",
      "0.9",
      "--loopless",
      "--reactions",
      "PFK,FRD7",
      "-q",
    );
    expect(code).toBe(0);
    expect(out).toMatch(/PFK +1\.1717 +25\.2906/);
    expect(out).toMatch(/FRD7 +0\.0000 +0\.5129/);
  });

  test("a screen's tables and figure hold the same strains and ranges", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cellweave-screens-"));
    const [parquet, figure] = [join(folder, "out.parquet"), join(folder, "out.svg")];
    const outputs = ["-q", "--parquet", parquet, "--figure", figure];
    const strains = await runCli("knockout", MODEL, "--genes", "pgi,b0720,zwf", ...outputs);
    expect(strains.err).toBe(`wrote ${parquet}\nwrote ${figure}\n`);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(parquet) });
    expect(rows).toMatchObject([
      { deleted: "pgi", growth_per_h: expect.closeTo(0.863159552, 8), status: "optimal", closed: "PGI" },
      { deleted: "b0720", growth_per_h: expect.closeTo(0, 12) },
      { deleted: "zwf", closed: "G6PDH2r" },
    ]);
    expect(readFileSync(figure, "utf8")).toContain("pgi (b4025)");
    await runCli("knockout", MODEL, "--genes", "pgi,tpiA,zwf", "--pairs", ...outputs);
    expect(readFileSync(figure, "utf8")).toContain("Epistasis of 3 pairs");
    await runCli("fva", MODEL, "--reactions", "PFK,FUM", ...outputs);
    expect(await parquetReadObjects({ file: await asyncBufferFromFile(parquet) })).toHaveLength(2);
    expect(readFileSync(figure, "utf8")).toContain("Flux variability");
    expect(readdirSync(folder).sort()).toEqual(["out.parquet", "out.svg"]);
    rmSync(folder, { recursive: true });
  });

  test("names the bounds of an infeasible medium", async () => {
    const { code, err } = await runCli("fva", MODEL, "--bound", "EX_glc__D_e=0:");
    expect([code, err]).toEqual([3, expect.stringContaining("EX_glc__D_e >= 0")]);
  });
});
