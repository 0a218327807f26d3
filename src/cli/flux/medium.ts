import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { table } from "../table.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { csvText, fixed, writeCsv } from "./flux-output.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  growth: { type: "number", min: 0 },
  fewest: { type: "flag" },
  csv: { type: "text" },
  json: { type: "flag" },
} as const;

export const command: Command = {
  summary: "The least medium on which a model grows",
  help: `
Usage: cellweave medium FILE [options]

The least total uptake, or the fewest nutrients, with which the objective reaches a value. What may be taken up, and how
much of it, is what the bounds of the exchanges allow.

Options:${FLUX_HELP}
  --growth X                least value of the objective; default 0.1
  --fewest                  the fewest nutrients instead of the least total uptake
  --csv FILE                write CSV; '-' for stdout, in place of the table
  --json                    print one JSON object instead of the table

Exit codes: 0 done, 2 bad input, 3 no medium within the bounds gives that growth.

Example:
  cellweave medium sbml/ecoli-core.xml --growth 0.5 --fewest
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("medium", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { readFluxInput } = await import("./flux-input.ts");
    const { minimalMedium } = await import("../../metabolism/balance/minimal-medium.ts");
    const { model, bounds } = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const { growth: objective = 0.1, fewest = false } = options;
    const medium = await minimalMedium(model, { bounds, objective, fewest });
    if (medium === undefined) {
      streams.err.write(`no medium within the bounds gives an objective of ${objective}\n`);
      return EXIT.solver;
    }
    const header = ["exchange", "uptake_mmol_per_gDW_per_h"];
    if (options.csv !== undefined) await writeCsv(options.csv, csvText(header, [...medium]), streams);
    if (options.json) {
      streams.out.write(`${JSON.stringify({ objective, fewest, uptake: Object.fromEntries(medium) }, null, 2)}\n`);
    } else if (options.csv !== "-") {
      streams.out.write(table([["", "uptake, mmol/gDW/h"], ...[...medium].map(([id, v]) => [id, fixed(v)])]));
    }
    return EXIT.done;
  },
};
