import type { Goal } from "../../metabolism/balance/lexicographic.ts";
import type { FluxSolution } from "../../metabolism/balance/solution.ts";
import type { Method } from "../../metabolism/mutants/methods.ts";
import { type OptionValues, parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT, type Streams } from "../command.ts";
import { csvText, writeCsv, writeOutputs } from "../output.ts";
import type { FluxAnswer } from "./fba-output.ts";
import type { FluxInput } from "./flux-input.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { goalFrom } from "./goal-option.ts";

const ADJUSTMENTS = ["moma", "linear-moma", "room", "linear-room"] as const satisfies Method[];

const OPTIONS = {
  ...FLUX_OPTIONS,
  pfba: { type: "flag" },
  fba: { type: "flag" },
  loopless: { type: "flag" },
  geometric: { type: "flag" },
  // biome-ignore lint/suspicious/noThenProperty: the option's name; its value is a list, which nothing awaits
  then: { type: "list" },
  adjust: { type: "choice", of: ADJUSTMENTS },
  all: { type: "flag" },
  prices: { type: "flag" },
  "prices-csv": { type: "text" },
  map: { type: "text" },
  "map-out": { type: "figure" },
  csv: { type: "text" },
  parquet: { type: "text" },
  json: { type: "flag" },
} as const;

export const command: Command = {
  summary: "Growth and fluxes of a constraint-based model",
  help: `
Usage: cellweave fba FILE [options]

Maximises the objective of a model (SBML with fbc; COBRA JSON, YAML or MAT; .gz and COMBINE archives too) and prints its
value and the fluxes, mmol/gDW/h. Enzymes count where the file has them (as metabolites and pools, as GECKO and sMOMENT
write them; ECMpy's enzyme_constraint), and so do Gibbs energies and log concentrations of pyTFA's JSON.

Options:${FLUX_HELP}
  --pfba                    of all optimal fluxes those of least total flux (the default): the answer is unique
  --fba                     any optimal fluxes, as the solver finds them
  --loopless                those fluxes with what runs in a circle taken out, exchanges kept (CycleFreeFlux)
  --geometric               of the optimal fluxes of least total flux those in the middle (geometric FBA)
  --then LIST               after the objective make these fluxes large, or small (R:min), one after the other
                            (lexicographic), then the total flux small
  --adjust METHOD           of a strain with knockouts the fluxes nearest to the wild type's pFBA fluxes, not those of
                            most growth: moma, linear-moma, room or linear-room
  --all                     also reactions that carry nothing
  --prices                  also shadow prices of metabolites and reduced costs of reactions: what the objective gains.
                            COBRApy's shadow prices have the other sign, its reduced costs are twice as large
  --prices-csv FILE         write the shadow prices as CSV; '-' for stdout
  --map FILE                draw the fluxes on a metabolic map, Escher's JSON
  --map-out FILE            where the drawing goes, SVG; needed with --map
  --csv FILE                write all fluxes as CSV (with --prices their reduced costs); '-' for stdout, in place of the
                            table
  --parquet FILE            write the same as Parquet
  --json                    print one JSON object instead of the table

Exit codes: 0 done, 2 bad input, 3 infeasible or unbounded (the message names the bounds).

Examples:
  cellweave fba sbml/ecoli-core.xml
  cellweave fba sbml/ecoli-core.xml --knockout pgi --adjust moma
  cellweave fba sbml/ecoli-core.xml --bound EX_o2_e=-5: --then EX_ac_e:min,EX_etoh_e
  cellweave fba sbml/ecoli-core.xml --bound EX_o2_e=0:1000 --csv anaerobic.csv
  cellweave fba sbml/ecoli-core.xml --knockout pgi --map networks/ecoli-core-map.json --map-out pgi.svg
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("fba", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const goals = (options.then ?? []).map((text) => goalFrom("fba", text));
    checkOptions(options);
    const { readFluxInput } = await import("./flux-input.ts");
    const input = await readFluxInput(positionals[0] ?? "", options, streams.err);
    if (input.shut.length > 0) streams.err.write(`closed: ${input.shut.join(", ")}\n`);
    const { solution, reached } = await solved(input, options, goals);
    if (solution.status !== "optimal") return refused(solution, input, options, streams);
    const { pricesOf } = await import("./flux-input.ts");
    const wanted = options.prices === true || options["prices-csv"] !== undefined;
    const answer: FluxAnswer = {
      method: methodOf(options, goals),
      objective: solution.objective,
      fluxes: solution.fluxes,
      goals: goals.map((one, k) => ({ ...one, reached: reached[k] ?? Number.NaN })),
      ...(wanted ? await pricesOf(input) : {}),
    };
    await written(input, answer, options, streams);
    return EXIT.done;
  },
};

type Options = OptionValues<typeof OPTIONS>;

function checkOptions(options: Options): void {
  const { fba, pfba, loopless, geometric, then, adjust, prices, "prices-csv": pricesCsv } = options;
  const { knockout, "reaction-knockout": reactions } = options;
  const chosen = [
    ...[fba && "--fba", pfba && "--pfba", loopless && "--loopless", geometric && "--geometric"],
    ...[then && "--then", adjust && "--adjust"],
  ].filter(Boolean);
  const usage = (message: string) => usageError("fba", message);
  if (chosen.length > 1) throw usage(`${chosen.slice(0, 2).join(" and ")} exclude each other`);
  if (adjust && knockout === undefined && reactions === undefined)
    throw usage(
      "--adjust compares with the wild type; say what the strain lacks with --knockout or --reaction-knockout",
    );
  if ((options.map === undefined) !== (options["map-out"] === undefined))
    throw usage("--map and --map-out go together");
  if (adjust && (prices || pricesCsv !== undefined))
    throw usage("--adjust has no prices: growth isn't what it optimises");
}

async function solved(
  { model, bounds, wildType }: FluxInput,
  { fba: any, loopless, geometric, adjust }: Options,
  goals: readonly Goal[],
): Promise<{ readonly solution: FluxSolution; readonly reached: readonly number[] }> {
  if (goals.length > 0) {
    const { lexicographic } = await import("../../metabolism/balance/lexicographic.ts");
    const solution = await lexicographic(model, goals, bounds);
    return { solution, reached: solution.status === "optimal" ? solution.reached : [] };
  }
  if (adjust !== undefined) {
    const { mutantFluxes } = await import("../../metabolism/mutants/mutant.ts");
    return { solution: await mutantFluxes(model, bounds, adjust, { wildType }), reached: [] };
  }
  if (loopless) {
    const { cycleFree } = await import("../../metabolism/balance/cycle-free.ts");
    return { solution: await cycleFree(model, bounds), reached: [] };
  }
  if (geometric) {
    const { geometricFba } = await import("../../metabolism/balance/geometric.ts");
    return { solution: await geometricFba(model, { bounds }), reached: [] };
  }
  const { fba, pfba } = await import("../../metabolism/balance/fba.ts");
  return { solution: await (any ? fba : pfba)(model, bounds), reached: [] };
}

function methodOf({ fba, loopless, geometric, adjust }: Options, goals: readonly Goal[]): string {
  if (adjust !== undefined) return `${adjust} against the wild type's pFBA fluxes`;
  if (goals.length > 0) return "lexicographic, then least total flux, so the answer is unique";
  if (loopless) return "FBA without circles: one of possibly many optima, what ran in a circle taken out";
  if (geometric) return "geometric FBA: least total flux, in the middle, so the answer is unique";
  return fba ? "FBA: one of possibly many optima" : "pFBA: least total flux, so the answer is unique";
}

function refused(
  { status, message, bounds }: Exclude<FluxSolution, { status: "optimal" }>,
  { shut }: FluxInput,
  { json }: Options,
  { out, err }: Streams,
): number {
  if (json) out.write(`${JSON.stringify({ status, message, bounds, closed: shut })}\n`);
  else err.write(`${status}: ${message}\n`);
  return EXIT.solver;
}

async function written(input: FluxInput, answer: FluxAnswer, options: Options, streams: Streams): Promise<void> {
  const { fluxJson, fluxReport, fluxTable, priceTable } = await import("./fba-output.ts");
  const { csv, parquet, map, "prices-csv": pricesCsv } = options;
  const files = { ...(csv === undefined ? {} : { csv }), ...(parquet === undefined ? {} : { parquet }) };
  await writeOutputs(files, () => fluxTable(input, answer), streams);
  if (map !== undefined) {
    const { writeFluxMap } = await import("./flux-map.ts");
    await writeFluxMap(input, answer, { map, out: options["map-out"] }, streams);
  }
  if (pricesCsv !== undefined && answer.prices !== undefined) {
    const { header, rows } = priceTable(input, answer.prices);
    await writeCsv(pricesCsv, csvText(header, rows), streams);
  }
  if (options.json) streams.out.write(`${fluxJson(input, answer)}\n`);
  else if (csv !== "-" && pricesCsv !== "-") streams.out.write(fluxReport(input, answer, options.all === true));
  else streams.err.write(`objective ${answer.objective}; ${answer.method}\n`);
}
