import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulator } from "../../../src/pathway/run/simulator.ts";
import { sensitivities } from "../../../src/pathway/sensitivity/sensitivity.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

const DATA = process.env.CELLWEAVE_DATA ?? "../shared/data";
const there = existsSync(`${DATA}/biomodels`);
if (!there) process.stderr.write(`SKIPPED: sensitivities of BioModels, no data at ${DATA} (set CELLWEAVE_DATA)\n`);

/** S decays with rate constant twice = 2 k by initial assignment, in a compartment of size 4; R = 3 S^2 by rule. */
const decay = readSbml(
  sbml(`<listOfCompartments><compartment id="c" size="4" constant="true"/></listOfCompartments>
<listOfSpecies><species id="S" compartment="c" initialConcentration="2" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></listOfSpecies>
<listOfParameters><parameter id="k" value="0.25" constant="true"/><parameter id="twice" constant="true"/><parameter id="R" constant="false"/></listOfParameters>
<listOfInitialAssignments><initialAssignment symbol="twice">${math("<apply><times/><cn>2</cn><ci>k</ci></apply>")}</initialAssignment></listOfInitialAssignments>
<listOfRules><assignmentRule variable="R">${math("<apply><times/><cn>3</cn><ci>S</ci><ci>S</ci></apply>")}</assignmentRule></listOfRules>
<listOfReactions><reaction id="r" reversible="false" fast="false"><listOfReactants><speciesReference species="S" stoichiometry="1" constant="true"/></listOfReactants>
<kineticLaw>${math("<apply><times/><ci>twice</ci><ci>S</ci><ci>c</ci></apply>")}</kineticLaw></reaction></listOfReactions>`),
);

describe("forward sensitivities", () => {
  const found = sensitivities(decay, { parameters: ["k", "S", "c"], select: ["S", "R"], t1: 4, points: 9 });
  const at = (point: number, parameter: number, column: number) =>
    found.slopes[(point * 3 + parameter) * 2 + column] ?? 0;

  test("follow the closed form for a parameter behind an initial assignment, a start value and a size", () => {
    found.times.forEach((t, i) => {
      const s = 2 * Math.exp(-0.5 * t);
      expect(found.values[i * 2]).toBeCloseTo(s, 6);
      expect(at(i, 0, 0)).toBeCloseTo(-2 * t * s, 6);
      expect(at(i, 1, 0)).toBeCloseTo(s / 2, 6);
      expect(at(i, 2, 0)).toBeCloseTo(0, 6);
    });
  });

  test("pass through assignment rules", () => {
    found.times.forEach((t, i) => {
      const s = 2 * Math.exp(-0.5 * t);
      expect(at(i, 0, 1)).toBeCloseTo(6 * s * -2 * t * s, 5);
      expect(at(i, 1, 1)).toBeCloseTo(6 * s * (s / 2), 5);
    });
  });
});

test.skipIf(!there)(
  "agree with central differences of tight runs, on a cascade and on a stiff signalling model",
  () => {
    for (const [file, ids] of [
      ["BIOMD0000000009.xml", ["E1", "MKKK"]],
      ["BIOMD0000000028.xml", ["k1", "MEK"]],
    ] as const) {
      const document = readSbml(readFileSync(`${DATA}/biomodels/${file}`, "utf8"));
      const known = new Set([...document.parameters, ...document.species].map((q) => q.id));
      const parameters = ids.filter((id) => known.has(id));
      const columns = document.species.map((s) => s.id);
      const found = sensitivities(document, { parameters, t1: 50, points: 3, rtol: 1e-9, atol: 1e-14 });
      const model = simulator(document, parameters);
      const options = { t1: 50, points: 3, rtol: 1e-12, atol: 1e-18 };
      found.parameters.forEach(({ id, value }, k) => {
        const h = 1e-4 * value;
        const [above, below] = [value + h, value - h].map((v) => model.run(options, new Map([[id, v]])).columns);
        const slopes = columns.map(
          (s) => ((above?.get(s)?.values[2] ?? 0) - (below?.get(s)?.values[2] ?? 0)) / (2 * h),
        );
        const largest = Math.max(...slopes.map(Math.abs));
        slopes.forEach((slope, c) => {
          const mine = found.slopes[(2 * parameters.length + k) * columns.length + c] ?? 0;
          expect(Math.abs(mine - slope)).toBeLessThan(1e-5 * largest);
        });
      });
      expect(parameters.length).toBeGreaterThan(0);
    }
  },
);
