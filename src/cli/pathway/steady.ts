import type { SteadyControl } from "../../pathway/steady/control.ts";
import type { SteadyState } from "../../pathway/steady/steady.ts";
import { parseArguments } from "../arguments.ts";
import { type Command, EXIT, type Streams } from "../command.ts";
import { csvText, writeCsv } from "../output.ts";
import { table } from "../table.ts";

const OPTIONS = {
  set: { type: "list" },
  control: { type: "list" },
  follow: { type: "flag" },
  at: { type: "number" },
  atol: { type: "number", positive: true },
  longest: { type: "number", positive: true },
  json: { type: "flag" },
  csv: { type: "text" },
} as const;

export const command: Command = {
  summary: "Steady state of one SBML model, and whether it is stable",
  help: `
Usage: cellweave steady FILE [options]

Finds where nothing changes any more, with conserved totals kept: by Newton's method from the file's start, else along
the time course. Says whether the state is stable (from the eigenvalues of the Jacobian), unstable, one of a family
(marginal), or that the model oscillates. What piles up without acting on anything is named with its rate. In a model
with delays what is delayed is as it is now; such a state's stability is not known. FILE may be gzipped.

Options:
  --set ID=VALUE    start value of a parameter, species (concentration) or compartment; may repeat
  --control A,B     how the state depends on parameters, species (start values) and reactions (a factor on the rate):
                    scaled derivatives p/q dq/dp, for reactions the control coefficients; 'reactions' for all of these
  --follow          follow the time course first: of several stable states, the one the model goes to by itself
  --at TIME         hold the time at TIME in a model whose rates depend on time, which is refused otherwise
  --atol X          what counts as nothing, in the unit of concentration; default 1e-12
  --longest TIME    end of the time course at most; default 1e7
  --csv FILE        write id, kind, value, amount as CSV; '-' for stdout, in place of the table
  --json            print one JSON object in place of the table

Exit codes: 0 a state of rest, 2 bad input, 3 none (the model oscillates, or nothing came to rest).

Examples:
  cellweave steady model.xml
  cellweave steady model.xml --set k1=0.3 --csv steady.csv
  cellweave steady glycolysis.xml --control reactions
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("steady", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { readSbmlFile } = await import("../sbml/sbml-file.ts");
    const { steadyState } = await import("../../pathway/steady/steady.ts");
    const { parameterValues } = await import("./simulate-table.ts");
    const { atol, longest, at, control = [] } = options;
    const document = await readSbmlFile(positionals[0] ?? "");
    const state = steadyState(document, {
      control: control.flatMap((id) => (id === "reactions" ? document.reactions.map((r) => r.id) : [id])),
      values: parameterValues(options.set ?? [], "steady"),
      follow: options.follow === true,
      ...(atol === undefined ? {} : { atol }),
      ...(longest === undefined ? {} : { longest }),
      ...(at === undefined ? {} : { at }),
    });
    for (const warning of state.warnings) streams.err.write(`warning: ${warning}\n`);
    await show(state, options, streams);
    return state.values.size === 0 ? EXIT.solver : EXIT.done;
  },
};

async function show(
  state: SteadyState,
  { json, csv }: { readonly json?: true; readonly csv?: string },
  streams: Streams,
): Promise<void> {
  if (csv !== undefined) {
    const rows = [...state.values].map(([id, { kind, value, amount }]) => [id, kind, value, amount ?? ""]);
    await writeCsv(csv, csvText(["id", "kind", "value", "amount"], rows), streams);
  }
  if (json === true) streams.out.write(`${JSON.stringify(plain(state), null, 1)}\n`);
  if (json === true || csv === "-") {
    streams.err.write(`${state.status}: ${state.message}\n`);
    return;
  }
  const { totalsText } = await import("../../pathway/steady/steady.ts");
  const { out } = streams;
  out.write(`${state.status}: ${state.message}\n`);
  for (const [title, kind] of SECTIONS) {
    const rows = [...state.values].filter(([, v]) => v.kind === kind).map(([id, v]) => [id, shown(v.value)]);
    if (rows.length > 0) out.write(`\n${title}\n${table(rows)}`);
  }
  const rates = state.accumulating.map(({ id, rate }) => [id, shown(rate)]);
  if (rates.length > 0) out.write(`\naccumulating (change per unit of time)\n${table(rates)}`);
  if (state.control !== undefined) out.write(`\np/q dq/dp\n${table(coefficients(state.control))}`);
  const totals = totalsText(state);
  if (totals.length > 0) out.write(`\nconserved\n${totals.map((text) => `  ${text}\n`).join("")}`);
}

const SECTIONS = [
  ["species", "species"],
  ["reactions (rate)", "reaction"],
] as const;

/** A row for each quantity, a column for each parameter. */
function coefficients({ parameters, columns, values, slopes }: SteadyControl): string[][] {
  const rows = columns.map((id, q) => [
    id,
    ...parameters.map(({ value }, k) => {
      const scaled = ((slopes[k * columns.length + q] ?? 0) * value) / (values[q] ?? 0);
      return Number.isFinite(scaled) ? scaled.toFixed(4) : "-";
    }),
  ]);
  return [["", ...parameters.map(({ id }) => id)], ...rows];
}

function shown(value: number): string {
  return value === 0 ? "0" : value.toPrecision(6);
}

function plain(state: SteadyState) {
  const { status, message, method, time, residual, eigenvalues, accumulating, warnings } = state;
  const totals = state.totals.map(({ moiety, total }) => ({ ...moiety, total }));
  const values = [...state.values].map(([id, value]) => ({ id, ...value }));
  const { control } = state;
  const slopes = control?.parameters.map(({ id, value }, k) => ({
    id,
    value,
    slopes: control.columns.map((q, c) => ({ id: q, slope: control.slopes[k * control.columns.length + c] })),
  }));
  const about = { status, message, method, time, residual, values, accumulating, totals, eigenvalues, warnings };
  return slopes === undefined ? about : { ...about, control: slopes };
}
