import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/predict/", import.meta.url));
const TABLES = ["--experiments", `${EXAMPLE}experiments.csv`, "--graph", `${EXAMPLE}graph.csv`];
const MINUTE = 120_000;

describe("cellweave predict", () => {
  test(
    "says who is best on the user's experiments, and answers with intervals",
    async () => {
      const { code, out } = await runCli("predict", ...TABLES, "--knockout", "G2", "--json", "-");
      expect(code).toBe(0);
      const { predictors, best, used, range, prediction } = JSON.parse(out);
      const mse = new Map<string, number>(predictors.map((p: { name: string; mse: number }) => [p.name, p.mse]));
      expect(Math.min(...mse.values())).toBe(mse.get(best));
      expect(mse.get("experiment-reader")).toBeLessThan(mse.get("no change") ?? 0);
      expect([used, range.code]).toEqual(["stack, weighted on these experiments", "EDGE"]);
      expect(mse.get(used)).toBeLessThan(mse.get("no change") ?? 0);
      const lost = prediction.find(({ variable }: { variable: string }) => variable === "G2");
      expect(lost).toMatchObject({ predicted: 0, held: true });
      for (const { low, predicted, high } of prediction) expect(low <= predicted && predicted <= high).toBe(true);
    },
    MINUTE,
  );

  test(
    "the same question gives the same bytes, whatever the order of rows",
    async () => {
      const { readFileSync } = await import("node:fs");
      const [header, ...rows] = readFileSync(`${EXAMPLE}experiments.csv`, "utf8").trim().split("\n");
      const folder = mkdtempSync(join(tmpdir(), "cellweave-predict-"));
      const turned = join(folder, "turned.csv");
      writeFileSync(turned, `${[header, ...rows.reverse()].join("\n")}\n`);
      const ask = (file: string) =>
        runCli(
          "predict",
          "--experiments",
          file,
          "--predictor",
          "known effects added up",
          "--knockout",
          "G8",
          "--csv",
          "-",
        );
      const [first, second, again] = [await ask(TABLES[1] ?? ""), await ask(turned), await ask(TABLES[1] ?? "")];
      expect(first.out).toBe(again.out);
      const changes = (text: string) =>
        text
          .split("\n")
          .slice(1, -1)
          .map((line) => Number(line.split(",")[3]));
      for (const [v, change] of changes(first.out).entries()) expect(changes(second.out)[v]).toBeCloseTo(change, 12);
    },
    MINUTE,
  );

  test.each([
    [["--knockout", "G2"], /--experiments FILE is missing/],
    [[...TABLES, "--clamp", "G99:1"], /'G99' can't be clamped/],
    [[...TABLES, "--clamp", "G1"], /write G1:VALUE/],
    [[...TABLES, "--plot", "nowhere.svg"], /'--plot' needs something to predict/],
    [[...TABLES, "--predictor", "magic"], /there is no predictor 'magic'/],
    [[...TABLES, "--project", "p"], /the table has no project 'p'/],
    [["--experiments", `${EXAMPLE}graph.csv`], /no column says what was done/],
    [["--experiments", `${EXAMPLE}truth.csv`], /the first column is 'knockout'/],
    [["--experiments", "nowhere.csv"], /'nowhere.csv' does not exist/],
  ])(
    "%j is a usage error with a cure",
    async (args, message) => {
      const { code, err } = await runCli("predict", ...args);
      expect(code).toBe(2);
      expect(err).toMatch(message);
    },
    MINUTE,
  );
});
