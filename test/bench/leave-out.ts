/**
 * What `cellweave predict` is worth on a table of one's own: a share of its sets of interventions is hidden, the rest is all
 * that it sees, and what was hidden is asked, every part in turn.
 * `npx tsx test/bench/leave-out.ts TABLE[@GRAPH] ... [--parts 5]`. Errors are mean squares over the variables' own spreads.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { winner } from "../../src/analysis/experiments/compare.ts";
import { predictQuery } from "../../src/analysis/experiments/predict.ts";
import { trial } from "../../src/analysis/experiments/trial.ts";
import { type Condition, type Experiments, keyOf } from "../../src/regulation/in-context/experiments.ts";
import { openReader } from "../../src/regulation/in-context/open-node.ts";
import { allPredictors } from "../../src/regulation/in-context/predictors.ts";
import { type EdgesOnTable, edgesOnTable } from "../../src/regulation/in-context/signed-edges.ts";
import { parseGraph } from "../../src/scenario/experiments/read-graph.ts";
import { parseExperiments } from "../../src/scenario/experiments/read-table.ts";

const predictors = allPredictors(await openReader(fileURLToPath(new URL("../../models/reader", import.meta.url))));
const learned = predictors.length - 1;
const COLUMNS = [...predictors.map(({ name }) => name), "stack", "row with the least error", "as answered"];
const args = process.argv.slice(2);
const flag = args.indexOf("--parts");
const parts = flag < 0 ? 5 : Number(args.splice(flag, 2)[1]);

/** Squared errors of each of `COLUMNS`, summed over hidden conditions, and what lies inside the answer's intervals. */
interface Tally {
  readonly errors: Float64Array;
  inside: number;
  count: number;
}

async function measurePart(seen: Experiments, edges: EdgesOnTable, hidden: readonly Condition[], tally: Tally) {
  const found = await trial(seen, edges, predictors, { seed: 1 });
  const best = found.tried[winner(found.tried.map(({ row }) => row))] ?? found.chosen;
  for (const { interventions, project, values } of hidden)
    for (const [c, chosen] of [...found.tried, best, found.chosen].entries()) {
      const isAnswer = c === COLUMNS.length - 1;
      const fallback = isAnswer ? found.fallback : chosen;
      const { variables } = await predictQuery(seen, edges, { interventions, project }, { chosen, fallback });
      const asked = variables.flatMap(({ variable, held, ...said }, v) => {
        const value = values[v] ?? Number.NaN;
        const isOwn = interventions.some(({ target, kind }) => target === variable && kind !== "inhibition");
        return held || isOwn || Number.isNaN(value) || said.usual === 0 ? [] : [{ ...said, value }];
      });
      const total = asked.reduce((sum, { predicted, value, usual }) => sum + ((predicted - value) / usual) ** 2, 0);
      tally.errors[c] = (tally.errors[c] ?? 0) + total / Math.max(1, asked.length);
      if (!isAnswer) continue;
      tally.inside += asked.filter(({ low, high, value }) => low <= value && value <= high).length;
      tally.count += asked.length;
    }
}

async function measure(name: string): Promise<string> {
  const [file = "", graphFile] = name.split("@");
  const { variables, conditions } = parseExperiments(readFileSync(file, "utf8"), file);
  const graph = graphFile === undefined ? [] : parseGraph(readFileSync(graphFile, "utf8"), graphFile, variables);
  const keys = [...new Set(conditions.map(({ interventions }) => keyOf(interventions)))].filter((key) => key !== "");
  const tally = { errors: new Float64Array(COLUMNS.length), inside: 0, count: 0 };
  const edges = edgesOnTable(graph, variables);
  const folds = Math.min(parts, keys.length);
  for (let part = 0; part < folds; part++) {
    const isHidden = ({ interventions }: Condition) => {
      const at = keys.indexOf(keyOf(interventions));
      return at >= 0 && at % folds === part;
    };
    const seen = conditions.filter((condition) => !isHidden(condition));
    await measurePart({ variables, conditions: seen }, edges, conditions.filter(isHidden), tally);
  }
  const against = [...tally.errors].map((error) => error / (tally.errors[0] ?? 1));
  const least = Math.min(...against.slice(0, learned));
  const answered = ((against.at(-1) ?? 1) / least - 1) * 100;
  const size = `${variables.length} x ${conditions.length}, ${keys.length} sets`;
  const figures = [against[learned], ...against.slice(-3), tally.inside / tally.count].map((x) => x?.toFixed(3));
  const cells = [file, size, `${least.toFixed(3)} (${COLUMNS[against.indexOf(least)]})`, ...figures];
  return `| ${cells.join(" | ")} | ${answered.toFixed(0)} % |`;
}

const head = [
  "table",
  "size",
  "best plain row",
  "reader",
  ...COLUMNS.slice(-3),
  "inside 90 %",
  "answer against the best",
];
console.log(`| ${head.join(" | ")} |\n|${"---|".repeat(head.length)}`);
for (const name of args) console.log(await measure(name));
