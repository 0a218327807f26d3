import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const data = resolve(root, process.env.CELLWEAVE_DATA ?? "../shared/data");
const there = existsSync(join(data, "ecoli/precise1k/A.csv"));
if (!there) process.stderr.write(`\nSKIPPED: evaluate, no data at ${data} (set CELLWEAVE_DATA)\n\n`);
const folder = mkdtempSync(join(tmpdir(), "cellweave-evaluate-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface JsonRow {
  readonly name: string;
  readonly kind: string;
  readonly mse: number | null;
  readonly pearson: number | null;
  readonly own_regulon: number | null;
  readonly mse_interval: readonly [number, number] | null;
}

test("without data it says which file it wants and how to name the folder", async () => {
  const { code, err } = await runCli("evaluate", "ecoli-knockouts", "--data", folder);
  expect(code).toBe(2);
  expect(err).toMatch(/precise1k\/A\.csv' does not exist/);
  expect(err).toMatch(/--data DIR or CELLWEAVE_DATA/);
});

test("an unknown benchmark gets its neighbour", async () => {
  const { code, err } = await runCli("evaluate", "ecoli-knockout");
  expect(code).toBe(2);
  expect(err).toMatch(/did you mean 'ecoli-knockouts'\?/);
});

describe.skipIf(!there)("cellweave evaluate ecoli-knockouts", () => {
  test("JSON on stdout: every row with its kind, the models' rows after the plain ones, the ceiling last", async () => {
    const { code, out } = await runCli(
      "evaluate",
      "ecoli-knockouts",
      "--data",
      data,
      "--json",
      "-",
      "--bootstrap",
      "50",
    );
    expect(code).toBe(0);
    const { rows, verdict } = JSON.parse(out) as { rows: JsonRow[]; verdict: string };
    expect(rows[0]).toMatchObject({ name: "no change", kind: "plain", pearson: null });
    expect(rows[0]?.mse?.toFixed(3)).toBe("9.215");
    expect(rows.at(-1)).toMatchObject({ kind: "ceiling", mse: null });
    const models = rows.filter(({ kind }) => kind === "transformer");
    expect(models.some(({ name }) => name.endsWith("random graph"))).toBe(true);
    for (const { mse, mse_interval: interval } of models) {
      expect(mse).toBeGreaterThan(interval?.[0] ?? 0);
      expect(mse).toBeLessThan(interval?.[1] ?? 0);
    }
    expect(verdict).toMatch(/^The best plain row is/);
  });

  test("pairs of a file, predicted from the others; a shipped model that saw them is left out by name", async () => {
    const [head, ...lines] = readFileSync(join(data, "ecoli/ko_pairs.csv"), "utf8").trim().split("\n");
    const pairs = join(folder, "pairs.csv");
    writeFileSync(pairs, [head, ...lines.filter((line) => /^(phoB|fur),/.test(line))].join("\n"));
    const figure = join(folder, "figure.svg");
    const { code, out, err } = await runCli(
      ...["evaluate", "ecoli-knockouts", "--data", data, "--pairs", pairs, "--bootstrap", "20", "--plot", figure],
    );
    expect(code).toBe(0);
    expect(err).toMatch(/not trained on, because it is predicted: fur, phoB/);
    expect(err).toMatch(/model 'ecoli-regulator' is refused: its card says that it saw genotype '(phoB|fur)'/);
    expect(out).toMatch(/^## ecoli-knockouts, 65 training pairs, 9 others predicted/);
    expect(readFileSync(figure, "utf8")).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
  });

  test("a model that saw what is held out is refused", async () => {
    const { code, err } = await runCli(
      "evaluate",
      "ecoli-knockouts",
      "--data",
      data,
      "--model",
      join(root, "models/ecoli"),
    );
    expect(code).toBe(2);
    expect(err).toMatch(/model 'ecoli-regulator' is refused: its card says that it saw genotype/);
  });
});
