import { parseArguments } from "./arguments.ts";
import { type Command, EXIT } from "./command.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { fixed, NOTHING, writeFigure, writeOutputs } from "./flux-output.ts";
import { progressOn } from "./progress.ts";
import { table } from "./table.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  count: { type: "number", integer: true, min: 1, max: 1_000_000, short: "n" },
  fraction: { type: "number", min: 0 },
  thinning: { type: "number", integer: true, min: 1 },
  seed: { type: "number", integer: true },
  csv: { type: "text" },
  parquet: { type: "text" },
  figure: { type: "text" },
  quiet: { type: "flag", short: "q" },
} as const;

export const command: Command = {
  summary: "Flux distributions drawn evenly from all that are possible",
  help: `
Usage: cellweave sample FILE [options]

Draws flux distributions uniformly by hit-and-run and prints mean and standard deviation of each flux, mmol/gDW/h.

Options:${FLUX_HELP}
  -n, --count N             samples; default 1000
  --fraction X              share of the optimum that every sample's objective keeps, 0 to 1; default 0
  --thinning N              steps between samples; default 100
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
    const { sampleFluxes } = await import("../metabolism/sampling.ts");
    const { model, bounds } = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const { count = 1000, fraction = 0, thinning = 100, seed = 1 } = options;
    const progress = progressOn(streams, options.quiet === true);
    const onProgress = (done: number) => progress.update("samples", done);
    const samples = await sampleFluxes(model, count, { bounds, fraction, thinning, seed, onProgress });
    progress.end();
    const ids = model.reactions.map(({ id }) => id);
    await writeOutputs(options, () => ({ header: ids, rows: samples.map((v) => [...v]) }), streams);
    const draw = async () => (await import("../report/figure-samples.ts")).samplesFigure(model.id, ids, samples);
    await writeFigure(options.figure, draw, streams);
    if (options.csv === "-") return EXIT.done;
    const lines = ids.flatMap((id, j) => {
      const mean = samples.reduce((sum, v) => sum + (v[j] ?? 0), 0) / count;
      const deviation = Math.sqrt(samples.reduce((sum, v) => sum + ((v[j] ?? 0) - mean) ** 2, 0) / count);
      return Math.abs(mean) < NOTHING && deviation < NOTHING ? [] : [[id, fixed(mean), fixed(deviation)]];
    });
    streams.out.write(table([["", "mean", "deviation"], ...lines]));
    return EXIT.done;
  },
};
