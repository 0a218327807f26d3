import type { Essential } from "../../metabolism/mutants/essential.ts";
import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { type OutputTable, writeOutputs } from "../output.ts";
import { progressOn } from "../progress.ts";
import { table } from "../table.ts";
import type { FluxInput } from "./flux-input.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { fixed } from "./flux-output.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  reactions: { type: "flag" },
  threshold: { type: "number", min: 0 },
  csv: { type: "text" },
  parquet: { type: "text" },
  json: { type: "flag" },
  quiet: { type: "flag", short: "q" },
} as const;

export const command: Command = {
  summary: "Genes or reactions that a constraint-based model can't grow without",
  help: `
Usage: cellweave essential FILE [options]

Genes (or reactions) whose deletion leaves the objective below a threshold, or no flux distribution at all. FBA of every
single deletion; 'cellweave knockout' has them all, by MOMA and ROOM and in pairs, too.

Options:
  --reactions               reactions instead of genes
  --threshold X             objective below which a strain is not viable; default 1 % of the wild type's${FLUX_HELP}
  --csv FILE                write CSV; '-' for stdout, in place of the table
  --parquet FILE            write the same as Parquet
  --json                    print one JSON object instead of the table
  -q, --quiet               no progress

Exit codes: 0 done, 2 bad input, 3 the wild type has no flux distribution, or doesn't grow.

Examples:
  cellweave essential sbml/ecoli-core.xml
  cellweave essential sbml/ecoli-core.xml --reactions --medium EX_ac_e=10,EX_o2_e=20,EX_nh4_e=1000,EX_pi_e=1000
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("essential", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { readFluxInput } = await import("./flux-input.ts");
    const { essential } = await import("../../metabolism/mutants/essential.ts");
    const input = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const progress = progressOn(streams, options.quiet === true);
    const found = await essential(input.model, options.reactions === true ? "reactions" : "genes", {
      bounds: input.bounds,
      ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
      onProgress: (done) => progress.update("deletions", done),
    }).finally(() => progress.end());
    await writeOutputs(options, () => outputTable(input, found), streams);
    const of = options.reactions === true ? "reactions" : "genes";
    if (options.json) streams.out.write(`${JSON.stringify({ of, ...named(found) }, null, 2)}\n`);
    else if (options.csv !== "-") streams.out.write(report(input, found, of));
    return EXIT.done;
  },
};

/** What people call a gene or a reaction; nothing where it has no other name. */
function nameOf({ model }: FluxInput, id = ""): string {
  const gene = model.genes[model.geneIndex.get(id) ?? -1];
  return (gene ?? model.reactions[model.reactionIndex.get(id) ?? -1])?.name ?? "";
}

function named({ wildType, threshold, asked, deletions }: Essential) {
  const essential = deletions.map(({ deleted: [id], status, objective, closed }) => {
    return { id, status, objective: Number.isNaN(objective) ? null : objective, closed };
  });
  return { wildType, threshold, asked, essential };
}

function outputTable(input: FluxInput, { deletions }: Essential): OutputTable {
  return {
    header: ["essential", "name", "growth_per_h", "status", "closed"],
    rows: deletions.map(({ deleted: [id = ""], status, objective, closed }) => [
      ...[id, nameOf(input, id), objective, status, closed.join(" ")],
    ]),
  };
}

function report(input: FluxInput, { wildType, threshold, asked, deletions }: Essential, of: string): string {
  const rows = deletions.map(({ deleted: [id = ""], status, objective }) => [
    ...[id, nameOf(input, id), status === "optimal" ? fixed(objective) : "none possible"],
  ]);
  const head = `wild type ${fixed(wildType)}; of ${asked} ${of} ${deletions.length} are essential (below ${fixed(threshold)})\n`;
  return head + table([["", "name", "objective"], ...rows], 1);
}
