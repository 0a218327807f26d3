import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { listCases, loadCase, modelFiles, runCaseFile } from "../../src/cli/sbml/conformance/run-case.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { convertSbml } from "../../src/sbml/write/convert.ts";
import { essence } from "../support/same-document.ts";

const DATA = process.env.CELLWEAVE_DATA ?? "../shared/data";
const there = existsSync(DATA);
if (!there) process.stderr.write(`SKIPPED: SBML round trips, no data at ${DATA} (set CELLWEAVE_DATA)\n`);

function models(): string[] {
  const biomodels = readdirSync(join(DATA, "biomodels")).map((name) => join(DATA, "biomodels", name));
  const others = [
    "kinetic/E_coli_Millard2016.xml",
    "kinetic/k-ecoli74.xml",
    "bigg/e_coli_core.xml.gz",
    "bigg/iML1515.xml.gz",
  ];
  return [...biomodels, ...others.map((name) => join(DATA, name))];
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

describe.skipIf(!there)("read, write, read", () => {
  test.each(models())("%s is the same model", { timeout: 60_000 }, (file) => {
    const { text, document } = convertSbml(textOf(file));
    const again = readSbml(text);
    expect(essence(again, document.level)).toEqual(essence(document));
    expect(again.level).toBe(3);
    expect(again.warnings.filter((w) => !document.warnings.some((old) => same(w, old)))).toEqual([]);
  });

  test("a sample of the test suite gives the same results", { timeout: 300_000 }, async () => {
    const suite = join(DATA, "sbml-test-suite/semantic");
    const problems: string[] = [];
    for (const [k, id] of listCases(suite).entries()) {
      if (k % 6 !== 0) continue;
      const file = modelFiles(suite, id)[k % 5] ?? modelFiles(suite, id)[0] ?? "";
      const { outcome, message } = await runCaseFile(loadCase(suite, id), file, { roundTrip: true });
      if (outcome !== "passed") problems.push(`${file}: ${message}`);
    }
    expect(problems).toEqual([]);
  });
});

/** Warnings without their lines. */
function same(a: string, b: string): boolean {
  const words = (text: string): string => text.replace(/^line \d+: /, "");
  return words(a) === words(b);
}
