import { expect, test } from "vitest";
import { columnOf } from "../../../src/engine/trajectory.ts";
import { CellweaveError } from "../../../src/errors.ts";
import { parseCellManifest } from "../../../src/scenario/cell-manifest.ts";
import { runScenario } from "../../../src/scenario/run-scenario.ts";
import { parseScenario } from "../../../src/scenario/scenario.ts";
import { grower, memoryFiles } from "./toy.ts";

const LINES = "cell: toy\nlines: { slow: slow/toy.cell.yaml, fast: fast/toy.cell.yaml, gone: gone.cell.yaml }\n";
const line = (biomass: number) => `cell: toy
modules:
  - medium: medium
    biomass: { initial: ${biomass} }
    pools: { glc__D_e: { initial: 10 } }
`;

function run(cell: string, chosen: string) {
  const text = `scenario: toy\ncell: ${cell}\n${chosen}time: { to: 1, points: 2 }\narms: [mechanistic]\n`;
  const files = memoryFiles(
    new Map([
      ["/x/toy.cell.yaml", LINES],
      ["/x/slow/toy.cell.yaml", line(0.1)],
      ["/x/fast/toy.cell.yaml", line(0.3)],
    ]),
  );
  return runScenario(parseScenario(text, "/x/a.scenario.yaml", "a.scenario.yaml"), {
    files,
    couplings: [() => grower()],
  });
}

test("a scenario runs the line it names, and both manifests are among what was read", async () => {
  const { arms, inputs } = await run("toy.cell.yaml", "line: fast\n");
  expect(arms[0] && columnOf(arms[0].trajectory, "biomass")?.[0]).toBe(0.3);
  const cells = inputs.filter(({ role }) => role === "cell").map(({ path }) => path);
  expect(cells).toEqual(["/x/toy.cell.yaml", "/x/fast/toy.cell.yaml"]);
});

test.each([
  [
    "toy.cell.yaml",
    "",
    "a.scenario.yaml:2:7: cell: 'toy' has several lines",
    "add 'line:'; lines of 'toy': slow, fast",
  ],
  ["toy.cell.yaml", "line: fats\n", "a.scenario.yaml:3:7: line: the cell 'toy' has no line 'fats'", "'fast'?"],
  ["toy.cell.yaml", "line: __proto__\n", "the cell 'toy' has no line '__proto__'", "lines of 'toy': slow, fast, gone"],
  ["slow/toy.cell.yaml", "line: fast\n", "the cell 'toy' has no lines to choose from", "leave it out"],
  ["toy.cell.yaml", "line: gone\n", "/x/toy.cell.yaml:2:68: file '/x/gone.cell.yaml' does not exist", ""],
])("%s with %j is refused: %s", async (cell, chosen, message, hint) => {
  const error = await run(cell, chosen).catch((caught: unknown) => caught);
  const said = error instanceof CellweaveError ? error.format() : String(error);
  expect(said).toContain(message);
  expect(said).toContain(hint);
});

test("where one line's manifest is wanted, a list of lines is refused by name", () => {
  expect(() => parseCellManifest(LINES, "/x/toy.cell.yaml")).toThrow(/lines: expected the manifest of one line/);
});
