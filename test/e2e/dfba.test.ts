import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const MODEL = "sbml/ecoli-core.xml";
const folder = mkdtempSync(join(tmpdir(), "cellweave-dfba-"));
afterAll(() => rmSync(folder, { recursive: true }));

const dfba = (...args: string[]) => runCli("dfba", MODEL, "-q", ...args);

/** Rows of a CSV as numbers by header. */
function rowsOf(csv: string): Map<string, number>[] {
  const [header = "", ...lines] = csv.trim().split("\n");
  const names = header.split(",");
  return lines.map((line) => new Map(line.split(",").map((cell, k) => [names[k] ?? "", Number(cell)])));
}

describe("cellweave dfba", () => {
  test("a batch in one command, from model to table, CSV and figure", async () => {
    const [csv, figure] = [join(folder, "batch.csv"), join(folder, "batch.svg")];
    const args = ["--to", "8", "--pool", "glc__D_e=10", "--points", "41", "--csv", csv, "--figure", figure];
    const { code, out } = await dfba(...args);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^ {2}time +biomass +growth +glc__D_e\n {2}h +gDW\/L +1\/h +mmol\/L\n {2}0\.00 +0\.0100 +0\.8730/,
    );
    const rows = rowsOf(readFileSync(csv, "utf8"));
    expect(rows).toHaveLength(41);
    // What the model makes of 10 mmol glucose, less what growing slowly at the end costs.
    expect(rows.at(-1)?.get("biomass")).toBeCloseTo(0.01 + 10 * 0.0873, 1);
    expect(rows.at(-1)?.get("pool:glc__D_e")).toBeCloseTo(0, 6);
    expect(rows[10]?.get("flux:EX_glc__D_e")).toBeCloseTo(-9.98, 1);
    expect(readFileSync(figure, "utf8")).toContain("Growth rate");
  });

  test("a chemostat of two strains, one without PTA", async () => {
    const two = ["dfba", MODEL, MODEL, "-q", "--names", "wt,pta", "--knockout", "pta/b2297,pta/b2458"];
    const { code, out } = await runCli(
      ...two,
      ...["--to", "30", "--points", "31", "--dilution", "0.4", "--pool", "glc__D_e=1", "--feed", "glc__D_e=10"],
      ...["--biomass", "0.1,pta=0.3", "--csv", "-"],
    );
    expect(code).toBe(0);
    const rows = rowsOf(out);
    expect([rows[0]?.get("biomass:wt"), rows[0]?.get("biomass:pta")]).toEqual([0.1, 0.3]);
    // On little glucose neither overflows, so both grow alike and keep their shares.
    const end = rows.at(-1);
    expect((end?.get("biomass:pta") ?? 0) / (end?.get("biomass:wt") ?? 1)).toBeCloseTo(3, 2);
    expect(end?.get("wt/flux:BIOMASS_Ecoli_core_w_GAM")).toBeCloseTo(0.4, 4);
  });

  test("what growth leaves open goes where --then says, and growth stays what it is", async () => {
    const slow = ["--to", "1", "--points", "2", "--pool", "glc__D_e=20", "--csv", "-"];
    const limited = ["--bound", "BIOMASS_Ecoli_core_w_GAM=0:0.2"];
    const end = async (then: string) => rowsOf((await dfba(...slow, ...limited, "--then", then)).out).at(-1);
    const [first, second] = [await end("EX_ac_e:min"), await end("EX_ac_e")];
    expect(second?.get("flux:BIOMASS_Ecoli_core_w_GAM")).toBeCloseTo(0.2, 9);
    expect(second?.get("biomass")).toBeCloseTo(first?.get("biomass") ?? 0, 9);
    expect(first?.get("flux:EX_ac_e")).toBeCloseTo(0, 9);
    expect(second?.get("flux:EX_ac_e")).toBeGreaterThan(10);
  });

  test.each([
    [["--pool", "glc__D_e=10"], "--to HOURS is missing"],
    [["--to", "5"], "takes up glc__D_e (at most 10), and nothing says how much there is"],
    [["--to", "5", "--pool", "glc_D_e=10"], "did you mean 'glc__D_e'"],
    [["--to", "5", "--pool", "g6p_c=10"], "no strain has an exchange reaction of 'g6p_c'"],
    [["--to", "5", "--pool", "glc__D_e"], "--pool: expected ID=VALUE"],
    [["--to", "5", "--pool", "glc__D_e=-1"], "expected a number of 0 or more, got '-1'"],
    [["--to", "5", "--mode", "chemostat"], "a chemostat needs --dilution"],
    [["--to", "5", "--volume", "1"], "fed-batch needs --volume, L, and --flow, L/h"],
    [["--to", "5", "--dilution", "0.1", "--flow", "1"], "--dilution and --flow exclude each other"],
    [["--to", "5", "--mode", "batch", "--dilution", "0.1"], "exclude each other"],
    [["--to", "5", "--feed", "glc__D_e=10"], "a batch has no --feed"],
    [["--to", "5", "--gas", "o2_e=250"], "expected ID=KLA:SATURATION"],
    [["--to", "5", "--uptake", "EX_ac_e"], "expected EXCHANGE=VMAX:KM"],
    [["--to", "5", "--then", "EX_ac_e:mni"], "expected REACTION, REACTION:max or REACTION:min"],
    [["--to", "5", "--pool", "glc__D_e=1", "--then", "EX_acc_e"], "did you mean 'EX_ac_e'"],
    [["--to", "5", "--knockout", "mutant/pta"], "no strain 'mutant'"],
    [["--to", "5", "--names", "a,b"], "--names gives 2 names for 1 models"],
    [["--to", "1", "--pool", "glc__D_e=1", "--fluxes", "PFKK", "--points", "2"], "did you mean 'PFK'"],
  ])("%s says %s", async (args, message) => {
    const { code, err } = await dfba(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
