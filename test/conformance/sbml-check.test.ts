import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { listCases } from "../../src/cli/sbml/conformance/run-case.ts";
import { checkSbml } from "../../src/sbml/check/check-sbml.ts";

const DATA = process.env.CELLWEAVE_DATA ?? "../shared/data";
const there = existsSync(DATA);
if (!there) process.stderr.write(`SKIPPED: consistency of published models, no data at ${DATA} (set CELLWEAVE_DATA)\n`);

interface Found {
  readonly errors: readonly string[];
  /** Files in which units disagree. */
  readonly doubtful: readonly string[];
  readonly files: number;
}

function findingsIn(folder: string): Found {
  const files = readdirSync(folder).filter((name) => name.endsWith(".xml"));
  const found = files.map((file) => ({
    file,
    findings: checkSbml(readFileSync(`${folder}/${file}`, "utf8")).findings,
  }));
  const errors = found.flatMap(({ file, findings }) =>
    findings.filter((f) => f.severity === "error").map((f) => `${file}:${f.line}: ${f.rule} ${f.message}`),
  );
  const doubtful = found.filter(({ findings }) => findings.some((f) => f.rule?.startsWith("105"))).map((f) => f.file);
  return { errors, doubtful, files: files.length };
}

describe.skipIf(!there)("published models break no rule of the specification", () => {
  test.each([
    ["semantic", 6427],
    ["stochastic", 276],
  ])("SBML Test Suite, %s, all levels and versions", { timeout: 300_000 }, (kind, count) => {
    const suite = `${DATA}/sbml-test-suite/${kind}`;
    const results = listCases(suite).map((id) => findingsIn(`${suite}/${id}`));
    expect(results.flatMap((r) => r.errors)).toEqual([]);
    expect(results.reduce((sum, r) => sum + r.files, 0)).toBe(count);
  });

  test("BioModels: no errors; units disagree in 15 of 66", { timeout: 60_000 }, () => {
    const { errors, doubtful, files } = findingsIn(`${DATA}/biomodels`);
    expect(errors).toEqual([]);
    expect([doubtful.length, files]).toEqual([15, 66]);
  });
});
