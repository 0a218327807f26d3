import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const MODEL = fileURLToPath(new URL("../../sbml/ecoli-core.xml", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "flux-questions-"));

describe("which fluxes", () => {
  test("without circles, and in the middle: exchanges and objective of the optimum", async () => {
    for (const option of ["--loopless", "--geometric"]) {
      const { code, out } = await runCli("fba", MODEL, option, "--json");
      const found = JSON.parse(out);
      expect([code, found.fluxes.FRD7]).toEqual([0, expect.closeTo(0, 9)]);
      expect(found.objective).toBeCloseTo(0.8739215069684306, 9);
      expect(found.fluxes.EX_o2_e).toBeCloseTo(-21.79949265599876, 6);
    }
    const both = await runCli("fba", MODEL, "--loopless", "--geometric");
    expect([both.code, both.err]).toEqual([2, expect.stringContaining("--loopless and --geometric exclude")]);
  });

  test("ranges within a total flux", async () => {
    const args = ["--fraction", "0.9", "--pfba-factor", "1.1", "--reactions", "FRD7,EX_ac_e", "--json", "-q"];
    const { ranges } = JSON.parse((await runCli("fva", MODEL, ...args)).out);
    expect(ranges.FRD7.maximum).toBeCloseTo(23.422898292736804, 6);
    expect(ranges.EX_ac_e.maximum).toBeCloseTo(3.8135555555556926, 6);
    const wrong = await runCli("fva", MODEL, "--pfba-factor", "1.1", "--loopless");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("exclude each other")]);
  });
});

describe("questions beside fluxes", () => {
  test("essential: genes with their names, as CSV, as JSON", async () => {
    const csv = join(folder, "essential.csv");
    const { code, out } = await runCli("essential", MODEL, "-q", "--csv", csv);
    expect([code, out]).toEqual([0, expect.stringMatching(/of 137 genes 7 are essential.*b0720 {2}gltA/s)]);
    expect(readFileSync(csv, "utf8").split("\n")[4]).toMatch(/^b2415,ptsH,NaN,infeasible,FRUpts2 GLCpts$/);
    const all = JSON.parse((await runCli("essential", MODEL, "-q", "--reactions", "--json")).out);
    expect(all.essential).toHaveLength(18);
  });

  test("envelope over two fluxes, with its carbon yield, as a table and a figure", async () => {
    const [csv, figure] = [join(folder, "plane.csv"), join(folder, "plane.svg")];
    const where = ["EX_glc__D_e", "EX_o2_e", "--objective", "EX_ac_e", "--points", "4"];
    const { code, err } = await runCli("envelope", MODEL, ...where, "--yield", "--csv", csv, "--figure", figure);
    expect([code, err]).toEqual([0, expect.stringContaining("carbon from EX_glc__D_e")]);
    const [head, ...rows] = readFileSync(csv, "utf8").trim().split("\n");
    expect(head).toBe(
      "EX_glc__D_e,EX_o2_e,objective_minimum,objective_maximum,carbon_yield_minimum,carbon_yield_maximum",
    );
    expect(rows).toHaveLength(16);
    expect(Number(rows[2]?.split(",")[5])).toBeCloseTo(2 / 3, 9);
    expect(readFileSync(figure, "utf8")).toContain("Largest objective over EX_glc__D_e and EX_o2_e");
  });

  test("medium: different sets of the fewest nutrients", async () => {
    const open = ["--open-exchanges", "1000", "--fewest", "--alternatives", "3"];
    const { code, out } = await runCli("medium", MODEL, ...open, "--json");
    const found = JSON.parse(out);
    expect([code, found.alternatives.length]).toEqual([0, 3]);
    for (const medium of found.alternatives) expect(Object.keys(medium)).toHaveLength(3);
    const wrong = await runCli("medium", MODEL, "--alternatives", "3");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("add --fewest")]);
  });

  test("gapfill: what is missing, that nothing is, that nothing helps", async () => {
    const needs = await runCli("gapfill", MODEL, "--reaction-knockout", "ENO", "--exchanges", "--demands");
    expect([needs.code, needs.out]).toEqual([0, expect.stringMatching(/^set 1: price 100, objective [\d.]+\n {2}EX_/)]);
    expect((await runCli("gapfill", MODEL, "--universal", MODEL)).out).toContain("nothing is missing");
    const closed = await runCli("gapfill", MODEL, "--reaction-knockout", "BIOMASS_Ecoli_core_w_GAM", "--demands");
    expect([closed.code, closed.err]).toEqual([3, expect.stringContaining("nothing that may be added")]);
    const nothing = await runCli("gapfill", MODEL);
    expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining("--universal FILE2")]);
  });

  test("edit: a model with its changes, which then needs none", async () => {
    const file = join(folder, "pgi.json.gz");
    const changes = ["--knockout", "pgi", "--bound", "EX_o2_e=-5:"];
    const written = await runCli("edit", MODEL, ...changes, "-o", file);
    expect([written.code, written.err]).toEqual([0, expect.stringContaining("closed: PGI")]);
    const [direct, again] = [await runCli("fba", MODEL, ...changes, "--json"), await runCli("fba", file, "--json")];
    expect(JSON.parse(again.out).objective).toBeCloseTo(JSON.parse(direct.out).objective, 10);
    const twice = await runCli("edit", MODEL, "-o", file);
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining("--force")]);
    const wrong = await runCli("edit", MODEL, "-o", join(folder, "pgi.xml"));
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("model.json")]);
  });
});
