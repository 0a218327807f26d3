import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Summary } from "../../src/report/summary.ts";
import { runCli } from "./run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const example = `${root}examples/own-experiments/`;
const folder = mkdtempSync(join(tmpdir(), "cellweave-own-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MINUTE = 60_000;

test(
  "a table of experiments beside a pathway: the hybrid arm carries what the pathway knows to a gene it doesn't",
  async () => {
    const out = join(folder, "out");
    const { code } = await runCli("run", `${example}G2-knockout.scenario.yaml`, "-o", out, "-q");
    expect(code).toBe(0);
    const { arms } = JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as Summary;
    const final = (arm: string, gene: string): number =>
      arms.find((found) => found.arm === arm)?.run.variables.find(({ variable }) => variable === `expression:${gene}`)
        ?.final ?? Number.NaN;
    expect(final("mechanistic", "G3")).toBeGreaterThan(3);
    expect(final("mechanistic", "G4")).toBe(1);
    expect(final("hybrid", "G3")).toBeCloseTo(final("mechanistic", "G3"), 3);
    for (const arm of ["learned", "hybrid"])
      for (const gene of ["G4", "G5"]) expect(final(arm, gene)).toBeLessThan(0.95);
    expect(final("hybrid", "G9")).toBeGreaterThan(1.1 * final("learned", "G9"));
    const warnings = readFileSync(join(out, "summary.json"), "utf8");
    expect(warnings).toContain(
      "EDGE: at the edge of the experiments in '../predict/experiments.csv': G2 was never perturbed",
    );
  },
  2 * MINUTE,
);

/** The example's manifest with one thing changed, run in the hybrid arm. */
async function wrong(from: string, to: string): Promise<string> {
  const manifest = readFileSync(`${example}network.cell.yaml`, "utf8").replaceAll(
    "../predict/",
    `${root}examples/predict/`,
  );
  expect(manifest).toContain(from);
  writeFileSync(
    join(folder, "wrong.cell.yaml"),
    manifest.replace("switch.xml", `${example}switch.xml`).replace(from, to),
  );
  const scenario = "scenario: wrong\ncell: wrong.cell.yaml\narms: [hybrid]\ntime: { to: 1, points: 2 }\n";
  writeFileSync(join(folder, "wrong.scenario.yaml"), scenario);
  const { code, err } = await runCli(
    "run",
    join(folder, "wrong.scenario.yaml"),
    "-o",
    join(folder, "no"),
    "-q",
    "--force",
  );
  expect(code).toBe(2);
  return err;
}

const ENTRY = "predict/graph.csv }\n      additive";
const added = (field: string) => ENTRY.replace(" }", `, ${field} }`);

describe("what can be wrong with such a regulator, and what is said of it", () => {
  test.each([
    [
      "a table that isn't there",
      "predict/experiments.csv, graph",
      "predict/experiment.csv, graph",
      /wrong\.cell\.yaml:\d+:\d+.*experiment\.csv' does not exist[\s\S]*did you mean 'experiments\.csv'/,
    ],
    ["a graph that isn't there", ENTRY, ENTRY.replace("graph.csv", "edges.csv"), /edges\.csv' does not exist/],
    ["a table for a graph", ENTRY, ENTRY.replace("graph.csv", "truth.csv"), /truth\.csv:1: column 'source' is missing/],
    [
      "a misspelt key",
      ENTRY,
      added("variable: [G1]"),
      /choices\.experiments: unknown key 'variable'[\s\S]*did you mean 'variables'/,
    ],
    [
      "an unknown column",
      ENTRY,
      added("variables: [G1, g2]"),
      /variables\[1\]: the table has no column 'g2'[\s\S]*did you mean.*'G2'/,
    ],
    ["an unknown project", ENTRY, added("project: one"), /project: the table has no project 'one'[\s\S]*it has none/],
    [
      "an unknown predictor",
      ENTRY,
      added("predictor: ridge"),
      /predictor: the table has no predictor 'ridge'[\s\S]*no change/,
    ],
    ["no reader", ENTRY, added(`reader: ${root}models/ecoli`), /reader\.card\.json' does not exist/],
    [
      "an effector that is no column",
      "reference: 1 }",
      'reference: 1 }\n      G33: { variable: "expression:G3", reference: 1 }',
      /no effector 'G33'[\s\S]*did you mean.*'G3'/,
    ],
    ["a choice of the wrong kind", "{ experiments: ", "[", /./],
  ])(
    "%s",
    async (_, from, to, message) => {
      expect(await wrong(from, to)).toMatch(message);
    },
    MINUTE,
  );
});
