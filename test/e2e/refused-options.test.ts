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
