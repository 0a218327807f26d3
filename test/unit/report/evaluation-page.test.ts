import { describe, expect, test } from "vitest";
import type { GeneGrowth } from "../../../src/analysis/growth/gene-growth.ts";
import { growthFigure } from "../../../src/report/figures/growth.ts";
import { evaluationPage } from "../../../src/report/html/evaluation-page.ts";

const mutant = (name: string, density: number, hybrid: number): GeneGrowth => ({
  ...{ gene: name, name, density, hybrid },
  ...{ genome: 1, regulated: 1, mechanistic: 1 },
});

describe("an evaluation as a page", () => {
  const words =
    "## Genes: 3\n\n|  | accuracy |\n| --- | ---: |\n| a <b> | 0.96 |\n| c | 0.95 |\n\nNobody\nwins.\n- one\n- two\n";
  const figure = growthFigure([mutant("atpB", 0.35, 0.5), mutant("atpC", 0.352, 0.5), mutant("atpD", 0.354, 0.5)]);
  const page = evaluationPage("ecoli-growth", words, [figure]);

  test("has headings, tables with numbers to the right, lists and paragraphs, and text stays text", () => {
    expect(page).toContain("<h1>ecoli-growth</h1>");
    expect(page).toContain("<h2>Genes: 3</h2>");
    expect(page).toContain('<th scope="col" class="n">accuracy</th>');
    expect(page).toContain("a &lt;b&gt;</td>");
    expect(page.match(/<tr>/g)).toHaveLength(3);
    expect(page).toContain("<p>Nobody wins.</p><ul><li>one</li><li>two</li></ul>");
  });

  test("holds its figures with their captions and loads nothing", () => {
    expect(page).toContain(`<figcaption>${figure.caption}</figcaption>`);
    expect(page).not.toMatch(/(src|href)="/);
  });

  test("names of mutants that lie together don't cover each other", () => {
    const names = [...figure.svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>(atp[BCD])</g)];
    expect(names.map(([, , , name]) => name)).toEqual(["atpB", "atpC", "atpD"]);
    const places = names.map(([, x, y]) => [Number(x), Number(y)] as const);
    for (const [k, [x, y]] of places.entries())
      for (const [u, v] of places.slice(k + 1)) expect(Math.abs(x - u) > 18 || Math.abs(y - v) >= 9).toBe(true);
  });
});
