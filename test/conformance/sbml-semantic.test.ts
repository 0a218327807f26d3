import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type CaseResult,
  listCases,
  loadCase,
  modelFiles,
  runCaseFile,
} from "../../src/cli/sbml/conformance/run-case.ts";

const SUITE = `${process.env.CELLWEAVE_DATA ?? "../shared/data"}/sbml-test-suite/semantic`;
const there = existsSync(SUITE);
if (!there) process.stderr.write(`SKIPPED: SBML Test Suite, no data at ${SUITE} (set CELLWEAVE_DATA)\n`);

/** The newest model file of every case; `npm run conformance` runs all levels and versions. */
async function runNewest(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const id of listCases(SUITE)) {
    const file = modelFiles(SUITE, id).at(-1);
    if (file !== undefined) results.push(await runCaseFile(loadCase(SUITE, id), file));
  }
  return results;
}

describe.skipIf(!there)("SBML Test Suite, semantic cases", () => {
  test("every case is right", { timeout: 600_000 }, async () => {
    const results = await runNewest();
    const of = (outcome: CaseResult["outcome"]) => results.filter((r) => r.outcome === outcome);
    expect(of("failed").map((r) => `${r.file}: ${r.message}`)).toEqual([]);
    expect(of("refused").map((r) => `${r.file}: ${r.message}`)).toEqual([]);
    expect(of("passed").length).toBe(results.length);
  });
});
