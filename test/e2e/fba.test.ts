import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const MODEL = "sbml/ecoli-core.xml";
const folder = mkdtempSync(join(tmpdir(), "cellweave-fba-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("cellweave fba", () => {
  test("prints growth and fluxes, and what a knockout closes", async () => {
    const { code, out, err } = await runCli("fba", MODEL, "--knockout", "b0114");
    expect(code).toBe(0);
    expect(err).toContain("closed: PDH");
    expect(out).toContain("BIOMASS_Ecoli_core_w_GAM = 0.7967");
    expect(out).toMatch(/EX_for_e +7\.7431 +0 \.\. 1000/);
    expect(out).not.toContain("EX_ac_e");
  });

  test("reads gzip, takes bounds, gives JSON", async () => {
    const zipped = join(folder, "core.xml.gz");
    writeFileSync(zipped, gzipSync(readFileSync(MODEL)));
    const { code, out } = await runCli("fba", zipped, "--bound", "EX_o2_e=0:", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ status: "optimal", objective: expect.closeTo(0.21166295, 8) });
  });

  test("writes CSV to a file and to stdout", async () => {
    const file = join(folder, "fluxes.csv");
    await runCli("fba", MODEL, "--csv", file);
    const { out } = await runCli("fba", MODEL, "--csv", "-");
    expect(readFileSync(file, "utf8")).toBe(out);
    expect(out.split("\n")).toHaveLength(97);
  });

  test("an infeasible medium names the bounds and exits with 3", async () => {
    const { code, err } = await runCli("fba", MODEL, "--bound", "EX_glc__D_e=0:");
    expect(code).toBe(3);
    expect(err).toContain("ATPM >= 8.39 (short by 8.39) can't be met with EX_glc__D_e >= 0");
  });

  test.each([
    [["--knockout", "b9114"], "did you mean 'b0114'"],
    [["--knockout", "aceW"], "'aceE'"],
    [["--reaction-knockout", "PGG"], "'PGI'"],
    [["--bound", "EX_glc=0:"], "'EX_glc__D_e'"],
    [["--bound", "EX_glc__D_e"], "expected REACTION=LOWER:UPPER"],
    [["--bound", "PGI=5:1"], "5 is above 1"],
    [["--fba", "--pfba"], "exclude each other"],
    [["--objective", "growth"], "no reaction 'growth'"],
  ])("%s says %s", async (args, message) => {
    const { code, err } = await runCli("fba", MODEL, ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
