import { expect, test } from "vitest";
import { columnOf } from "../../../src/engine/trajectory.ts";
import { runScenario } from "../../../src/scenario/run-scenario.ts";
import { parseScenario } from "../../../src/scenario/scenario.ts";
import { math, sbml } from "../../support/sbml-text.ts";
import { memoryFiles } from "./toy.ts";

/** A regulator made at 20/h and lost at 2/h; concentrations in mmol/L, one litre. */
const MODEL =
  sbml(`<listOfCompartments><compartment id="c" spatialDimensions="3" size="1" constant="true"/></listOfCompartments>
  <listOfSpecies><species id="X" compartment="c" initialConcentration="10" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></listOfSpecies>
  <listOfReactions>
    <reaction id="birth" reversible="false" fast="false"><listOfProducts><speciesReference species="X" stoichiometry="1" constant="true"/></listOfProducts>
      <kineticLaw>${math("<cn>20</cn>")}</kineticLaw></reaction>
    <reaction id="death" reversible="false" fast="false"><listOfReactants><speciesReference species="X" stoichiometry="1" constant="true"/></listOfReactants>
      <kineticLaw>${math("<apply><times/><cn>2</cn><ci>c</ci><ci>X</ci></apply>")}</kineticLaw></reaction>
  </listOfReactions>`);

const cell = (options: string): string => `cell: toy
graph: trn.json
modules:
  - medium: medium
    biomass: { initial: 0.1 }
    pools: { glc__D_e: { initial: 10 } }
  - pathway: small
    sbml: x.xml
    owns: { X: { unit: mmol/L, nominal: 1 } }
${options}`;
const GRAPH = JSON.stringify({ id: "t", name: "t", source: "made up", nodes: [], edges: [] });
const SCENARIO = "scenario: toy\ncell: toy.cell.yaml\ntime: { to: 4, points: 81 }\narms: [mechanistic]\n";

async function run(options: string): Promise<Float64Array> {
  const contents = [
    ["/x/toy.cell.yaml", cell(options)],
    ["/x/trn.json", GRAPH],
    ["/x/x.xml", MODEL],
  ] as const;
  const scenario = parseScenario(SCENARIO, "/x/toy.scenario.yaml", "toy.scenario.yaml");
  const { arms } = await runScenario(scenario, { files: memoryFiles(new Map(contents)) });
  return columnOf(arms[0]?.trajectory ?? fail(), "species:X") ?? fail();
}

function fail(): never {
  throw new Error("no such arm or variable");
}

test("one file runs deterministically, or by chance in whole molecules", async () => {
  for (const x of await run("")) expect(x).toBeCloseTo(10, 4);
  const few = await run("    method: stochastic\n    molecules: 10\n    seed: 3\n");
  expect(few.every((x) => Math.abs(10 * x - Math.round(10 * x)) < 1e-9)).toBe(true);
  expect(Math.max(...few) - Math.min(...few)).toBeGreaterThan(1);
  expect(await run("    method: stochastic\n    molecules: 10\n    seed: 3\n")).toEqual(few);
  expect(await run("    method: stochastic\n    molecules: 10\n    seed: 4\n")).not.toEqual(few);
});

test("an option of the other method is refused", async () => {
  await expect(run("    molecules: 10\n")).rejects.toThrow(
    "pathway 'small': 'molecules' means nothing to a deterministic pathway",
  );
  await expect(run("    method: stochastic\n    rtol: 1e-3\n")).rejects.toThrow(
    "pathway 'small': 'rtol' means nothing to a stochastic pathway",
  );
});
