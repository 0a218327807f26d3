import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const MODEL = "sbml/repressilator.xml";
const folder = mkdtempSync(join(tmpdir(), "cellweave-sbml-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("cellweave simulate", () => {
  test("writes CSV to stdout and nothing else", async () => {
    const { code, out, err } = await runCli("simulate", MODEL, "--t1", "1000", "--points", "501", "--csv", "-");
    const rows = out.trimEnd().split("\n");
    expect([code, err]).toEqual([0, ""]);
    expect(rows[0]).toBe("time,lacI_mRNA,tetR_mRNA,cI_mRNA,LacI,TetR,CI");
    expect(rows.length).toBe(502);
    expect(rows[1]).toBe("0,0,20,0,0,0,0");
    expect(rows.at(-1)).toMatch(/^1000,9\.05/);
  });

  test("selects columns, sets parameters, writes files, reads gzip", async () => {
    const model = written("model.xml.gz", gzipSync(readFileSync(MODEL)));
    const csv = join(folder, "out.csv");
    const { code } = await runCli(
      "simulate",
      model,
      "--t1",
      "100",
      "--points",
      "2",
      "--select",
      "LacI,n",
      "--set",
      "n=1",
      "--csv",
      csv,
    );
    expect(code).toBe(0);
    expect(readFileSync(csv, "utf8")).toMatch(/^time,LacI,n\n0,0,1\n100,[\d.]+,1\n$/);
  });

  test("flux balance models in other formats are named", async () => {
    const json = written("model.json", '{"metabolites": [], "reactions": [], "genes": []}');
    for (const command of ["info", "check", "steady"]) {
      const { code, out, err } = await runCli(command, json);
      expect([code, out + err]).toEqual([2, expect.stringContaining("this is a model in COBRA JSON, not SBML")]);
    }
  });

  test("a flux balance model has no time course, and says what to do with it", async () => {
    const { code, out, err } = await runCli("simulate", "sbml/ecoli-core.xml", "--t1", "1");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("The model has no time course: it is a flux balance model [simulate/flux-balance]");
    expect(err).toContain("hint: cellweave fba sbml/ecoli-core.xml");
  });

  test("a reaction without a kinetic law is warned of", async () => {
    const text = readFileSync(MODEL, "utf8").replace(/<kineticLaw[\s\S]*?<\/kineticLaw>/, "");
    const { code, err } = await runCli("simulate", written("lawless.xml", text), "--t1", "1");
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: line \d+: reaction '\w+' has no kinetic law and does not run\n$/);
  });

  test("what is mistyped is answered with what would be right", async () => {
    const column = await runCli("simulate", MODEL, "--t1", "1", "--select", "LacJ");
    expect(column.code).toBe(2);
    expect(column.err).toContain("did you mean 'LacI'?");
    expect((await runCli("simulate", MODEL)).err).toContain("--t1 is missing");
    const missing = await runCli("simulate", `${MODEL}l`, "--t1", "1");
    expect(missing.err).toMatch(/does not exist \[file\/not-found\]\n {2}hint: did you mean '.*\.xml'/);
    expect((await runCli("info", dirname(MODEL))).err).toContain("is a folder, not a file");
    const yaml = await runCli("info", "examples/arcA-knockout.scenario.yaml");
    expect(yaml.err).toContain("hint: an SBML file begins with '<?xml' or '<sbml'");
    expect((await runCli("run", MODEL, "-o", "nowhere")).err).toContain("hint: this is XML");
    expect((await runCli("simulate", MODEL, "--t1", "1", "--set", "k")).err).toContain("ID=VALUE");
  });

  test("a solver that gives up leaves what was reached and exits 3", async () => {
    const pole = `<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model><listOfParameters><parameter id="x" value="0.4" constant="false"/></listOfParameters>
      <listOfRules><rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>x</ci><ci>x</ci></apply></math></rateRule></listOfRules></model></sbml>`;
    const { code, out, err } = await runCli(
      "simulate",
      written("pole.xml", pole),
      "--t1",
      "10",
      "--points",
      "11",
      "--max-steps",
      "2000",
    );
    expect(code).toBe(3);
    expect(out.trimEnd().split("\n").length).toBe(4);
    expect(err).toContain("'x'");
  });
});

describe("cellweave info and check", () => {
  test("info counts, names sources and units, and says whether it can be simulated", async () => {
    const { code, out } = await runCli("info", MODEL);
    expect(code).toBe(0);
    for (const text of [
      "Repressilator",
      "SBML: Level 3 Version 2",
      "time minute",
      "10.1038/35002125",
      "time course: 6 states",
    ])
      expect(out).toContain(text);
    const core = await runCli("info", "sbml/ecoli-core.xml", "--json");
    expect(JSON.parse(core.out).counts).toContainEqual(["reactions", 95]);
  });

  test("check finds no error in what ships, and doubts only that a flux per dry mass is an amount per time", async () => {
    const shipped = ["repressilator", "ecoli-core", "ecoli-carbon-sensing"];
    const { code, out } = await runCli("check", "--json", ...shipped.map((name) => `sbml/${name}.xml`));
    const findings: { severity: string; file: string; rule?: string }[] = JSON.parse(out);
    expect(code).toBe(0);
    expect(findings.filter((f) => f.severity !== "note").map((f) => `${f.file} ${f.severity} ${f.rule}`)).toEqual([
      "sbml/ecoli-core.xml warning 20221",
      "sbml/ecoli-core.xml warning 20233",
    ]);
  });

  test("check says file, line, rule and hint; --json the same as data", async () => {
    const broken = written(
      "broken.xml",
      readFileSync(MODEL, "utf8").replace('<parameter id="KM"', '<parameter id="n"'),
    );
    const { code, out } = await runCli("check", broken);
    expect(code).toBe(2);
    expect(out).toMatch(
      /broken\.xml:\d+:\d+: error: the id 'n' of a parameter is already that .* line \d+ \[SBML 10301\]/,
    );
    const [finding] = JSON.parse((await runCli("check", broken, "--json")).out);
    expect(finding).toMatchObject({
      severity: "error",
      rule: "10301",
      id: "n",
      expected: expect.stringMatching(/^ids of /),
    });
  });
});

describe("cellweave simulate --stochastic", () => {
  test("gives mean and standard deviation of runs, equal for equal seeds", async () => {
    const words = ["simulate", MODEL, "--t1", "4", "--points", "3", "--select", "cI_mRNA", "--stochastic"];
    const many = await runCli(...words, "--runs", "20", "--seed", "5");
    const [header, first, , last = ""] = many.out.trimEnd().split("\n");
    expect([many.code, header, first]).toEqual([0, "time,cI_mRNA_mean,cI_mRNA_sd", "0,0,0"]);
    const [, mean = 0, sd = 0] = last.split(",").map(Number);
    expect(mean).toBeGreaterThan(0);
    expect(sd).toBeGreaterThan(0);
    expect((await runCli(...words, "--runs", "20", "--seed", "5")).out).toBe(many.out);
    const path = (await runCli(...words, "--runs", "1")).out.trimEnd().split("\n");
    expect(path[0]).toBe("time,cI_mRNA");
    expect(path.slice(1).every((row) => Number.isInteger(Number(row.split(",")[1])))).toBe(true);
  });

  test("refuses options of the other method", async () => {
    const wrong = await runCli("simulate", MODEL, "--t1", "1", "--stochastic", "--rtol", "1e-3");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("'--rtol' means nothing to a stochastic run")]);
    const runs = await runCli("simulate", MODEL, "--t1", "1", "--runs", "3");
    expect(runs.err).toContain("add --stochastic");
  });
});
