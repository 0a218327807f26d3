import { type ModuleStatus, OK } from "../../cell/status.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { isConcentration, type SymbolKind } from "../symbols.ts";
import { type StochasticOptions, stochasticModel } from "./stochastic.ts";

/** An ensemble of stochastic runs. */
export interface EnsembleOptions extends StochasticOptions {
  /** How many runs, with the seeds `seed`, `seed + 1`, and so on. */
  readonly runs: number;
  /** Values in place of the file's, by parameter id. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** Molecules in one unit of the model's amounts, default 1. The file's amounts are rounded to whole molecules. */
  readonly molecules?: number;
  /** Takes the share of the runs that is done. */
  readonly onProgress?: (done: number) => void;
}

/** Mean and standard deviation (divisor runs - 1; 0 of one run) at each output time, shape [points]. */
export interface Moments {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** One quantity over the runs. */
export interface EnsembleColumn extends Moments {
  readonly kind: SymbolKind;
  /** Species seen by concentration: of the amount. */
  readonly amounts?: Moments;
}

/** Mean and spread over the runs of an ensemble; times in the model's unit. */
export interface Ensemble {
  /** Shape [points]. */
  readonly times: Float64Array;
  /** By id, in document order. */
  readonly columns: ReadonlyMap<string, EnsembleColumn>;
  /** The first failure ends the ensemble, which then has no columns. */
  readonly status: ModuleStatus;
  readonly warnings: readonly string[];
}

/**
 * Exact stochastic runs of one SBML model: mean and standard deviation of everything that it names.
 * Throws as `stochasticModel`; failures are statuses.
 */
export function stochasticEnsemble(document: SbmlDocument, options: EnsembleOptions): Ensemble {
  const { runs, points, t0 = 0, t1, onProgress } = options;
  const { pathway, run } = stochasticModel(document, options);
  const watched = [...pathway.symbols.values()].map((symbol) => ({
    symbol,
    value: new Welford(points, symbol.slot),
    amount: isConcentration(symbol) ? new Welford(points, symbol.amount) : undefined,
  }));
  const times = Float64Array.from({ length: points }, (_, i) =>
    i === points - 1 ? t1 : t0 + ((t1 - t0) * i) / (points - 1),
  );
  let status = OK;
  for (let k = 0; k < runs && status.ok; k++) {
    status = run({ ...options, seed: options.seed + k }, (i) => {
      for (const { value, amount } of watched) {
        value.add(i, k + 1, pathway.values);
        amount?.add(i, k + 1, pathway.values);
      }
    });
    onProgress?.((k + 1) / runs);
  }
  const columns = watched.map(({ symbol: { id, kind }, value, amount }): [string, EnsembleColumn] => [
    id,
    { kind, ...value.moments(runs), ...(amount === undefined ? {} : { amounts: amount.moments(runs) }) },
  ]);
  return { times, columns: new Map(status.ok ? columns : []), status, warnings: pathway.warnings };
}

/** Running mean and sum of squared deviations. @see Welford 1962, doi:10.1080/00401706.1962.10490022 */
class Welford {
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;
  private readonly slot: number;

  constructor(points: number, slot: number) {
    this.mean = new Float64Array(points);
    this.squares = new Float64Array(points);
    this.slot = slot;
  }

  add(i: number, n: number, values: Float64Array): void {
    const x = values[this.slot] ?? 0;
    const before = this.mean[i] ?? 0;
    const after = before + (x - before) / n;
    this.mean[i] = after;
    this.squares[i] = (this.squares[i] ?? 0) + (x - before) * (x - after);
  }

  moments(n: number): Moments {
    return { mean: this.mean, sd: this.squares.map((s) => (n > 1 ? Math.sqrt(s / (n - 1)) : 0)) };
  }
}
