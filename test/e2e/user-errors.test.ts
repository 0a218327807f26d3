import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Summary } from "../../src/report/summary.ts";
import { runCli } from "./run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cellweave-errors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CELL = `cell: core
graph: ${root}networks/ecoli-core-trn.json
modules:
  - medium: medium
    biomass: { initial: 0.01 }
    pools: { glc__D_e: { initial: 10 }, o2_e: { initial: 0.2, transfer: { kLa: 200, saturation: 0.2 } } }
  - metabolic: metabolism
    sbml: ${root}sbml/ecoli-core.xml
    exchanges:
      EX_glc__D_e: { pool: glc__D_e, vmax: 10, km: 0.02 }
      EX_o2_e: { pool: o2_e, vmax: 15, km: 0.01 }
    unlimited: [EX_h_e, EX_h2o_e, EX_co2_e, EX_pi_e, EX_nh4_e, EX_ac_e]
    closed: others
  - regulator: regulator
    default: ridge
    choices: { ridge: ${root}models/ecoli/ridge.json, network: network/regulator.card.json }
`;
const SCENARIO = `scenario: wrong
cell: core.cell.yaml
time: { to: 1, points: 3 }
arms: [mechanistic]
`;

/** Writes the two files, each with one replacement, and runs them. */
async function run(change: { scenario?: [string, string]; cell?: [string, string]; options?: string[] }) {
  writeFileSync(join(folder, "core.cell.yaml"), CELL.replace(...(change.cell ?? ["", ""])));
  const file = join(folder, "wrong.scenario.yaml");
  writeFileSync(file, SCENARIO.replace(...(change.scenario ?? ["", ""])));
  return runCli("run", file, "-o", join(folder, "out"), "-q", "--force", ...(change.options ?? []));
}

const end = "arms: [mechanistic]\n";

describe("what a user gets wrong, and what the command line says", () => {
  test("nothing wrong: exit 0, the report's place on stdout, nothing on stderr", async () => {
    expect(await run({})).toEqual({ code: 0, out: `${join(folder, "out")}/report.html\n`, err: "" });
  });

  test("a mistyped gene", async () => {
    const { code, err } = await run({ scenario: [end, `${end}perturbations:\n  - knockout: arcC\n`] });
    expect(code).toBe(2);
    expect(err).toContain("wrong.scenario.yaml:6:15: perturbations[0].knockout: no gene 'arcC' in 'ecoli-core-trn'");
    expect(err).toMatch(/hint: did you mean .*'arcA'/);
  });

  test("broken YAML", async () => {
    const { code, err } = await run({ scenario: ["points: 3 }", "points: 3"] });
    expect(code).toBe(2);
    expect(err).toMatch(/wrong\.scenario\.yaml:4:1: .*\[yaml\/syntax\]/s);
  });

  test("a mistyped key of the manifest", async () => {
    const { code, err } = await run({ cell: ["vmax: 10", "vmx: 10"] });
    expect(code).toBe(2);
    expect(err).toContain("core.cell.yaml:10:38: modules[1].exchanges.EX_glc__D_e: unknown key 'vmx'");
    expect(err).toContain("hint: did you mean 'vmax'");
  });

  test("an exchange that the model doesn't have", async () => {
    const { code, err } = await run({ cell: ["EX_glc__D_e:", "EX_glc_D_e:"] });
    expect(code).toBe(2);
    expect(err).toContain("core.cell.yaml:7:5:");
    expect(err).toContain("'EX_glc_D_e'");
    expect(err).toContain("did you mean 'EX_glc__D_e'");
  });

  test("broken XML", async () => {
    const xml = readFileSync(`${root}sbml/ecoli-core.xml`, "utf8");
    writeFileSync(join(folder, "broken.xml"), xml.slice(0, xml.length / 2));
    const { code, err } = await run({ cell: [`${root}sbml/ecoli-core.xml`, "broken.xml"] });
    expect(code).toBe(2);
    expect(err).toMatch(/broken\.xml:\d+:.*\[sbml\/xml\]/);
  });

  test("a file that isn't there, with the one that is", async () => {
    const { code, err } = await run({ scenario: ["core.cell.yaml", "cor.cell.yaml"] });
    expect(code).toBe(2);
    expect(err).toContain("wrong.scenario.yaml:2:7: file ");
    expect(err).toContain("did you mean 'core.cell.yaml'");
  });

  test("a missing ONNX file", async () => {
    mkdirSync(join(folder, "network"), { recursive: true });
    const card = readFileSync(`${root}models/ecoli/regulator.card.json`, "utf8");
    writeFileSync(join(folder, "network", "regulator.card.json"), card);
    const { code, err } = await run({ options: ["--regulator", "network"] });
    expect(code).toBe(2);
    expect(err).toContain(`'${join(folder, "network", "regulator.onnx")}' does not exist [regulator/not-found]`);
    expect(err).toMatch(/hint: .*--regulator ridge/);
  });

  test("a regulator that the cell doesn't have", async () => {
    const { code, err } = await run({ options: ["--regulator", "rigde"] });
    expect(code).toBe(2);
    expect(err).toContain("option '--regulator': the cell 'core' has no regulator 'rigde' [cell/unknown-regulator]");
    expect(err).toContain("did you mean 'ridge'");
    const written = await run({ scenario: [end, `${end}regulator: rigde\n`] });
    expect(written.err).toContain("wrong.scenario.yaml:5:12: regulator: the cell 'core' has no regulator 'rigde'");
  });

  test("a flux that can't be what it is clamped to: the cell rests, a note names the bounds, the run goes on", async () => {
    const demand = `${end}perturbations:\n  - { clamp: "flux:ATPM", value: 200, from: 0.6 }\n`;
    const { code, err } = await run({ scenario: [end, demand] });
    expect(code).toBe(0);
    expect(err).toBe("");
    const summary = JSON.parse(readFileSync(join(folder, "out", "summary.json"), "utf8")) as Summary;
    expect(summary.arms[0]?.run.warnings).toEqual([
      {
        t: 0.6,
        module: "metabolism",
        message: expect.stringMatching(
          /^infeasible: ATPM >= 200 can't be met and is let go, growth has ended; limiting: .*EX_o2_e/,
        ),
      },
    ]);
    const csv = readFileSync(join(folder, "out", "trajectory.csv"), "utf8")
      .trim()
      .split("\n");
    expect(csv.at(-1)).toMatch(/^mechanistic,1,/);
  });

  test("a folder that holds something else is left alone", async () => {
    const other = join(folder, "thesis");
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, "chapter1.tex"), "");
    const { code, err } = await run({ options: [] }).then(() =>
      runCli("run", join(folder, "wrong.scenario.yaml"), "-o", other, "--force"),
    );
    expect(code).toBe(2);
    expect(err).toContain("a run may only replace a run folder [report/not-a-run-folder]");
    expect(readFileSync(join(other, "chapter1.tex"), "utf8")).toBe("");
  });

  test("an earlier run is replaced only with --force; -o is needed", async () => {
    await run({});
    const again = await runCli("run", join(folder, "wrong.scenario.yaml"), "-o", join(folder, "out"));
    expect(again.code).toBe(2);
    expect(again.err).toContain("holds an earlier run [file/exists]\n  hint: add --force");
    const nowhere = await runCli("run", join(folder, "wrong.scenario.yaml"));
    expect(nowhere.err).toContain("say where the run folder goes [cli/usage]\n  hint: add -o DIR");
  });
});
