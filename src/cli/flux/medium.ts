import type { Medium } from "../../metabolism/balance/minimal-medium.ts";
import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { csvText, type OutputTable, writeCsv } from "../output.ts";
import { table } from "../table.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { fixed } from "./flux-output.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  growth: { type: "number", min: 0 },
  fewest: { type: "flag" },
  alternatives: { type: "number", integer: true, min: 1, max: 10_000 },
  "open-exchanges": { type: "number", positive: true },
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
  --fewest                  the fewest nutrients, and of these the least total uptake
  --alternatives N          up to N different sets of the fewest nutrients; with --fewest
  --open-exchanges X        every exchange may take up, and give off, X mmol/gDW/h, whatever its bounds
  --csv FILE                write CSV; '-' for stdout, in place of the table
  --json                    print one JSON object instead of the table

Exit codes: 0 done, 2 bad input, 3 no medium within the bounds gives that growth.

Examples:
  cellweave medium sbml/ecoli-core.xml --growth 0.5 --fewest
  cellweave medium sbml/ecoli-core.xml --open-exchanges 1000 --fewest --alternatives 10
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("medium", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    if (options.alternatives !== undefined && options.fewest === undefined)
      throw usageError("medium", "--alternatives are sets of the fewest nutrients; add --fewest");
    const { readFluxInput } = await import("./flux-input.ts");
    const { fewestNutrients, minimalMedium } = await import("../../metabolism/balance/minimal-medium.ts");
    const { withOpenExchanges } = await import("../../metabolism/model/medium-bounds.ts");
    const { model, bounds: given } = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const { growth: objective = 0.1, fewest = false, alternatives = 1, "open-exchanges": most } = options;
    const bounds = most === undefined ? given : withOpenExchanges(model, given, most);
    const media = fewest
      ? await fewestNutrients(model, alternatives, { bounds, objective })
      : [await minimalMedium(model, { bounds, objective })].filter((medium) => medium !== undefined);
    const [first] = media;
    if (first === undefined) {
      streams.err.write(
        `no medium within the bounds gives an objective of ${objective}; 'cellweave fba' says what is possible, ` +
          "--growth asks for less, --open-exchanges and --bound allow more\n",
      );
      return EXIT.solver;
    }
    const { header, rows } = mediaTable(media);
    if (options.csv !== undefined) await writeCsv(options.csv, csvText(header, rows), streams);
    if (options.json) {
      const uptakes = media.map((medium) => Object.fromEntries(medium));
      const found = { objective, fewest, uptake: uptakes[0], ...(media.length > 1 ? { alternatives: uptakes } : {}) };
      streams.out.write(`${JSON.stringify(found, null, 2)}\n`);
    } else if (options.csv !== "-") {
      const titles = media.length === 1 ? ["uptake, mmol/gDW/h"] : media.map((_, k) => `${k + 1}`);
      const note = media.length === 1 ? "" : `${media.length} media of ${first.size} nutrients; uptake, mmol/gDW/h\n`;
      const lines = rows.map(([id, ...uptakes]) => [
        String(id),
        ...uptakes.map((v) => (v === 0 ? "" : fixed(Number(v)))),
      ]);
      streams.out.write(note + table([["", ...titles], ...lines]));
    }
    return EXIT.done;
  },
};

/** A row an exchange, a column of uptakes a medium. */
function mediaTable(media: readonly Medium[]): OutputTable {
  const ids = [...new Set(media.flatMap((medium) => [...medium.keys()]))];
  const name = "uptake_mmol_per_gDW_per_h";
  return {
    header: ["exchange", ...media.map((_, k) => (k === 0 ? name : `${name}_${k + 1}`))],
    rows: ids.map((id) => [id, ...media.map((medium) => medium.get(id) ?? 0)]),
  };
}
