import type { ComparedRow, Results } from "./results.ts";

/** How the name of a model that was given a degree-matched random graph ends. */
export const RANDOM_GRAPH = "random graph";

/** One sentence on who wins, from the table alone. */
export function verdict({ rows, best, genotypes }: Results): string {
  const bestRow = rows.find(({ name }) => name === best);
  const models = rows.filter(({ kind }) => kind === "transformer" || kind === "shipped");
  const [first] = models
    .filter(({ name }) => !name.endsWith(RANDOM_GRAPH))
    .sort((a, b) => a.mse.estimate - b.mse.estimate);
  const head = `The best plain row is '${best}' (MSE ${show(bestRow?.mse.estimate)})`;
  if (first?.versusBest === undefined) return `${head}; there is no learned model in this table.`;
  const { low, high, estimate } = first.versusBest;
  const sure = (low > 0 && high > 0) || (low < 0 && high < 0);
  const size = `${show(Math.abs(estimate))} (paired 95 % interval of the difference ${show(low)} to ${show(high)})`;
  const words = `the best learned row, '${first.name}', is ${estimate < 0 ? "better" : "worse"} by ${size}`;
  const chance = `over ${genotypes} genotypes`;
  const winner = estimate < 0 ? "The learned row wins" : "The plain row wins";
  const judgement = sure
    ? `${winner}: ${words}, more than chance ${chance}`
    : `Nobody wins: ${words}, not more than chance ${chance}`;
  return `${head}. ${judgement}.${againstRandom(first, models)}`;
}

/** Whether the graph earns its place, where the same model with a random graph is in the table. */
function againstRandom(best: ComparedRow, models: readonly ComparedRow[]): string {
  const random = models.find(({ name }) => name === `${best.name}, ${RANDOM_GRAPH}`);
  if (random === undefined) return "";
  const gain = random.mse.estimate - best.mse.estimate;
  const words = gain > 0 ? `${show(gain)} better than` : `${show(-gain)} worse than`;
  return ` With the true graph it is ${words} with a degree-matched random one (MSE ${show(random.mse.estimate)}).`;
}

function show(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "-" : value.toFixed(3);
}
