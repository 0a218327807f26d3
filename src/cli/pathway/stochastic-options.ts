import { CellweaveError } from "../../errors.ts";
import type { OptionSpec, OptionValues } from "../arguments.ts";

/** Options that only a stochastic run has. */
export const STOCHASTIC_OPTIONS = {
  stochastic: { type: "flag" },
  runs: { type: "number", min: 1, max: 10_000_000, integer: true },
  molecules: { type: "number", positive: true },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const STOCHASTIC_HELP = `
  --stochastic      reactions one at a time by chance (exact, next reaction method), rate laws as propensities
  --runs N          stochastic: how many runs; default 100. Columns are X_mean and X_sd; of one run the path itself
  --molecules N     stochastic: molecules in one unit of the model's amounts; default 1`;

/** Options of a deterministic run that mean nothing to a stochastic one. */
const DETERMINISTIC = ["rtol", "atol", "max-steps", "solver"] as const;

/** What a stochastic run reads of the command line. */
export type StochasticRunOptions = OptionValues<typeof STOCHASTIC_OPTIONS> & {
  readonly t0?: number;
  readonly points?: number;
  readonly seed?: number;
  readonly set?: readonly string[];
  readonly select?: readonly string[];
  readonly amounts?: true;
  readonly csv?: string;
};

/** Refuses options of the other method. Throws `cli/usage`. */
export function refuseOtherMethod(
  options: StochasticRunOptions & { readonly [K in (typeof DETERMINISTIC)[number]]?: unknown },
): void {
  const other = options.stochastic ? DETERMINISTIC : (["runs", "molecules"] as const);
  const given = other.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const message = `simulate: option '--${given}' means nothing to a ${options.stochastic ? "stochastic" : "deterministic"} run`;
  throw new CellweaveError("cli/usage", message, {
    kind: "usage",
    hint: options.stochastic ? `leave --${given} out` : "add --stochastic",
  });
}
