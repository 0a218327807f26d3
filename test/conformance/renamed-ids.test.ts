import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  type CaseResult,
  listCases,
  loadCase,
  modelFiles,
  runCaseFile,
} from "../../src/cli/sbml/conformance/run-case.ts";
import { renameCase } from "../support/rename-ids.ts";

const SUITE = `${process.env.CELLWEAVE_DATA ?? "../shared/data"}/sbml-test-suite/semantic`;
const there = existsSync(SUITE);
if (!there) process.stderr.write(`SKIPPED: cases with ids renamed, no data at ${SUITE} (set CELLWEAVE_DATA)\n`);

/** Every case is run with `CASES=all` (`npm run conformance:ids`), one in this many otherwise. */
const EVERY = process.env.CASES === "all" ? 1 : 12;

const folder = mkdtempSync(join(tmpdir(), "cellweave-ids-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The newest file of a case, and the oldest where that is of Level 1, as they are and renamed. */
async function runRenamed(id: string): Promise<{ plain: CaseResult; renamed: CaseResult }[]> {
  const files = modelFiles(SUITE, id);
  const wanted = [files.at(-1), files.find((name) => name.includes("-l1v"))].filter((name) => name !== undefined);
  const out: { plain: CaseResult; renamed: CaseResult }[] = [];
  for (const file of wanted) {
    const into = join(folder, file);
    renameCase(SUITE, id, file, into);
    const renamed = await runCaseFile(loadCase(into, id), file);
    const plain = renamed.outcome === "passed" ? renamed : await runCaseFile(loadCase(SUITE, id), file);
    out.push({ plain, renamed });
    rmSync(into, { recursive: true });
  }
  return out;
}

describe.skipIf(!there)("SBML Test Suite with every id renamed to __proto__, this, NaN, pi and the like", () => {
  test(`gives the same results, one case in ${EVERY}`, { timeout: 1_800_000 }, async () => {
    const cases = listCases(SUITE).filter((_, i) => i % EVERY === 0);
    let runs = 0;
    const wrong: string[] = [];
    for (const id of cases)
      for (const { plain, renamed } of await runRenamed(id)) {
        runs++;
        if (renamed.outcome !== plain.outcome) wrong.push(`${renamed.file}: ${renamed.message}`);
      }
    expect(wrong).toEqual([]);
    expect(runs).toBeGreaterThan(1000 / EVERY);
  });
});
