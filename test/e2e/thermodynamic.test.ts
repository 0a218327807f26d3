import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { thermodynamicModel } from "../support/thermodynamic-model.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "thermodynamic-"));
const MODEL = join(folder, "tipped.json");
writeFileSync(MODEL, JSON.stringify(thermodynamicModel(10)));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a thermodynamic model at the command line", () => {
  test("fba prints fluxes apart from energies, and all of them as JSON", async () => {
    const { code, out } = await runCli("fba", MODEL);
    expect(code).toBe(0);
    expect(out).toContain("GROW = 10.0000");
    const [fluxes = "", variables = ""] = out.split("variables of its own: 2 LogConcentration, 1 DeltaG");
    expect(fluxes).not.toContain("DG_good");
    expect(variables).toMatch(/DGo_good +10\.0000 +10 \.\. 10/);
    const found = JSON.parse((await runCli("fba", MODEL, "--json")).out);
    expect(Object.keys(found.fluxes)).toEqual(["EX_a", "good", "poor", "GROW"]);
    expect(found.variables).toMatchObject({ DGo_good: 10, FU_good: 1, BU_good: 0 });
    expect(Object.keys(found.constraints)).toContain("SU_good");
  });

  test("a concentration's bound closes the reaction", async () => {
    const { out } = await runCli("fba", MODEL, "--bound", "LC_b=-6:");
    expect(out).toContain("GROW = 5.0000");
  });

  test("ranges and deletions ask of reactions, of variables where they are named", async () => {
    const { out } = await runCli("fva", MODEL);
    expect(out).toMatch(/good +10\.0000 +10\.0000/);
    expect(out).not.toContain("DG_good");
    expect((await runCli("fva", MODEL, "--reactions", "DG_good")).out).toMatch(/DG_good +-7\.2694 +-0\.0000/);
    const knockouts = await runCli("knockout", MODEL, "--all-reactions", "--all");
    expect(knockouts.out).toContain("of 4 strains");
    expect(knockouts.out).toMatch(/good +5\.0000 +50\.0 %/);
  });

  test("summary counts what the model has", async () => {
    const { out } = await runCli("summary", MODEL);
    expect(out).toMatch(/a +10\.0000 +2 +100\.00% +EX_a/);
    expect(out).toContain("1 ForwardUseVariable, 1 BackwardUseVariable");
  });

  test("prices are refused with the reason", async () => {
    const { code, err } = await runCli("fba", MODEL, "--prices");
    expect(code).toBe(2);
    expect(err).toContain("a table of prices of a model with whole-number variables ('FU_good') is not supported");
  });
});
