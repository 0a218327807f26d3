import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { table } from "../table.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { csvText, fixed, writeCsv, writeFigure } from "./flux-output.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  points: { type: "number", integer: true, min: 2, max: 1_000_000 },
  csv: { type: "text" },
  figure: { type: "figure" },
  json: { type: "flag" },
} as const;

export const command: Command = {
  summary: "Range of the objective along the range of one flux (production envelope)",
  help: `
Usage: cellweave envelope FILE REACTION [options]

Holds the flux of REACTION (a product's exchange, an uptake) at values from the least to the largest possible, and
prints the least and the largest objective at each.

Options:${FLUX_HELP}
  --points N                values held; default 20
  --csv FILE                write CSV; '-' for stdout, in place of the table
  --figure FILE             draw it as SVG
  --json                    print one JSON object instead of the table

Example:
  cellweave envelope sbml/ecoli-core.xml EX_ac_e --bound EX_o2_e=-10: --points 11
`,
  async run(args, streams) {
    const expected = { min: 2, max: 2, name: "argument" };
    const { options, positionals } = parseArguments("envelope", args, OPTIONS, expected);
    const [file = "", reaction = ""] = positionals;
    const { readFluxInput } = await import("./flux-input.ts");
    const { productionEnvelope } = await import("../../metabolism/balance/envelope.ts");
    const { model, bounds } = await readFluxInput(file, options, streams.err);
    const found = await productionEnvelope(model, reaction, { bounds, points: options.points ?? 20 });
    const rows = [...found.flux].map((v, k) => [v, found.minimum[k] ?? Number.NaN, found.maximum[k] ?? Number.NaN]);
    const header = [reaction, "objective_minimum", "objective_maximum"];
    if (options.csv !== undefined) await writeCsv(options.csv, csvText(header, rows), streams);
    const draw = async () => (await import("../../report/figures/envelope.ts")).envelopeFigure(found, model.id);
    await writeFigure(options.figure, draw, streams);
    if (options.json) {
      const points = rows.map(([flux, minimum, maximum]) => ({ flux, minimum, maximum }));
      streams.out.write(`${JSON.stringify({ reaction, points }, null, 2)}\n`);
    } else if (options.csv !== "-") {
      streams.out.write(
        table([[`${reaction}, mmol/gDW/h`, "least objective", "largest"], ...rows.map((r) => r.map(fixed))]),
      );
    }
    return EXIT.done;
  },
};
