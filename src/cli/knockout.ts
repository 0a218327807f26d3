import type { Deletion, DeletionScreen } from "../metabolism/deletions.ts";
import { METHODS, type Method } from "../metabolism/methods.ts";
import { type OptionValues, parseArguments } from "./arguments.ts";
import { type Command, EXIT, type Streams } from "./command.ts";
import { SCREEN_OPTIONS } from "./flux-options.ts";
import { csvText, fixed, writeCsv } from "./flux-output.ts";
import { progressOn } from "./progress.ts";
import { table } from "./table.ts";

const OPTIONS = {
  genes: { type: "list" },
  "all-reactions": { type: "flag" },
  pairs: { type: "flag" },
  method: { type: "choice", of: METHODS },
  bound: { type: "list" },
  objective: { type: "text" },
  ...SCREEN_OPTIONS,
} as const;

export const command: Command = {
  summary: "Screen a constraint-based model for gene or reaction deletions",
  help: `
Usage: cellweave knockout FILE [options]

Growth (the objective) of every strain that lacks a gene, a reaction, or a pair of them. Genes act through their rules.
The table shows the strains that grow less than the wild type, worst first.

Options:
  --genes LIST         only these genes (locus tags or names); all genes of the model where absent
  --reactions LIST     these reactions instead of genes
  --all-reactions      all reactions instead of genes
  --pairs              pairs instead of singles
  --method NAME        fba (default), moma, linear-moma, room or linear-room against the wild type's pFBA fluxes
  --bound R=LB:UB      set a reaction's bounds, mmol/gDW/h; may repeat
  --objective R        maximise this reaction's flux instead of the model's objective
  --all                also strains that grow like the wild type
  --csv FILE           write all strains as CSV; '-' for stdout, in place of the table
  --json               print one JSON object instead of the table
  -q, --quiet          no progress

room decides which fluxes switch by a mixed-integer search: seconds to minutes a strain.
Exit codes: 0 done, 2 bad input, 3 the wild type has no flux distribution.

Examples:
  cellweave knockout sbml/ecoli-core.xml
  cellweave knockout sbml/ecoli-core.xml --genes pgi,zwf,gnd,pta --pairs --method linear-moma
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("knockout", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const screen = await screened(positionals[0] ?? "", options, streams);
    if (options.csv !== undefined) await writeCsv(options.csv, csv(screen), streams);
    if (options.json) streams.out.write(`${json(screen, options.method ?? "fba")}\n`);
    else if (options.csv !== "-") streams.out.write(report(screen, options.all === true));
    return EXIT.done;
  },
};

async function screened(
  file: string,
  options: OptionValues<typeof OPTIONS>,
  streams: Streams,
): Promise<DeletionScreen> {
  const { readFluxInput } = await import("./flux-input.ts");
  const { doubleDeletions, singleDeletions } = await import("../metabolism/deletions.ts");
  const { genes, reactions, method, pairs, bound, objective } = options;
  const { model, bounds } = await readFluxInput(file, {
    ...(bound === undefined ? {} : { bound }),
    ...(objective === undefined ? {} : { objective }),
  });
  const ofReactions = reactions !== undefined || options["all-reactions"] === true;
  const progress = progressOn(streams, options.quiet === true);
  const screen = {
    of: ofReactions ? "reactions" : "genes",
    ...(method === undefined ? {} : { method }),
    bounds,
    onProgress: (done: number) => progress.update("deletions", done),
  } as const;
  const names = ofReactions ? reactions : genes;
  try {
    return await (pairs ? doubleDeletions(model, names, names, screen) : singleDeletions(model, names, screen));
  } finally {
    progress.end();
  }
}

/** Growth relative to the wild type below which a strain counts as slower. */
const SLOWER = 1 - 1e-6;

function growthOf({ objective }: Deletion): number {
  return Number.isNaN(objective) ? 0 : objective;
}

/** The first few of a list, and how many more there are. */
function some(ids: readonly string[]): string {
  return ids.length <= 4 ? ids.join(" ") : `${ids.slice(0, 3).join(" ")} and ${ids.length - 3} more`;
}

function report({ wildType, deletions }: DeletionScreen, all: boolean): string {
  const worst = deletions.toSorted((a, b) => growthOf(a) - growthOf(b));
  const shown = all ? worst : worst.filter((d) => growthOf(d) < SLOWER * wildType);
  const lines = shown.map((d) => [
    d.deleted.join(" "),
    fixed(growthOf(d)),
    `${((100 * growthOf(d)) / wildType).toFixed(1)} %`,
    d.status === "optimal" ? some(d.closed) : `${d.status}: ${some(d.closed)}`,
  ]);
  const lethal = deletions.filter((d) => growthOf(d) < 0.01 * wildType).length;
  return (
    `wild type ${fixed(wildType)}; of ${deletions.length} strains ${lethal} don't grow (below 1 %), ` +
    `${shown.length} are listed\n${table([["deleted", "growth", "of wild type", "closed"], ...lines])}`
  );
}

function csv({ wildType, deletions }: DeletionScreen): string {
  const header = ["deleted", "growth_per_h", "of_wild_type", "status", "closed"];
  return csvText(
    header,
    deletions.map((d) => [d.deleted.join(" "), d.objective, d.objective / wildType, d.status, d.closed.join(" ")]),
  );
}

function json({ wildType, deletions }: DeletionScreen, method: Method): string {
  const strains = deletions.map((d) => ({ ...d, objective: Number.isNaN(d.objective) ? null : d.objective }));
  return JSON.stringify({ method, wildType, strains }, null, 2);
}
