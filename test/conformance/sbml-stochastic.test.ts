import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listCases, loadCase, modelFiles, runCaseFile } from "../../src/cli/sbml/conformance/run-case.ts";

const SUITE = join(process.env.CELLWEAVE_DATA ?? "../shared/data", "sbml-test-suite/stochastic");
const there = existsSync(SUITE);
if (!there) process.stderr.write(`SKIPPED: stochastic SBML cases, no data at ${SUITE} (set CELLWEAVE_DATA)\n`);

/** Every so many cases; `npm run conformance` runs all of them, with ten times as many runs. */
const STRIDE = 8;

describe.skipIf(!there)("SBML Test Suite, stochastic cases", () => {
  test("a sample has the means and standard deviations asked for", { timeout: 300_000 }, async () => {
    const problems: string[] = [];
    for (const [k, id] of listCases(SUITE).entries()) {
      const file = modelFiles(SUITE, id).at(-1);
      if (k % STRIDE !== 0 || file === undefined) continue;
      const { outcome, message } = await runCaseFile(loadCase(SUITE, id), file, { runs: 1000 });
      if (outcome !== "passed") problems.push(`${file}: ${message}`);
    }
    expect(problems).toEqual([]);
  });
});
