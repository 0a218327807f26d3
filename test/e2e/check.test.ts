import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { apply, list, math, parameter, reactant, reaction, sbmlFile, species } from "../support/sbml-text.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "cellweave-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const UNITS = 'id="m" substanceUnits="mole" timeUnits="second" volumeUnits="litre" extentUnits="mole"';
/** A reaction of S with k S as rate law; k is per second. */
const model = (spoil: (text: string) => string = (text) => text): string =>
  spoil(
    sbmlFile(
      31,
      list(
        "UnitDefinitions",
        '<unitDefinition id="per_s"><listOfUnits><unit kind="second" exponent="-1" scale="0" multiplier="1"/></listOfUnits></unitDefinition>',
      ) +
        list("Compartments", '<compartment id="c" constant="true" spatialDimensions="3" size="1"/>') +
        list("Species", species("S", 'initialAmount="1"')) +
        list("Parameters", parameter("k", 'value="1" units="per_s"')) +
        list(
          "Reactions",
          reaction(
            "R",
            `${list("Reactants", reactant("S"))}<kineticLaw>${math(apply("times", "k", "S"))}</kineticLaw>`,
          ),
        ),
      { model: UNITS },
    ),
  );

describe("cellweave check", () => {
  test("warnings alone exit 0, with both units, the rule and a hint", async () => {
    const file = written("units.xml", model());
    const { code, out } = await runCli("check", file);
    expect(code).toBe(0);
    expect(out).toContain(
      "warning: the kinetic law of 'R' gives mole per litre per second when mole per second was expected [SBML 10541]",
    );
    expect(out).toContain("  expected: a kinetic law gives substance (Level 3: extent) per time\n");
    expect(out).toContain(
      "  hint: a kinetic law is an amount per time: multiply a change of concentration by its compartment\n",
    );
    expect(out).toMatch(/1 +0 +1\n$/);
  });

  test("several errors of one file, in the order of the file, exit 2; what a simulation says too is told once", async () => {
    const file = written(
      "several.xml",
      model((text) =>
        text
          .replace('compartment="c"', 'compartment="d"')
          .replace("<ci>k</ci>", "<ci>q</ci>")
          .replace('units="per_s"', 'units="per_sec"'),
      ),
    );
    const { code, out } = await runCli("check", "--json", file);
    const findings: Record<string, unknown>[] = JSON.parse(out);
    expect(code).toBe(2);
    expect(findings.map((f) => [f.severity, f.rule, f.id])).toEqual([
      ["error", "20601", "S"],
      ["error", "20701", "k"],
      ["error", "10215", "R"],
      ["note", undefined, undefined],
    ]);
    const [first] = findings;
    expect(Object.keys(first ?? {}).sort()).toEqual(
      ["code", "column", "expected", "file", "hint", "id", "line", "message", "rule", "severity"].sort(),
    );
    expect(first).toMatchObject({ file, line: 3, code: "sbml/rule", hint: "did you mean 'c'?" });
  });

  test("what only a simulation sees is told with its rule", async () => {
    const overdetermined = sbmlFile(
      31,
      list("Parameters", parameter("k", 'value="1"')) +
        list("Rules", `<algebraicRule>${math(apply("minus", "k", 1))}</algebraicRule>`),
    );
    const { code, out } = await runCli("check", written("over.xml", overdetermined));
    expect(code).toBe(2);
    expect(out).toContain("error: The algebraic rule determines no quantity that is free [SBML 10601]");
  });

  test("text that is no XML, or beyond a limit, is one finding", async () => {
    const file = written("cut.xml", model().slice(0, 400));
    const cut = await runCli("check", file);
    expect([cut.code, cut.out.split("\n").filter((line) => line.includes("error:")).length]).toEqual([2, 1]);
    const whole = written("whole.xml", model());
    for (const [option, code] of [
      ["--max-bytes", "sbml/too-large"],
      ["--max-elements", "sbml/too-large"],
      ["--max-depth", "sbml/too-deep"],
    ] as const)
      expect((await runCli("check", whole, option, "3")).out).toContain(code);
    expect((await runCli("simulate", whole, "--t1", "1", "--max-bytes", "10")).err).toContain("--max-bytes");
  });

  test("--rules lists the rules and reads no file", async () => {
    const { code, out } = await runCli("check", "--rules");
    expect(code).toBe(0);
    expect(out).toMatch(/10541 +warning +a kinetic law gives/);
    expect(out.split("\n").length).toBeGreaterThan(200);
  });
});
