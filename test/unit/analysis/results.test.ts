import { describe, expect, test } from "vitest";
import { resultsJson } from "../../../src/analysis/knockouts/json.ts";
import { markdownTable } from "../../../src/analysis/knockouts/markdown.ts";
import type { Entry, Measured } from "../../../src/analysis/knockouts/metrics-row.ts";
import { compareEntries } from "../../../src/analysis/knockouts/results.ts";
import { verdict } from "../../../src/analysis/knockouts/verdict.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { evaluationFigure } from "../../../src/report/figures/evaluation.ts";

const random = seededRandom(1);
const draw = () => Float64Array.from({ length: 12 }, () => random.normal());
const examples = Array.from({ length: 16 }, (_, i) => ({
  genotype: `g${i % 8}`,
  condition: `c${i}`,
  project: "p",
  group: `g${i % 8}`,
  genes: [`g${i % 8}`],
  wildType: draw(),
  own: Uint8Array.from({ length: 12 }, (_, k) => (k < 3 ? 1 : 0)),
  change: draw(),
}));
const measured: Measured = {
  examples,
  centres: examples.map(() => new Float64Array(12)),
  noise: new Float64Array(12).fill(0.1),
};
const off = (name: string, kind: Entry["kind"], share: number): Entry => ({
  name,
  kind,
  predicted: examples.map(({ change }) => change.map((value) => value * share)),
});
const zero = off("no change", "plain", 0);
const compare = (...models: Entry[]) =>
  compareEntries([zero, off("half", "plain", 0.5), ...models], measured, undefined, { resamples: 200, seed: 1 });

describe("a table of results", () => {
  test("the best plain row is the one with the least error; models stand beside it", () => {
    const table = compare(off("model", "transformer", 0.9));
    expect(table.best).toBe("half");
    const model = table.rows.at(-1);
    expect(model?.versusBest?.high).toBeLessThan(0);
    expect(model?.versusBest?.estimate).toBeCloseTo(
      (model?.mse.estimate ?? 0) - (table.rows[1]?.mse.estimate ?? 0),
      12,
    );
    expect(table.rows[1]?.versusBest).toBeUndefined();
  });

  test("every row beside one that was asked for; a mistyped name is answered with the row's", () => {
    const entries = [zero, off("half", "plain", 0.5), off("model", "transformer", 0.9)];
    const options = { resamples: 200, seed: 1 };
    const table = compareEntries(entries, measured, undefined, options, "no change");
    const [asked, half, model] = table.rows;
    expect(asked?.versusAsked).toBeUndefined();
    expect(half?.versusAsked?.high).toBeLessThan(0);
    expect(model?.versusAsked?.estimate).toBeCloseTo((model?.mse.estimate ?? 0) - (asked?.mse.estimate ?? 0), 12);
    expect(markdownTable(table)).toContain("MSE - 'no change', 95 %");
    expect(resultsJson(table).rows[1]).toMatchObject({ compared_with: "no change" });
    expect(() => compareEntries(entries, measured, undefined, options, "no chage")).toThrow(
      "the table has no row 'no chage'",
    );
  });

  test("the verdict says who wins, whether that is more than chance, and what the graph does", () => {
    const wins = verdict(compare(off("model", "transformer", 0.9), off("model, random graph", "transformer", 0.7)));
    expect(wins).toMatch(
      /^The best plain row is 'half' .* The learned row wins: the best learned row, 'model', is better by/,
    );
    expect(wins).toMatch(/more than chance over 8 genotypes/);
    expect(wins).toMatch(/With the true graph it is \d\.\d{3} better than with a degree-matched random one/);
    expect(verdict(compare(off("model", "transformer", 0.1)))).toMatch(
      /The plain row wins: the best learned row, 'model'/,
    );
  });

  test("Markdown, JSON and the figure carry the same rows", () => {
    const table = compare(off("model", "shipped", 0.9));
    const lines = markdownTable(table).split("\n");
    expect(lines[2]).toMatch(/^\| no change \| plain \|/);
    expect(lines[3]).toMatch(/^\| half \| plain \| \*\*\d\.\d{3}\*\* \|/);
    const json = JSON.parse(JSON.stringify(resultsJson(table, { split: "test" })));
    expect(json.rows.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).toEqual([
      ["no change", "plain"],
      ["half", "plain"],
      ["model", "shipped"],
    ]);
    expect(json.rows[0].pearson).toBeNull();
    expect(json.rows[2].mse_interval).toHaveLength(2);
    expect(json.rows[2].own_regulon).toBeCloseTo(1, 12);
    const { svg } = evaluationFigure(table, "test");
    for (const { name } of table.rows) expect(svg).toContain(`>${name}<`);
    expect(svg).not.toContain("NaN");
  });
});
