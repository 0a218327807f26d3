import { parseArguments } from "./arguments.ts";
import { type Command, EXIT } from "./command.ts";
import type { FluxInput } from "./flux-input.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { csvText, fixed, NOTHING, writeCsv } from "./flux-output.ts";
import { table } from "./table.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  pfba: { type: "flag" },
  fba: { type: "flag" },
  all: { type: "flag" },
  prices: { type: "flag" },
  csv: { type: "text" },
  json: { type: "flag" },
} as const;

export const command: Command = {
  summary: "Growth and fluxes of a constraint-based model",
  help: `
Usage: cellweave fba FILE [options]

Maximises the objective of a model (SBML with fbc, COBRA JSON or COBRA MAT, .gz accepted) and prints its value and the
fluxes, mmol/gDW/h.

Options:${FLUX_HELP}
  --pfba                    of all optimal fluxes those of least total flux (the default): the answer is unique
  --fba                     any optimal fluxes, as the solver finds them
  --all                     also reactions that carry nothing
  --prices                  also shadow prices of metabolites and reduced costs of reactions
  --csv FILE                write all fluxes as CSV; '-' for stdout, in place of the table
  --json                    print one JSON object instead of the table

Exit codes: 0 done, 2 bad input, 3 infeasible or unbounded (the message names the bounds).

Examples:
  cellweave fba sbml/ecoli-core.xml
  cellweave fba sbml/ecoli-core.xml --knockout b0114
  cellweave fba sbml/ecoli-core.xml --bound EX_o2_e=0:1000 --csv anaerobic.csv
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("fba", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { CellweaveError } = await import("../errors.ts");
    if (options.fba && options.pfba)
      throw new CellweaveError("cli/usage", "fba: --fba and --pfba exclude each other", { kind: "usage" });
    const { readFluxInput } = await import("./flux-input.ts");
    const { fba, pfba } = await import("../metabolism/fba.ts");
    const input = await readFluxInput(positionals[0] ?? "", options);
    const solution = await (options.fba ? fba : pfba)(input.model, input.bounds);
    if (input.shut.length > 0) streams.err.write(`closed: ${input.shut.join(", ")}\n`);
    if (solution.status !== "optimal") {
      const { status, message, bounds } = solution;
      if (options.json) streams.out.write(`${JSON.stringify({ status, message, bounds, closed: input.shut })}\n`);
      else streams.err.write(`${status}: ${message}\n`);
      return EXIT.solver;
    }
    const method = options.fba ? "FBA: one of possibly many optima" : "pFBA: least total flux, so the answer is unique";
    const answer = { method, objective: solution.objective, fluxes: solution.fluxes };
    if (options.csv !== undefined) await writeCsv(options.csv, csv(input, answer.fluxes), streams);
    if (options.json) streams.out.write(`${json(input, answer)}\n`);
    else if (options.csv !== "-") {
      streams.out.write(report(input, answer, options.all === true));
      if (options.prices) streams.out.write(await priceTables(input));
    } else streams.err.write(`objective ${answer.objective}; ${method}\n`);
    return EXIT.done;
  },
};

interface Answer {
  readonly method: string;
  readonly objective: number;
  readonly fluxes: Float64Array;
}

function report({ model, bounds }: FluxInput, { method, objective, fluxes }: Answer, all: boolean): string {
  const aims = model.reactions.filter((_, j) => model.objective[j] !== 0).map(({ id }) => id);
  const total = fluxes.reduce((sum, v) => sum + Math.abs(v), 0);
  const rows = (boundary: boolean): string[][] =>
    model.reactions.flatMap((reaction, j) => {
      const v = fluxes[j] ?? 0;
      if (reaction.boundary !== boundary || (!all && Math.abs(v) < NOTHING)) return [];
      return [[reaction.id, fixed(v), `${short(bounds.lower[j])} .. ${short(bounds.upper[j])}`]];
    });
  const section = (title: string, boundary: boolean): string =>
    `\n${title}, mmol/gDW/h\n${table([["", "flux", "bounds"], ...rows(boundary)])}`;
  return (
    `${model.id}: ${aims.join(" + ")} = ${fixed(objective)}\n` +
    `${method}; total flux ${fixed(total)}\n` +
    section("Exchange (out of the cell is positive)", true) +
    section("Inside", false)
  );
}

/** Shadow prices and reduced costs that aren't zero, dearest first. */
async function priceTables({ model, bounds }: FluxInput): Promise<string> {
  const { prices } = await import("../metabolism/prices.ts");
  const found = await prices(model, bounds);
  if (found.status !== "optimal") return "";
  const rows = (ids: readonly { readonly id: string }[], values: Float64Array): string[][] =>
    ids
      .map(({ id }, k) => ({ id, value: values[k] ?? 0 }))
      .filter(({ value }) => Math.abs(value) > NOTHING)
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .map(({ id, value }) => [id, value.toPrecision(4)]);
  return (
    `\nWhat the objective gains for each mmol/gDW/h of a metabolite given to the cell\n` +
    table(rows(model.metabolites, found.metabolites)) +
    `\nWhat it gains for each mmol/gDW/h that a flux is raised by its bounds\n${table(rows(model.reactions, found.reactions))}`
  );
}

function short(value = 0): string {
  return String(Number(value.toPrecision(6)));
}

function csv({ model, bounds }: FluxInput, fluxes: Float64Array): string {
  const header = ["reaction", "name", "flux_mmol_per_gDW_per_h", "lower", "upper", "exchange"];
  const rows = model.reactions.map(({ id, name = "", boundary }, j) => {
    return [id, name, fluxes[j] ?? 0, bounds.lower[j] ?? 0, bounds.upper[j] ?? 0, boundary];
  });
  return csvText(header, rows);
}

function json({ model, shut }: FluxInput, { method, objective, fluxes }: Answer): string {
  const entries = model.reactions.map(({ id }, j) => [id, fluxes[j]]);
  return JSON.stringify(
    { status: "optimal", model: model.id, method, objective, closed: shut, fluxes: Object.fromEntries(entries) },
    null,
    2,
  );
}
