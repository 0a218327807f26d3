import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const NOWHERE = "/no-such-folder/out";

test.each([
  ["simulate", "sbml/repressilator.xml", "--t1", "1", "--csv", NOWHERE],
  ["fba", "sbml/ecoli-core.xml", "--csv", NOWHERE],
])("%s to a place that cannot be written to is the user's to mend", async (...args) => {
  const { code, err } = await runCli(...args);
  expect(code).toBe(2);
  expect(err).toContain(`${NOWHERE}: Cannot write the file: ENOENT`);
  expect(err).toContain("[file/unwritable]\n  hint: name a file in a folder that is there");
});

test("conformance of a folder that is not there", async () => {
  const { code, err } = await runCli("conformance", "/no-such-folder");
  expect(code).toBe(2);
  expect(err).toContain("/no-such-folder: Cannot read the folder: ENOENT");
  expect(err).toContain("[file/unreadable]");
});

test.each([
  ["simulate", "sbml/repressilator.xml", "--t1", "1", "--points"],
  ["envelope", "sbml/ecoli-core.xml", "EX_ac_e", "--points"],
  ["sample", "sbml/ecoli-core.xml", "--count"],
])("%s refuses absurd sizes", async (...args) => {
  const { code, err } = await runCli(...args, "1000001");
  expect(code).toBe(2);
  expect(err).toContain("expected at most 1000000, got '1000001' [cli/usage]");
});

test.each([
  ["dfba", "sbml/ecoli-core.xml", "--to", "1", "--figure"],
  ["fba", "sbml/ecoli-core.xml", "--map", "networks/ecoli-core-map.json", "--map-out"],
  ["fva", "sbml/ecoli-core.xml", "--figure"],
  ["knockout", "sbml/ecoli-core.xml", "--figure"],
  ["sample", "sbml/ecoli-core.xml", "--figure"],
  ["envelope", "sbml/ecoli-core.xml", "EX_ac_e", "--figure"],
  ["scan", "sbml/repressilator.xml", "--figure"],
  ["predict", "--experiments", "table.csv", "--plot"],
  ["evaluate", "ecoli-knockouts", "--plot"],
])("%s refuses a figure's name that promises another format, before it computes", async (...args) => {
  const { code, err } = await runCli(...args, "out/plot.pdf");
  expect(code).toBe(2);
  expect(err).toContain(`option '${args.at(-1)}': figures are written as SVG, got 'out/plot.pdf' [cli/usage]`);
  expect(err).toContain("hint: name it 'plot.svg'");
});

test("a page is HTML", async () => {
  const { code, err } = await runCli("evaluate", "ecoli-knockouts", "--html", "page.pdf");
  expect(code).toBe(2);
  expect(err).toContain("option '--html': pages are written as HTML, got 'page.pdf'");
});
