import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { simulate } from "../../../src/pathway/run/simulate.ts";
import { openScan, runPoints, scanPoints } from "../../../src/pathway/scan/scan.ts";
import { scan } from "../../../src/pathway/scan/scan-node.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

const text = sbml(`<listOfCompartments><compartment id="c" size="1" constant="true"/></listOfCompartments>
<listOfSpecies><species id="S" compartment="c" initialConcentration="2" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></listOfSpecies>
<listOfParameters><parameter id="k" value="0.5" constant="true"/></listOfParameters>
<listOfReactions><reaction id="r" reversible="false" fast="false"><listOfReactants><speciesReference species="S" stoichiometry="1" constant="true"/></listOfReactants>
<kineticLaw>${math("<apply><times/><ci>k</ci><ci>S</ci><ci>c</ci></apply>")}</kineticLaw></reaction></listOfReactions>`);
const run = { t1: 3, rtol: 1e-11, atol: 1e-14 };

test("the last axis goes fastest, knockouts slowest", () => {
  const axes = [
    { id: "a", values: [1, 2] },
    { id: "b", values: [3, 4] },
  ];
  const points = scanPoints({ axes, knockouts: ["r"] }).map(({ values, knockout }) => [...values, knockout]);
  expect(points.slice(0, 5)).toEqual([
    [1, 3, undefined],
    [1, 4, undefined],
    [2, 3, undefined],
    [2, 4, undefined],
    [1, 3, "r"],
  ]);
});

test("ends of runs over a parameter and a start value follow the closed form; a knocked out reaction stands still", async () => {
  const axes = [
    { id: "k", values: [0, 0.1, 1] },
    { id: "S", values: [1, 5] },
  ];
  const { rows, columns, failures } = await scan(text, "m.xml", { axes, knockouts: ["r"], run });
  expect(columns).toEqual(["S"]);
  expect(failures.size).toBe(0);
  const expected = axes[0]?.values.flatMap((k) => [1, 5].map((s) => s * Math.exp(-3 * k))) ?? [];
  [...expected, 1, 5, 1, 5, 1, 5].forEach((value, i) => {
    expect(Math.abs((rows[i] ?? 0) - value)).toBeLessThan(1e-8);
  });
});

test("whole time courses are those of single simulations", async () => {
  const spec = { axes: [{ id: "k", values: [0.3] }], knockouts: [], run: { ...run, points: 7 }, course: true };
  const { rows, times } = await scan(text, "m.xml", spec);
  const single = simulate(readSbml(text), { ...run, points: 7, parameters: new Map([["k", 0.3]]) });
  expect([...times]).toEqual([...single.times]);
  expect([...rows]).toEqual([...(single.columns.get("S")?.values ?? [])]);
});

test("a scan opened with the modules of another gives the same numbers without compiling", () => {
  const document = readSbml(readFileSync("sbml/repressilator.xml", "utf8"));
  const id = document.species[0]?.id ?? "";
  const spec = { axes: [{ id, values: [1, 10] }], knockouts: [], run: { t1: 200 } };
  const first = openScan(document, spec);
  const numbers = new Float64Array(first.width);
  first.run(1, numbers);
  const second = openScan(document, spec, structuredClone([...first.modules]));
  const again = new Float64Array(second.width);
  second.run(1, again);
  expect([...again]).toEqual([...numbers]);
  expect(second.modules.length).toBe(first.modules.length);
});

test("ids that are not there are refused with what was meant", () => {
  const document = readSbml(text);
  const spec = { axes: [{ id: "K", values: [1] }], knockouts: [], run };
  expect(() => openScan(document, spec)).toThrow("no parameter, species or compartment 'K'");
  expect(() => openScan(document, { ...spec, axes: [], knockouts: ["x"] })).toThrow(
    "no reaction, parameter or species",
  );
});

const event = `<listOfEvents><event id="e" useValuesFromTriggerTime="true"><trigger initialValue="true" persistent="true">
${math("<apply><lt/><ci>S</ci><cn>0.5</cn></apply>")}</trigger><listOfEventAssignments><eventAssignment variable="S">
${math("<cn>7</cn>")}</eventAssignment></listOfEventAssignments></event></listOfEvents>`;

test("runs made in WebAssembly alone and those with events are single simulations, bit by bit", () => {
  const document = readSbml(text.replace("</model>", `${event}</model>`));
  const values = [0.1, 0.2, 1, 0.3, 2, 0.01];
  const spec = { axes: [{ id: "k", values }], knockouts: ["r"], run };
  const opened = openScan(document, spec);
  expect(opened.runMany(0, new Float64Array(6))).toBe(2);
  const { rows, failures } = runPoints(opened, 0, opened.points.length);
  expect(failures).toEqual([]);
  const single = (k: number): number => {
    const { columns } = simulate(document, { ...run, parameters: new Map([["k", k]]) });
    return columns.get("S")?.values.at(-1) ?? Number.NaN;
  };
  expect([...rows]).toEqual([...values.map(single), ...values.map(() => 2)]);
  expect(rows[2]).toBeGreaterThan(0.5);
});
