import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import { isAnswered } from "../../metabolism/mutants/answered.ts";
import type { Deletion, DeletionScreen } from "../../metabolism/mutants/deletions.ts";
import { METHODS, type Method } from "../../metabolism/mutants/methods.ts";
import { type OptionValues, parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT, type Streams } from "../command.ts";
import { type OutputTable, writeFigure, writeOutputs } from "../output.ts";
import { table } from "../table.ts";
import { SCREEN_HELP, SCREEN_OPTIONS, SETTING_HELP, SETTING_OPTIONS } from "./flux-options.ts";
import { fixed } from "./flux-output.ts";
import { runScreenOf } from "./screen.ts";

const OPTIONS = {
  genes: { type: "list" },
  "all-reactions": { type: "flag" },
  pairs: { type: "flag" },
  method: { type: "choice", of: METHODS },
  steps: { type: "number", integer: true, min: 1, max: 1_000_000_000 },
  ...SETTING_OPTIONS,
  ...SCREEN_OPTIONS,
} as const;

export const command: Command = {
  summary: "Screen a constraint-based model for gene or reaction deletions",
  help: `
Usage: cellweave knockout FILE [options]

Growth (the objective) of every strain that lacks a gene, a reaction, or a pair of them. Genes act through their rules.
The table shows the strains that grow less than the wild type, worst first. Pairs come with their epistasis: relative
growth less the product of the two single strains' (doi:10.1038/ng1489).

Options:
  --genes LIST              only these genes (locus tags or names); all genes of the model where absent
  --reactions LIST          these reactions instead of genes
  --all-reactions           all reactions instead of genes
  --pairs                   pairs instead of singles
  --method NAME             fba (default), moma, linear-moma, room or linear-room against the wild type's pFBA fluxes
  --steps N                 room: branches (of a large model each counts 40) after which a strain is given up as
                            "failed", default 20000
  --all                     also strains that grow like the wild type${SETTING_HELP}${SCREEN_HELP}

room decides which fluxes switch by a search: seconds a strain of a small model, seconds to many minutes at genome scale.
Of a strain given up it says between which numbers the fewest switches lie.
Exit codes: 0 done, 2 bad input, 3 the wild type has no flux distribution, 4 some strains have no answer,
130 interrupted (--resume goes on).

Examples:
  cellweave knockout sbml/ecoli-core.xml --figure singles.svg
  cellweave knockout sbml/ecoli-core.xml --genes pgi,zwf,gnd,pta --pairs --method linear-moma
  cellweave knockout sbml/ecoli-core.xml --pairs --parquet pairs.parquet --figure pairs.svg
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("knockout", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const found = await screened(positionals[0] ?? "", options, streams);
    if (found === undefined) return EXIT.interrupted;
    const { screen, model } = found;
    await writeOutputs(options, () => outputTable(screen), streams);
    await writeFigure(options.figure, () => drawn(screen, model, options), streams);
    if (options.json) streams.out.write(`${json(screen, options.method ?? "fba")}\n`);
    else if (options.csv !== "-") streams.out.write(report(screen, options.all === true));
    return screen.deletions.every(isAnswered) ? EXIT.done : EXIT.partial;
  },
};

type Options = OptionValues<typeof OPTIONS>;

/** A screen with, for pairs, the epistasis of each. */
interface Screened extends DeletionScreen {
  readonly epistasis?: Float64Array;
}

async function screened(
  file: string,
  options: Options,
  streams: Streams,
): Promise<{ readonly screen: Screened; readonly model: FluxModel } | undefined> {
  const { readFluxInput } = await import("./flux-input.ts");
  const { deletionJob, deletionScreen } = await import("../../metabolism/screens/deletion-screen.ts");
  const { genes, reactions, method = "fba", pairs = false } = options;
  const { model, bounds } = await readFluxInput(file, options, streams.err);
  const ofReactions = reactions !== undefined || options["all-reactions"] === true;
  if (ofReactions && genes !== undefined) throw usageError("knockout", "--genes and reactions exclude each other");
  const of = ofReactions ? "reactions" : "genes";
  const names = ofReactions ? reactions : genes;
  if (options.steps !== undefined && method !== "room")
    throw usageError("knockout", `--steps is how long ROOM searches, the method is '${method}'`);
  const room = options.steps === undefined ? {} : { room: { steps: options.steps } };
  const job = deletionJob(model, { of, method, ...room, bounds, pairs, ...(names === undefined ? {} : { names }) });
  const outcome = await runScreenOf(job, "deletions", options, streams);
  return outcome && { screen: deletionScreen(job, outcome), model };
}

async function drawn(screen: Screened, model: FluxModel, { pairs, method = "fba" }: Options) {
  const { deletionsFigure } = await import("../../report/figures/deletions.ts");
  const { epistasisFigure } = await import("../../report/figures/epistasis.ts");
  return pairs ? epistasisFigure(screen, model, method) : deletionsFigure(screen, model, method);
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

function report({ wildType, deletions, epistasis }: Screened, all: boolean): string {
  const known = [...deletions.entries()].filter(([, d]) => isAnswered(d));
  const open = deletions.filter((d) => !isAnswered(d));
  const worst = known.sort(([, a], [, b]) => growthOf(a) - growthOf(b));
  const bySwitches = deletions.some(({ switches }) => switches !== undefined);
  const shown = all ? worst : worst.filter(([, d]) => growthOf(d) < SLOWER * wildType);
  const lines = shown.map(([k, d]) => [
    d.deleted.join(" "),
    fixed(growthOf(d)),
    `${((100 * growthOf(d)) / wildType).toFixed(1)} %`,
    ...(epistasis === undefined ? [] : [fixed(epistasis[k] ?? Number.NaN)]),
    ...(bySwitches ? [switchesOf(d)] : []),
    d.status === "optimal" ? some(d.closed) : `${d.status}: ${some(d.closed)}`,
  ]);
  const rest = open.map((d) => [
    d.deleted.join(" "),
    "not known",
    "",
    ...(epistasis === undefined ? [] : [""]),
    ...(bySwitches ? [switchesOf(d)] : []),
    `gave up: ${some(d.closed)}`,
  ]);
  const lethal = known.filter(([, d]) => growthOf(d) < 0.01 * wildType).length;
  const header = [
    ...["deleted", "growth", "of wild type", ...(epistasis === undefined ? [] : ["epistasis"])],
    ...[...(bySwitches ? ["switches"] : []), "closed"],
  ];
  return (
    `wild type ${fixed(wildType)}; of ${deletions.length} strains ${lethal} don't grow (below 1 %), ` +
    `${shown.length} are listed${unanswered(open)}\n${table([header, ...lines, ...rest])}`
  );
}

/** How many reactions switch: a number, or its limits. */
function switchesOf({ switches: [least, most] = [Number.NaN, Number.NaN] }: Deletion): string {
  if (Number.isNaN(least)) return "";
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** Strains of which nothing is known, with the first of their ids. */
function unanswered(open: readonly Deletion[]): string {
  if (open.length === 0) return "";
  const ids = open.map(({ deleted }) => deleted.join("+"));
  return `; of ${open.length} the search gave up, how they grow is not known (--steps): ${some(ids)}`;
}

function outputTable({ wildType, deletions, epistasis }: Screened): OutputTable {
  const bySwitches = deletions.some(({ switches }) => switches !== undefined);
  const header = ["deleted", "growth_per_h", "of_wild_type", "status", "closed"];
  const further = [
    ...(bySwitches ? ["switches_least", "switches_most"] : []),
    ...(epistasis === undefined ? [] : ["epistasis"]),
  ];
  const rows = deletions.map((d, k) => [
    d.deleted.join(" "),
    d.objective,
    d.objective / wildType,
    d.status,
    d.closed.join(" "),
    ...(bySwitches ? (d.switches ?? [Number.NaN, Number.NaN]) : []),
    ...(epistasis === undefined ? [] : [epistasis[k] ?? Number.NaN]),
  ]);
  return { header: [...header, ...further], rows };
}

function json({ wildType, deletions, epistasis }: Screened, method: Method): string {
  const strains = deletions.map((d, k) => ({
    ...d,
    objective: Number.isNaN(d.objective) ? null : d.objective,
    ...(epistasis === undefined ? {} : { epistasis: epistasis[k] }),
  }));
  return JSON.stringify({ method, wildType, strains }, null, 2);
}
