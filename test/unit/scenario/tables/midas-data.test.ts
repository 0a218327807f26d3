import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../../src/index.ts";
import { recordInputs } from "../../../../src/scenario/documents/files.ts";
import type { Names } from "../../../../src/scenario/perturbation.ts";
import { defineScenario } from "../../../../src/scenario/scenario.ts";
import { readMeasurements } from "../../../../src/scenario/tables/measurements.ts";

const TABLE = `TR:X:CellLine,TR:EGF,TR:PBS,TR:Ai,DA:ALL,DV:S6_pS235,DV:AKT_pS473
1,0,1,0,0,2,4
1,1,0,1,0,1,4
1,1,0,1,30,6,
`;
const names = {} as Names;
const inputs = (text: string | undefined) =>
  recordInputs({
    resolve: (_, name) => name,
    read: async () => {
      if (text === undefined) throw new CellweaveError("file/not-found", "file 'x.csv' does not exist");
      return new TextEncoder().encode(text);
    },
  });
const scenario = (more: object) =>
  defineScenario(
    {
      scenario: "s",
      cell: "c",
      time: { to: 1 },
      observables: ["phospho:S6_pS235", "phospho:AKT_pS473", "pool:EGF"],
      data: [{ midas: "x.csv", stimulus: "EGF", inhibitors: ["A"], ...more }],
    },
    "base",
  );

describe("data from a MIDAS table", () => {
  test("points of the treatment, relative to the untreated start, in hours; gaps are left out", async () => {
    expect(await readMeasurements(scenario({}), names, inputs(TABLE))).toEqual([
      { variable: "phospho:S6_pS235", time: 0, value: 0.5 },
      { variable: "phospho:S6_pS235", time: 0.5, value: 3 },
      { variable: "phospho:AKT_pS473", time: 0, value: 1 },
    ]);
  });

  test("a file that isn't there is an error, but for optional data; a treatment that isn't there always is", async () => {
    await expect(readMeasurements(scenario({}), names, inputs(undefined))).rejects.toThrow(/does not exist/);
    expect(await readMeasurements(scenario({ optional: true }), names, inputs(undefined))).toEqual([]);
    const other = scenario({ inhibitors: ["B"], optional: true });
    await expect(readMeasurements(other, names, inputs(TABLE))).rejects.toThrow(/no rows of EGF with B/);
  });
});
