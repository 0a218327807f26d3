import type { ComparedRow, Results } from "./results.ts";

/** One sentence on who wins, from the table alone. */
export function verdict({ rows, best, genotypes }: Results): string {
  const bestRow = rows.find(({ name }) => name === best);
  const models = rows.filter(({ kind }) => kind === "transformer" || kind === "shipped");
  const [first] = [...models].sort((a, b) => a.mse.estimate - b.mse.estimate);
  const head = `The best plain row is '${best}' (MSE ${show(bestRow?.mse.estimate)})`;
  if (first?.versusBest === undefined) return `${head}; there is no learned model in this table.`;
  const { low, high, estimate } = first.versusBest;
  const sure = (low > 0 && high > 0) || (low < 0 && high < 0);
  const size = `${show(Math.abs(estimate))} (paired 95 % interval of the difference ${show(low)} to ${show(high)})`;
  const winner =
    estimate >= 0
      ? `The plain row wins: the best learned row, '${first.name}', is worse by ${size}`
      : `The best learned row, '${first.name}', is better by ${size}`;
  const weight = sure
    ? `the difference is larger than chance over ${genotypes} genotypes`
    : `over ${genotypes} genotypes that is not more than chance${estimate < 0 ? ", so nobody wins" : ""}`;
  return `${head}. ${winner}; ${weight}.${againstRandom(models)}`;
}

/** Whether the graph earns its place, where a model with a random graph is in the table. */
function againstRandom(models: readonly ComparedRow[]): string {
  const random = models.find(({ name }) => /random graph/i.test(name));
  const own = models.filter((row) => row !== random).sort((a, b) => a.mse.estimate - b.mse.estimate)[0];
  if (random === undefined || own === undefined) return "";
  const gain = random.mse.estimate - own.mse.estimate;
  const words = gain > 0 ? `${show(gain)} better than` : `${show(-gain)} worse than`;
  return ` With the true graph it is ${words} with a degree-matched random one (MSE ${show(random.mse.estimate)}).`;
}

function show(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "-" : value.toFixed(3);
}
