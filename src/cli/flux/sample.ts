import { availableParallelism } from "node:os";
import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { writeFigure, writeOutputs } from "../output.ts";
import { progressOn } from "../progress.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  count: { type: "number", integer: true, min: 1, max: 1_000_000, short: "n" },
  fraction: { type: "number", min: 0, max: 1 },
  chains: { type: "number", integer: true, min: 1, max: 256 },
  thinning: { type: "number", integer: true, min: 1 },
  threads: { type: "number", integer: true, min: 1, max: 256 },
  seed: { type: "number", integer: true },
  csv: { type: "text" },
  parquet: { type: "text" },
  figure: { type: "figure" },
  quiet: { type: "flag", short: "q" },
} as const;

export const command: Command = {
  summary: "Flux distributions drawn evenly from all that are possible",
  help: `
Usage: cellweave sample FILE [options]

Draws flux distributions uniformly by coordinate hit-and-run with rounding (doi:10.1093/bioinformatics/btx052), in
several chains, and prints of each flux its mean and standard deviation, mmol/gDW/h, the standard error of the mean, how
many independent samples the mean is worth (effective) and split R-hat: 1 where chains agree, above 1.01 where they
haven't settled (doi:10.1214/20-BA1221).

Options:${FLUX_HELP}
  -n, --count N             samples; default 1000
  --fraction X              share of the optimum that every sample's objective keeps, 0 to 1; default 0
  --chains N                chains, each from a start of its own; default 4
  --thinning N              steps between samples; default forty for each dimension, at least 500
  --threads N               worker threads; default: as many as there are cores. The result is the same
  --seed N                  equal seeds give equal samples; default 1
  --csv FILE                write the samples, a row each; '-' for stdout, in place of the table
  --parquet FILE            write them as Parquet
  --figure FILE             draw how each flux spreads, as SVG
  -q, --quiet               no progress

Example:
  cellweave sample sbml/ecoli-core.xml -n 500 --fraction 0.9 --csv samples.csv
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("sample", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { readFluxInput } = await import("./flux-input.ts");
    const { sampleFluxes } = await import("../../metabolism/sampling/sample.ts");
    const { walkOnThreads } = await import("../../metabolism/sampling/threads-node.ts");
    const { model, bounds } = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const { count = 1000, fraction, chains, thinning, seed } = options;
    const progress = progressOn(streams, options.quiet === true);
    const found = await sampleFluxes(model, count, {
      bounds,
      walk: walkOnThreads(options.threads ?? availableParallelism()),
      onProgress: (done) => progress.update("samples", done),
      ...(fraction === undefined ? {} : { fraction }),
      ...(chains === undefined ? {} : { chains }),
      ...(thinning === undefined ? {} : { thinning }),
      ...(seed === undefined ? {} : { seed }),
    }).finally(() => progress.end());
    const { samples } = found;
    const ids = model.reactions.map(({ id }) => id);
    await writeOutputs(options, () => ({ header: ids, rows: samples.map((v) => [...v]) }), streams);
    const draw = async () => (await import("../../report/figures/samples.ts")).samplesFigure(model.id, ids, samples);
    await writeFigure(options.figure, draw, streams);
    const { convergenceNote, samplesTable } = await import("./sample-output.ts");
    if (options.csv !== "-") streams.out.write(samplesTable(ids, found));
    streams.err.write(convergenceNote(ids, found));
    return EXIT.done;
  },
};
