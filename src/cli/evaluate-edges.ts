import { type EdgeRow, edgeRow, withTargets } from "../analysis/edges/edge-results.ts";
import {
  correlationScores,
  inDegreeScores,
  neighbourScores,
  outDegreeScores,
  randomScores,
  virtualKnockoutScores,
} from "../analysis/edges/edge-scores.ts";
import type { EdgeTask } from "../analysis/edges/edge-task.ts";
import { type EdgeData, readEdgeData } from "../analysis/edges/read-node.ts";
import type { BootstrapOptions } from "../analysis/metrics/bootstrap.ts";
import { type OpenedRegulator, openRegulator } from "../regulation/open-node.ts";

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
  if (core.size > 0)
    tables.push(
      await tableOf("genes the regulators answer for", withTargets(data.task, core), data, opened, bootstrap),
    );
  for (const { regulator } of opened) regulator.dispose();
  return { markdown: tables.map(markdown).join("\n") + NOTES, tables };
}

async function tableOf(
  title: string,
  task: EdgeTask,
  { starts, expression }: EdgeData,
  opened: readonly OpenedRegulator[],
  bootstrap: BootstrapOptions,
): Promise<EdgeTable> {
  const scores = [
    randomScores(task),
    outDegreeScores(task),
    inDegreeScores(task),
    neighbourScores(task, starts),
    correlationScores(task, expression),
  ];
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
interval by bootstrap over factors. Rows marked (told) are made from the network itself. The shipped regulators have
been given this network's graph and knockouts of some factors: their rows say what they kept, not what they found.
`;
