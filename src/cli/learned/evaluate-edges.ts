import { leaveFactorOut } from "../../analysis/edges/edge-regression.ts";
import { type EdgeRow, edgeRow, withFactors, withTargets } from "../../analysis/edges/edge-results.ts";
import { jacobianScores } from "../../analysis/edges/edge-ridge.ts";
import {
  correlationScores,
  inDegreeScores,
  neighbourScores,
  outDegreeScores,
  randomScores,
  virtualKnockoutScores,
} from "../../analysis/edges/edge-scores.ts";
import type { EdgeTask } from "../../analysis/edges/edge-task.ts";
import { type EdgeData, readEdgeData } from "../../analysis/edges/read-node.ts";
import type { BootstrapOptions } from "../../analysis/metrics/bootstrap.ts";
import { geneLookup } from "../../regulation/gene-tokens.ts";
import { type Card, geneNamesOf } from "../../regulation/trained/card.ts";
import { type OpenedRegulator, openRegulator } from "../../regulation/trained/open-node.ts";

/** One table: which targets were asked about, and who answered how well. */
interface EdgeTable {
  readonly title: string;
  readonly pairs: number;
  readonly edges: number;
  readonly factors: number;
  readonly rows: readonly EdgeRow[];
}

/**
 * The benchmark `ecoli-edges`: which genes does which transcription factor regulate?
 * @param models regulators to ask, as paths
 * @returns Markdown and the same as plain data
 */
export async function evaluateEdges(folder: string, models: readonly string[], bootstrap: BootstrapOptions) {
  const data = await readEdgeData(folder);
  const opened = await Promise.all(models.map((path) => openRegulator(path)));
  const core = new Set(opened.flatMap(({ regulator }) => regulator.names.expression));
  const tables = [await tableOf("all genes", data.task, data, [], bootstrap)];
  if (core.size > 0) {
    const answered = withTargets(data.task, core);
    const seen = new Set(opened.flatMap(({ card }) => deletedIn(card)));
    const unseen = withFactors(answered, (factor) => !seen.has(factor));
    tables.push(await tableOf("genes the regulators answer for", answered, data, opened, bootstrap));
    tables.push(await tableOf("the same, factors never deleted in training", unseen, data, opened, bootstrap));
  }
  for (const { regulator } of opened) regulator.dispose();
  return { markdown: tables.map(markdown).join("\n") + NOTES, tables };
}

/** b-numbers of the genes deleted in what a regulator was trained on. */
function deletedIn(card: Card): string[] {
  const locusOf = geneLookup(geneNamesOf(card));
  return card.seen.genotypes.flatMap((genotype) => genotype.split("+")).map((gene) => locusOf(gene) ?? gene);
}

async function tableOf(
  title: string,
  task: EdgeTask,
  { starts, expression }: EdgeData,
  opened: readonly OpenedRegulator[],
  bootstrap: BootstrapOptions,
): Promise<EdgeTable> {
  const inDegree = inDegreeScores(task);
  const neighbour = neighbourScores(task, starts);
  const correlation = correlationScores(task, expression);
  const jacobian = jacobianScores(task, expression);
  const joined = leaveFactorOut("neighbour, correlation, Jacobian and in-degree, weighted on the other factors", task, [
    neighbour,
    correlation,
    jacobian,
    inDegree,
  ]);
  const scores = [randomScores(task), outDegreeScores(task), inDegree, neighbour, correlation, jacobian, joined];
  for (const { regulator } of opened)
    scores.push(await virtualKnockoutScores(`${regulator.name}, virtual knockout`, task, regulator));
  const edges = task.truth.reduce((sum, edge) => sum + edge, 0);
  const rows = scores.map((entry) => edgeRow(entry, task, bootstrap));
  return { title, pairs: task.truth.length, edges, factors: task.factors.length, rows };
}

function markdown({ title, pairs, edges, factors, rows }: EdgeTable): string {
  const lines = rows.map(
    ({ name, auprc, perFactor: { estimate, low, high } }) =>
      `| ${name} | ${auprc.toFixed(4)} | ${estimate.toFixed(3)} | ${low.toFixed(3)} to ${high.toFixed(3)} |`,
  );
  const head = `## ecoli-edges, ${title}: ${factors} factors, ${edges} edges among ${pairs} pairs`;
  return `${head}\n\n|  | AUPRC | AUPRC per factor | 95 % |\n| --- | ---: | ---: | ---: |\n${lines.join("\n")}\n`;
}

const NOTES = `
AUPRC: all pairs of a factor and a gene in one ranking. Per factor: each factor's genes ranked on their own, averaged;
interval by bootstrap over factors. Every factor is held out in turn: neighbour, correlation and Jacobian see no network;
the weighted row and the in-degree see the edges of the other factors alone; the out-degree (told) is the factor's own and
knows nothing of targets. The shipped regulators have been given this network's graph, and in the second table knockouts
of some factors: their rows say what they kept, not what they found.
`;
