import { CellweaveError } from "../../errors.ts";
import { type Ensemble, stochasticEnsemble } from "../../pathway/stochastic/ensemble.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { EXIT, type Streams } from "../command.ts";
import { progressOn } from "../progress.ts";
import { writeText } from "../write-text.ts";
import { parameterValues, unknownQuantity } from "./simulate-table.ts";
import type { StochasticRunOptions } from "./stochastic-options.ts";

/** Runs a model stochastically and writes means and standard deviations as CSV. */
export async function simulateStochastic(
  document: SbmlDocument,
  t1: number,
  options: StochasticRunOptions,
  streams: Streams,
) {
  const { t0 = 0, points = 101, seed = 1, runs = 100, molecules = 1 } = options;
  if (!(t1 > t0))
    throw new CellweaveError("cli/usage", `simulate: got --t1 ${t1} when a time after ${t0} was expected`, {
      kind: "usage",
    });
  const progress = progressOn(streams, streams.err.isTTY !== true);
  const parameters = parameterValues(options.set ?? []);
  const onProgress = (done: number): void => progress.update("runs", done);
  const ensemble = stochasticEnsemble(document, { t0, t1, points, seed, runs, molecules, parameters, onProgress });
  progress.end();
  for (const warning of ensemble.warnings) streams.err.write(`warning: ${warning}\n`);
  const { status } = ensemble;
  if (!status.ok) {
    streams.err.write(`${status.code}: ${status.message}\n`);
    return EXIT.solver;
  }
  const text = csvOf(ensemble, options, runs);
  if (options.csv === undefined || options.csv === "-") streams.out.write(text);
  else await writeText(options.csv, text);
  return EXIT.done;
}

function csvOf(
  { times, columns }: Ensemble,
  { select, amounts }: Pick<StochasticRunOptions, "select" | "amounts">,
  runs: number,
): string {
  const ids = select ?? [...columns].filter(([, c]) => c.kind === "species").map(([id]) => id);
  const series = ids.map((id) => {
    const column = columns.get(id) ?? unknownQuantity(id, columns);
    return amounts ? (column.amounts ?? column) : column;
  });
  const header = runs === 1 ? ids : ids.flatMap((id) => [`${id}_mean`, `${id}_sd`]);
  const rows = [["time", ...header].join(",")];
  times.forEach((t, i) => {
    const cells = series.flatMap(({ mean, sd }) => (runs === 1 ? [mean[i]] : [mean[i], sd[i]]));
    rows.push([t, ...cells].join(","));
  });
  return `${rows.join("\n")}\n`;
}
