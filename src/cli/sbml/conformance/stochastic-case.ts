import { CellweaveError } from "../../../errors.ts";
import { repeatedModel } from "../../../pathway/stochastic/repeated.ts";
import { stochasticModel } from "../../../pathway/stochastic/stochastic.ts";
import type { SbmlDocument } from "../../../sbml/document.ts";
import type { CaseSettings, ExpectedTable } from "./settings.ts";

/** Points of one statistic that chance alone may put outside the range (the suite's README: 2 or 3 "should be checked"). */
const STRAYS = 3;

interface Moments {
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Runs a model many times and compares means and standard deviations with the expected ones by the suite's Z and Y.
 * @returns what is wrong, or undefined
 */
export function stochasticProblem(
  document: SbmlDocument,
  settings: CaseSettings,
  expected: ExpectedTable,
  runs: number,
): string | undefined {
  const moments = collect(document, settings, runs);
  for (const column of settings.output) {
    const [, quantity = "", statistic = ""] = /^(.*)-(mean|sd)$/.exec(column) ?? [];
    const found = moments.get(quantity);
    if (found === undefined) return `no statistics of '${quantity}'`;
    const scores = expected.rows.map((row, i) => {
      const cell = (kind: string): number => row[expected.header.indexOf(`${quantity}-${kind}`)] ?? Number.NaN;
      return statistic === "mean"
        ? scoreMean(found, i, runs, cell("mean"), cell("sd"))
        : scoreDeviation(found, i, runs, cell("sd"));
    });
    const [low, high] = statistic === "mean" ? settings.meanRange : settings.sdRange;
    const outside = scores.filter((z) => !(z >= low && z <= high));
    if (outside.length > STRAYS)
      return `'${column}': ${outside.length} of ${scores.length} points outside (${low}, ${high}), the first at ${outside[0]?.toPrecision(3)}`;
  }
  return undefined;
}

/**
 * sqrt(n) (mean - mu) / sigma; where nothing varies, whether it is the same. Where the case gives no sigma (Cauchy), it
 * is that of the sample.
 */
function scoreMean({ sum, squares }: Moments, i: number, n: number, mu: number, sigma: number): number {
  const mean = (sum[i] ?? 0) / n;
  const deviation = Number.isNaN(sigma) ? Math.sqrt((squares[i] ?? 0) / n - mean * mean) : sigma;
  if (deviation === 0) return Math.abs(mean - mu) < 1e-9 ? 0 : Number.POSITIVE_INFINITY;
  return (Math.sqrt(n) * (mean - mu)) / deviation;
}

/** sqrt(n / 2) (s^2 / sigma^2 - 1) */
function scoreDeviation({ sum, squares }: Moments, i: number, n: number, sigma: number): number {
  const mean = (sum[i] ?? 0) / n;
  const variance = (squares[i] ?? 0) / n - mean * mean;
  if (sigma === 0) return Math.abs(variance) < 1e-9 ? 0 : Number.POSITIVE_INFINITY;
  return Math.sqrt(n / 2) * (variance / (sigma * sigma) - 1);
}

function collect(document: SbmlDocument, settings: CaseSettings, runs: number): Map<string, Moments> {
  const { start, duration, steps, variables } = settings;
  const integrated = document.rules.some((rule) => rule.kind !== "assignment");
  const model = integrated ? repeatedModel(document) : stochasticModel(document);
  const { symbols, values } = model.pathway;
  const column = (): Float64Array => new Float64Array(steps + 1);
  const watch = (id: string, of: (x: number) => number, name: string) => {
    const symbol = symbols.get(id);
    const slot = symbol === undefined ? 0 : symbol.amount < 0 ? symbol.slot : symbol.amount;
    return { name, slot, of, moments: { sum: column(), squares: column() } };
  };
  const watched = variables.flatMap((id) => [watch(id, (x) => x, id), watch(id, Math.log, `ln(${id})`)]);
  for (let seed = 1; seed <= runs; seed++) {
    const status = model.run({ t1: start + duration, points: steps + 1, seed }, (i) => {
      for (const { slot, of, moments } of watched) add(moments, i, of(values[slot] ?? 0));
    });
    if (!status.ok) throw new CellweaveError(`conformance/${status.code}`, status.message, { kind: "solver" });
  }
  return new Map(watched.map(({ name, moments }) => [name, moments]));
}

function add({ sum, squares }: Moments, i: number, x: number): void {
  sum[i] = (sum[i] ?? 0) + x;
  squares[i] = (squares[i] ?? 0) + x * x;
}
