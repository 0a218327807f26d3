import { dataFile } from "../../analysis/data-file-node.ts";
import { type CellGrowth, cellGrowth } from "../../analysis/growth/cell-growth.ts";
import { cellShares, changeOf, type GeneGrowth } from "../../analysis/growth/gene-growth.ts";
import { type GrowthRow, growthRows } from "../../analysis/growth/growth-rows.ts";
import { GROWS_FROM, keioGrowth } from "../../analysis/growth/keio.ts";
import { type RegulatedGenome, regulatedGenome } from "../../analysis/growth/regulated-genome.ts";
import type { BootstrapOptions } from "../../analysis/metrics/bootstrap.ts";
import { firstSheet } from "../../analysis/spreadsheet/workbook.ts";
import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import { singleDeletions } from "../../metabolism/mutants/deletions.ts";
import { fluxModelFromFile } from "../../metabolism/read/flux-file-node.ts";
import { growthFigure } from "../../report/figures/growth.ts";
import type { Figure } from "../../report/svg/figure.ts";
import { csvText } from "../output.ts";

export interface GrowthEvaluation {
  readonly markdown: string;
  readonly json: object;
  /** A row for every gene. */
  readonly csv: string;
  readonly figure: Figure;
}

/**
 * The benchmark `ecoli-growth`: which mutants of the Keio collection grow on glucose, by iML1515 and by a cell.
 * @param cell path of the manifest whose arms are asked
 */
export async function evaluateGrowth(
  folder: string,
  cell: string,
  bootstrap: BootstrapOptions,
  onProgress: (done: number) => void,
): Promise<GrowthEvaluation> {
  const sheet = await dataFile(folder, "keio_growth_baba2006.xls");
  const density = keioGrowth(firstSheet(sheet.bytes, sheet.file), sheet.file);
  const { bytes, file } = await dataFile(folder, "bigg/iML1515.xml.gz");
  const model = fluxModelFromFile(bytes, file);
  const genes = await genesOf(model, density, cell, onProgress);
  const tables = comparisons(genes).map(({ title, of, entries }) => {
    const density = Float64Array.from(of, (gene) => gene.density);
    const named = entries.map(({ name, share }) => ({ name, shares: Float64Array.from(of, share) }));
    const ids = of.map(({ gene }) => gene);
    return { title: `${title}: ${of.length} genes`, rows: growthRows(ids, density, named, bootstrap) };
  });
  return {
    markdown: tables.map(markdownTable).join("\n") + changesTable(genes),
    json: { benchmark: "ecoli-growth", bootstrap, tables, genes: genes.map((g) => ({ ...g, change: changeOf(g) })) },
    csv: csvOf(genes),
    figure: growthFigure(genes),
  };
}

async function genesOf(
  model: FluxModel,
  density: ReadonlyMap<string, number>,
  cell: string,
  onProgress: (done: number) => void,
): Promise<GeneGrowth[]> {
  const screen = await singleDeletions(model);
  const shares = new Map(screen.deletions.map((d) => [d.deleted[0] ?? "", (d.objective || 0) / screen.wildType]));
  const wildType = await cellGrowth(cell, undefined);
  if (wildType === undefined) throw new Error("the cell has no wild type");
  const asked = [...density.keys()].filter((gene) => shares.has(gene) || wildType.expressed.has(gene));
  const genome = await regulatedGenome(model);
  const regulatedWild = genome.growth(undefined, wildType.levelOf);
  const names = new Map(model.genes.map(({ id, name }) => [id, name]));
  const found: GeneGrowth[] = [];
  for (const gene of asked) {
    const known = wildType.expressed.has(gene);
    const strain = known ? await cellGrowth(cell, gene) : undefined;
    const inGenome = shares.get(gene) ?? Number.NaN;
    found.push({
      gene,
      name: names.get(gene) ?? wildType.expressed.get(gene) ?? gene,
      density: density.get(gene) ?? Number.NaN,
      genome: inGenome,
      regulated: strain === undefined ? inGenome : regulatedShare(genome, gene, strain, regulatedWild),
      ...cellShares(strain, wildType),
    });
    onProgress(found.length / asked.length);
  }
  genome.dispose();
  return found;
}

function regulatedShare(genome: RegulatedGenome, gene: string, { levelOf }: CellGrowth, wildType: number): number {
  const growth = genome.growth(gene, levelOf);
  return Number.isNaN(growth) ? 0 : growth / wildType;
}

/** Who is compared, on which genes. */
function comparisons(genes: readonly GeneGrowth[]) {
  const all = { name: "every mutant grows", share: () => 1 };
  const genome = { name: "iML1515", share: (g: GeneGrowth) => g.genome };
  const regulated = { name: "iML1515 with the hybrid cell's capacities", share: (g: GeneGrowth) => g.regulated };
  const arms = [
    { name: "cell, mechanistic", share: (g: GeneGrowth) => g.mechanistic },
    { name: "cell, hybrid", share: (g: GeneGrowth) => g.hybrid },
  ];
  const inGenome = genes.filter((g) => !Number.isNaN(g.genome));
  const inCell = genes.filter((g) => !Number.isNaN(g.hybrid));
  return [
    { title: "Genes of iML1515", of: inGenome, entries: [genome, regulated, all] },
    {
      title: "Genes of iML1515 and the cell",
      of: inCell.filter((g) => !Number.isNaN(g.genome)),
      entries: [genome, regulated, ...arms, all],
    },
    {
      title: "Regulators, that only the cell has",
      of: inCell.filter((g) => Number.isNaN(g.genome)),
      entries: [all, ...arms],
    },
  ].filter(({ of }) => of.length > 0);
}

function markdownTable({ title, rows }: { readonly title: string; readonly rows: readonly GrowthRow[] }): string {
  const head = "|  | accuracy | 95 % | MCC | rank | grow | don't | missed | wrongly grow | accuracy gained | 95 % |";
  const lines = rows.map(({ name, accuracy: a, correlation, rank, grow, dont, missed, wrong, gain }) => {
    const [mcc, ranks] = [correlation, rank].map((r) => (Number.isNaN(r) ? "-" : r.toFixed(3)));
    return (
      `| ${name} | ${a.estimate.toFixed(3)} | ${a.low.toFixed(3)} to ${a.high.toFixed(3)} | ${mcc} | ${ranks} | ${grow} | ${dont} | ` +
      `${missed} | ${wrong} | ${gain.estimate.toFixed(3)} | ${gain.low.toFixed(3)} to ${gain.high.toFixed(3)} |`
    );
  });
  return `## ecoli-growth. ${title}\n\n${head}\n| --- |${" ---: |".repeat(10)}\n${lines.join("\n")}\n`;
}

const shareText = (share: number) => (Number.isNaN(share) ? "-" : share.toFixed(2));

/** Genes in which regulation changes something, largest change of the cell first. */
function changesTable(genes: readonly GeneGrowth[]): string {
  const size = (g: GeneGrowth) =>
    Math.max(...[g.hybrid - g.mechanistic, g.regulated - g.genome].map((d) => Math.abs(d || 0)));
  const changed = genes.filter((gene) => changeOf(gene) !== "").sort((a, b) => size(b) - size(a));
  const lines = changed.map(
    (g) =>
      `| ${g.name} (${g.gene}) | ${g.density} | ${shareText(g.genome)} | ${shareText(g.regulated)} | ` +
      `${shareText(g.mechanistic)} | ${shareText(g.hybrid)} | ${changeOf(g)} |`,
  );
  const head = "| gene | OD600 | iML1515 | regulated | cell, mechanistic | cell, hybrid | what regulation changes |";
  return `\n## What the cell's regulation changes: ${changed.length} genes\n\n${head}\n| --- |${" ---: |".repeat(5)} --- |\n${lines.join("\n")}\n`;
}

function csvOf(genes: readonly GeneGrowth[]): string {
  const header = [
    "gene",
    "name",
    "od600_24h",
    "measured",
    "iML1515",
    "iML1515_regulated",
    "mechanistic",
    "hybrid",
    "change",
  ];
  const blank = (share: number) => (Number.isNaN(share) ? "" : share);
  return csvText(
    header,
    genes.map((g) => [
      g.gene,
      g.name,
      g.density,
      g.density >= GROWS_FROM ? "grows" : "doesn't",
      ...[g.genome, g.regulated, g.mechanistic, g.hybrid].map(blank),
      changeOf(g),
    ]),
  );
}
