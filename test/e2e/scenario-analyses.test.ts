import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { defineScenario, runScenario } from "../../src/index.ts";
import type { AnalysisResult } from "../../src/scenario/analyses/analysis.ts";
import { runCli } from "./run-cli.ts";

const examples = new URL("../../examples/", import.meta.url);
const example = fileURLToPath(new URL("pgi-what-if.scenario.yaml", examples));
const out = join(mkdtempSync(join(tmpdir(), "analyses-")), "out");

describe("flux analyses as steps of a scenario", () => {
  let found: readonly AnalysisResult[] = [];
  beforeAll(async () => {
    const { code, err } = await runCli("run", example, "-o", out, "--quiet");
    expect([code, err]).toEqual([0, ""]);
    found = JSON.parse(readFileSync(join(out, "analyses.json"), "utf8"));
  }, 120_000);
  const at = (analysis: string, time: number) => {
    const one = found.find((result) => result.analysis === analysis && result.time === time);
    if (one === undefined) throw new Error(`no ${analysis} at ${time}`);
    return { ...one, row: (id: string) => one.rows.find(({ subject }) => subject === id) };
  };

  test("growth and ranges are those of the cell at that moment", () => {
    const [head = "", ...lines] = readFileSync(join(out, "trajectory.csv"), "utf8").split("\n");
    const line = lines.find((text) => text.startsWith("mechanistic,3,"))?.split(",") ?? [];
    const inCell = (id: string) => Number(line[head.split(",").indexOf(id)]);
    const fva = at("fva", 3);
    expect(fva.objective).toBeCloseTo(inCell("flux:BIOMASS_Ecoli_core_w_GAM"), 4);
    const uptake = fva.row("EX_glc__D_e");
    expect(uptake?.minimum).toBeLessThanOrEqual(inCell("flux:EX_glc__D_e") + 1e-4);
    expect(uptake?.maximum).toBeGreaterThanOrEqual(inCell("flux:EX_glc__D_e") - 1e-4);
    expect(at("fva", 7).row("EX_glc__D_e")).toMatchObject({ minimum: 0, maximum: 0 });
  });

  test("without pgi no flux goes through it, and growth is what a deletion screen bounds", () => {
    const [moma, screen] = [at("moma", 3), at("knockout", 3)];
    expect(moma.row("PGI")?.value).toBeCloseTo(0, 12);
    const most = screen.row("b4025")?.value ?? Number.NaN;
    expect(moma.objective).toBeLessThanOrEqual(most + 1e-9);
    expect(most).toBeLessThan(screen.objective);
    expect(screen.row("b1779")).toMatchObject({ name: "gapA" });
  });

  test("tables and figures are in the run folder and the report", () => {
    expect(readFileSync(join(out, "analyses.csv"), "utf8")).toMatch(/^analysis,asks,arm,time_h,subject,status,value,/);
    expect(readFileSync(join(out, "analyses.parquet")).subarray(0, 4).toString()).toBe("PAR1");
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("Asked of the flux balance");
    expect(readFileSync(join(out, "plots/analysis-moma.svg"), "utf8")).toContain("cell at 7 h");
  });

  const base = {
    scenario: "asks",
    cell: "../models/ecoli/ecoli.cell.yaml",
    time: { to: 1 },
    arms: ["mechanistic" as const],
  };
  test.each([
    [{ fluxes: "fva", at: [2] }, "2 h is outside the run"],
    [{ fluxes: "moma", at: [1] }, "moma needs the genes that are deleted"],
    [{ fluxes: "fba", at: [1], fraction: 0.5 }, "'fraction' is for fva, sample, not for fba"],
    [{ fluxes: "envelope", at: [1] }, "envelope needs the flux that is held"],
    [{ fluxes: "lexicographic", at: [1], goals: [{ reaction: "EX_as_e", sense: "minimize" }] }, "EX_as_e"],
    [{ fluxes: "fva", at: [1], reactions: ["PKF"] }, "PKF"],
    [{ fluxes: "fva", at: [1], module: "metabolsm" }, "no metabolic module 'metabolsm'"],
  ] as const)("%o is refused before anything runs", async (analysis, message) => {
    const spec = { ...base, analyses: [{ ...analysis, at: [...analysis.at] }] } as unknown as Parameters<
      typeof defineScenario
    >[0];
    const run = async () => runScenario(defineScenario(spec, example));
    await expect(run()).rejects.toThrow(message);
  });
});
