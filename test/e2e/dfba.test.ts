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

  test("a chemostat: Y (fed - left) of biomass, more after a pulse in the feed, none above the largest growth rate", async () => {
    const fed = ["--feed", "glc__D_e=10", "--pool", "glc__D_e=0.1", "--biomass", "0.8", "--csv", "-"];
    const steady = rowsOf(
      (await dfba("--to", "60", "--dilution", "0.3", ...fed, "--change", "glc__D_e.feed=30@50:51")).out,
    );
    const [before, after] = [steady[160], steady[171]].map((row) => row ?? new Map<string, number>());
    const yields = 0.3 / -(before?.get("flux:EX_glc__D_e") ?? 0);
    expect(before?.get("biomass")).toBeCloseTo(yields * (10 - (before?.get("pool:glc__D_e") ?? 0)), 4);
    expect(after?.get("biomass")).toBeGreaterThan(1.4 * (before?.get("biomass") ?? 1));
    // 1.2 above 0.873, the largest growth rate: what is there leaves with the difference.
    const washed = rowsOf((await dfba("--to", "10", "--dilution", "1.2", ...fed)).out);
    expect(washed.at(-1)?.get("pool:glc__D_e")).toBeGreaterThan(9);
    const [late, end] = [washed[150]?.get("biomass") ?? 0, washed[200]?.get("biomass") ?? 0];
    expect(Math.log(late / end) / 2.5).toBeCloseTo(1.2 - 0.873, 2);
  });

  test("a strain's bounds are its own", async () => {
    const lives = ["--names", "a,b", "--to", "8", "--pool", "glc__D_e=10", "--csv", "-", "--points", "3"];
    const two = await runCli("dfba", MODEL, MODEL, "-q", ...lives, "--bound", "a/EX_ac_e=2:1000");
    const end = rowsOf(two.out)[1];
    expect(end?.get("a/flux:EX_ac_e")).toBeCloseTo(2, 6);
    expect(end?.get("b/flux:EX_ac_e")).toBeCloseTo(0, 6);
    expect(end?.get("biomass:a")).toBeLessThan(end?.get("biomass:b") ?? 0);
  });

  test("what no strain can take up is said", async () => {
    const { err, code } = await dfba("--to", "1", "--pool", "glc__D_e=10,fru_e=5");
    expect(code).toBe(0);
    expect(err).toBe(
      "note: no strain takes up through EX_fru_e: its bound is shut; --uptake EX_fru_e=VMAX:KM opens it\n",
    );
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
    [["--to", "5", "--pool", "glc__D_e=1,glc__D_e=2"], "--pool: 'glc__D_e' is given twice"],
    [["--to", "5", "--dilution", "0.1", "--volume", "2"], "--volume is for fed-batch alone"],
    [["--to", "5", "--change", "glc__D_e=5"], "--change: expected WHAT=VALUE@FROM"],
    [["--to", "5", "--change", "glc__D_e=5@3:4"], "a concentration is set at one time"],
    [["--to", "5", "--bound", "mutant/PFK=0:1"], "no strain 'mutant'"],
    [["--to", "5", "--knockout", "mutant/pta"], "no strain 'mutant'"],
    [["--to", "5", "--names", "a,b"], "--names gives 2 names for 1 models"],
    [["--to", "1", "--pool", "glc__D_e=1", "--fluxes", "PFKK", "--points", "2"], "did you mean 'PFK'"],
  ])("%s says %s", async (args, message) => {
    const { code, err } = await dfba(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
