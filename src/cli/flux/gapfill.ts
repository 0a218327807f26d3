import type { Fillings } from "../../metabolism/balance/gapfill.ts";
import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { writeOutputs } from "../output.ts";
import { table } from "../table.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { fixed } from "./flux-output.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  universal: { type: "text" },
  growth: { type: "number", positive: true },
  exchanges: { type: "flag" },
  demands: { type: "flag" },
  alternatives: { type: "number", integer: true, min: 1, max: 10_000 },
  csv: { type: "text" },
  parquet: { type: "text" },
  json: { type: "flag" },
} as const;

export const command: Command = {
  summary: "The fewest reactions to add so that a model grows (gap filling)",
  help: `
Usage: cellweave gapfill FILE --universal FILE2 [options]

The cheapest sets of reactions with which the objective reaches a value: a mixed-integer program over everything that may
be added, each answer checked by flux balance.

Options:
  --universal FILE2         a model whose reactions may be added, each at a price of 1, within its own bounds; metabolites
                            are the same where their ids are
  --growth X                least value of the objective; default 0.05
  --exchanges               may add an uptake EX_... of any metabolite, at a price of 100
  --demands                 may add an outlet DM_... of any metabolite, at a price of 1
  --alternatives N          up to N different sets, cheapest first; default 1${FLUX_HELP}
  --csv FILE                write CSV; '-' for stdout, in place of the table
  --parquet FILE            write the same as Parquet
  --json                    print one JSON object instead of the table

Exit codes: 0 done, 2 bad input, 3 nothing that may be added helps.

Example:
  cellweave gapfill sbml/ecoli-core.xml --reaction-knockout ENO --exchanges --demands --alternatives 3
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("gapfill", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    if (options.universal === undefined && options.exchanges === undefined && options.demands === undefined)
      throw usageError("gapfill", "nothing may be added; give --universal FILE2, --exchanges or --demands");
    const { readFluxInput, readFluxModel } = await import("./flux-input.ts");
    const { gapfill } = await import("../../metabolism/balance/gapfill.ts");
    const { equationOf } = await import("../../metabolism/model/flux-summary.ts");
    const { model, bounds } = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const { growth: objective = 0.05, exchanges = false, demands = false, alternatives: count = 1 } = options;
    const universal = options.universal === undefined ? {} : { universal: await readFluxModel(options.universal) };
    const found = await gapfill(model, { bounds, objective, exchanges, demands, count, ...universal });
    if (found.fillings.length === 0) {
      streams.err.write(`nothing that may be added gives an objective of ${objective}\n`);
      return EXIT.solver;
    }
    const equation = (id: string) => equationOf(found.model, found.model.reactionIndex.get(id) ?? -1);
    const header = ["set", "price", "objective", "reaction", "equation"];
    const rows = rowsOf(found).map(([set, price, reached, id]) => [set, price, reached, id, id && equation(id)]);
    await writeOutputs(options, () => ({ header, rows }), streams);
    if (options.json) streams.out.write(`${JSON.stringify({ objective, sets: found.fillings }, null, 2)}\n`);
    else if (options.csv !== "-") streams.out.write(report(found, equation));
    return EXIT.done;
  },
};

/** A row a reaction of a set; one row without where nothing is needed. */
function rowsOf({ fillings }: Fillings): [set: number, price: number, objective: number, reaction: string][] {
  return fillings.flatMap(({ reactions, price, objective }, k) =>
    (reactions.length === 0 ? [""] : reactions).map((id): [number, number, number, string] => [
      k + 1,
      price,
      objective,
      id,
    ]),
  );
}

function report({ fillings }: Fillings, equation: (id: string) => string): string {
  const [first] = fillings;
  if (first !== undefined && first.reactions.length === 0)
    return `nothing is missing: the objective reaches ${fixed(first.objective)}\n`;
  return fillings
    .map(({ reactions, price, objective }, k) => {
      const head = `set ${k + 1}: price ${price}, objective ${fixed(objective)}\n`;
      return (
        head +
        table(
          reactions.map((id) => [id, equation(id)]),
          1,
        )
      );
    })
    .join("");
}
