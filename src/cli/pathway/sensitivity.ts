import type { Sensitivities } from "../../pathway/sensitivity/sensitivity.ts";
import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { csvText, writeCsv } from "../output.ts";
import { table } from "../table.ts";

const OPTIONS = {
  parameters: { type: "list", short: "p" },
  initial: { type: "list" },
  select: { type: "list" },
  t0: { type: "number" },
  t1: { type: "number" },
  points: { type: "number", min: 2, max: 1_000_000, integer: true },
  rtol: { type: "number", positive: true },
  atol: { type: "number", positive: true },
  scaled: { type: "flag" },
  csv: { type: "text" },
} as const;

export const command: Command = {
  summary: "How a time course of one SBML model depends on parameters and start values",
  help: `
Usage: cellweave sensitivity FILE --t1 TIME (--parameters A,B | --initial S,T) [options]

Derivatives of a time course with respect to parameters and start values, integrated beside it by CVODES (forward
sensitivities); at an event they jump, with its instant and with what it assigns. Without --csv it prints those at the
end. Models with delays (of events too), events that resize a compartment, algebraic rules or fast reactions are refused.

Options:
  -p, --parameters A,B  parameters or compartments
  --initial S,T         species, by their start value as mathematics sees it (a concentration for most)
  --select A,B          quantities to differentiate, by SBML id; default all species
  --scaled              p/q dq/dp, without unit, in place of dq/dp
  --t1 TIME             end of the run
  --t0 TIME             start of the run, default 0
  --points N            output times, evenly spaced, both ends included; default 101
  --rtol X              relative tolerance of states and sensitivities, default 1e-8
  --atol X              absolute tolerance, default 1e-12, in the unit of concentration
  --csv FILE            a row for each output time: time, quantities, and a column d(q)/d(p) for each pair; '-': stdout

Exit codes: 0 done, 2 bad input, 3 the solver gave up (what was reached is written).

Example:
  cellweave sensitivity model.xml --t1 100 -p k1,k2 --initial S1 --select S3 --scaled --csv sensitivity.csv
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("sensitivity", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { t1, parameters = [], initial = [], scaled = false, csv, ...rest } = options;
    if (t1 === undefined) throw usageError("sensitivity", "--t1 is missing", "say when to end: --t1 100");
    const wanted = [...parameters, ...initial];
    if (wanted.length === 0)
      throw usageError("sensitivity", "nothing to depend on", "name --parameters k1,k2 or --initial S1");
    const { readSbmlFile } = await import("../sbml/sbml-file.ts");
    const { sensitivities } = await import("../../pathway/sensitivity/sensitivity.ts");
    const found = sensitivities(await readSbmlFile(positionals[0] ?? ""), { ...rest, t1, parameters: wanted });
    for (const warning of found.warnings) streams.err.write(`warning: ${warning}\n`);
    if (csv === undefined) streams.out.write(atTheEnd(found, scaled));
    else {
      const { header, rows } = overTime(found, scaled);
      await writeCsv(csv, csvText(header, rows), streams);
    }
    if (found.failure === undefined) return EXIT.done;
    streams.err.write(`${found.failure}\n`);
    return EXIT.solver;
  },
};

/** dq/dp at a point, or p/q of it; quantities that are 0 have no scaled one. */
function slopeOf(found: Sensitivities, scaled: boolean, point: number, parameter: number, column: number): number {
  const { parameters, columns, slopes, values } = found;
  const slope = slopes[(point * parameters.length + parameter) * columns.length + column] ?? Number.NaN;
  if (!scaled) return slope;
  const value = values[point * columns.length + column] ?? 0;
  return value === 0 ? Number.NaN : (slope * (parameters[parameter]?.value ?? 0)) / value;
}

function atTheEnd(found: Sensitivities, scaled: boolean): string {
  const { parameters, columns, times } = found;
  const last = times.length - 1;
  const name = (id: string): string => (scaled ? `p/q d/d(${id})` : `d/d(${id})`);
  const head = [`at time ${times[last] ?? 0}`, ...parameters.map(({ id }) => name(id))];
  const rows = columns.map((id, c) => [
    id,
    ...parameters.map((_, k) => {
      const slope = slopeOf(found, scaled, last, k, c);
      return Number.isNaN(slope) ? "-" : slope.toPrecision(6);
    }),
  ]);
  return table([head, ...rows]);
}

function overTime(found: Sensitivities, scaled: boolean) {
  const { parameters, columns, times, values } = found;
  const pairs = parameters.flatMap(({ id }, k) =>
    columns.map((column, c) => ({ k, c, name: `d(${column})/d(${id})` })),
  );
  const header = ["time", ...columns, ...pairs.map(({ name }) => name)];
  const rows = Array.from(times, (t, point) => [
    t,
    ...values.subarray(point * columns.length, (point + 1) * columns.length),
    ...pairs.map(({ k, c }) => slopeOf(found, scaled, point, k, c)),
  ]);
  return { header, rows };
}
