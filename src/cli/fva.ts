import { parseArguments } from "./arguments.ts";
import { type Command, EXIT } from "./command.ts";
import { FLUX_HELP, FLUX_OPTIONS, SCREEN_OPTIONS } from "./flux-options.ts";
import { csvText, fixed, NOTHING, writeCsv } from "./flux-output.ts";
import { progressOn } from "./progress.ts";
import { table } from "./table.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  fraction: { type: "number", min: 0 },
  loopless: { type: "flag" },
  ...SCREEN_OPTIONS,
} as const;

export const command: Command = {
  summary: "Least and largest flux of each reaction (flux variability)",
  help: `
Usage: cellweave fva FILE [options]

The least and the largest flux, mmol/gDW/h, that each reaction can carry while the objective keeps a share of its
optimum.

Options:${FLUX_HELP}
  --fraction X              share of the optimum, 0 to 1; default 1
  --loopless                leave out what only runs in a circle (exact; slower)
  --reactions LIST          only these reactions
  --all                     also reactions that can carry nothing
  --csv FILE                write the ranges as CSV; '-' for stdout, in place of the table
  --json                    print one JSON object instead of the table
  -q, --quiet               no progress

Exit codes: 0 done, 2 bad input, 3 infeasible or unbounded.

Examples:
  cellweave fva sbml/ecoli-core.xml --fraction 0.9 --loopless
  cellweave fva sbml/ecoli-core.xml --reactions PGI,PFK,EX_ac_e
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("fva", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { readFluxInput } = await import("./flux-input.ts");
    const { variability } = await import("../metabolism/fva.ts");
    const { model, bounds } = await readFluxInput(positionals[0] ?? "", options);
    const { fraction = 1, loopless = false, reactions } = options;
    const progress = progressOn(streams, options.quiet === true);
    const found = await variability(model, {
      bounds,
      fraction,
      loopless,
      ...(reactions === undefined ? {} : { reactions }),
      onProgress: (done) => progress.update("flux variability", done),
    });
    progress.end();
    if (found.status !== "optimal") {
      streams.err.write(`${found.status}: ${found.message}\n`);
      return EXIT.solver;
    }
    const rows = [...found.reactions].map((j, k) => {
      return {
        id: model.reactions[j]?.id ?? "",
        low: found.minimum[k] ?? Number.NaN,
        high: found.maximum[k] ?? Number.NaN,
      };
    });
    if (options.csv !== undefined) {
      const header = ["reaction", "minimum_mmol_per_gDW_per_h", "maximum_mmol_per_gDW_per_h"];
      await writeCsv(
        options.csv,
        csvText(
          header,
          rows.map(({ id, low, high }) => [id, low, high]),
        ),
        streams,
      );
    }
    const { objective } = found;
    if (options.json) {
      const ranges = Object.fromEntries(rows.map(({ id, low, high }) => [id, { minimum: low, maximum: high }]));
      streams.out.write(`${JSON.stringify({ status: "optimal", objective, fraction, loopless, ranges }, null, 2)}\n`);
    } else if (options.csv !== "-") {
      const shown = rows.filter(
        ({ low, high }) => options.all || !(Math.abs(low) < NOTHING && Math.abs(high) < NOTHING),
      );
      const lines = shown.map(({ id, low, high }) => [id, fixed(low), fixed(high)]);
      streams.out.write(`objective ${fixed(objective)}, kept at ${fraction} of it; mmol/gDW/h\n`);
      streams.out.write(table([["", "least", "largest"], ...lines]));
    }
    return EXIT.done;
  },
};
