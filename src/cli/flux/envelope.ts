import type { Envelope } from "../../metabolism/balance/envelope.ts";
import { heldAt } from "../../metabolism/balance/grid.ts";
import type { PhasePlane } from "../../metabolism/balance/phase-plane.ts";
import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { type OutputTable, writeFigure, writeOutputs } from "../output.ts";
import { table } from "../table.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import { fixed } from "./flux-output.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  points: { type: "number", integer: true, min: 2, max: 1_000_000 },
  yield: { type: "flag" },
  "carbon-sources": { type: "list" },
  csv: { type: "text" },
  parquet: { type: "text" },
  figure: { type: "figure" },
  json: { type: "flag" },
} as const;

export const command: Command = {
  summary: "Range of the objective along one flux or two (production envelope, phase plane)",
  help: `
Usage: cellweave envelope FILE REACTION [REACTION2] [options]

Holds the flux of REACTION (a product's exchange, an uptake) at values from the least to the largest possible, and
prints the least and the largest objective at each; with REACTION2 at each point of a grid (phenotype phase plane).

Options:${FLUX_HELP}
  --points N                values held of each flux; default 20
  --yield                   also carbon that the objective puts out for each carbon taken up, with the least uptake
                            that gives this objective; the objective is a product's exchange then (--objective)
  --carbon-sources LIST     exchanges that carbon counts from; default: all by which an optimum takes it up
  --csv FILE                write CSV; '-' for stdout, in place of the table
  --parquet FILE            write the same as Parquet
  --figure FILE             draw it as SVG
  --json                    print one JSON object instead of the table

Exit codes: 0 done, 2 bad input, 3 no flux distribution, or a flux without a limit.

Examples:
  cellweave envelope sbml/ecoli-core.xml EX_ac_e --bound EX_o2_e=-10: --points 11
  cellweave envelope sbml/ecoli-core.xml EX_glc__D_e EX_o2_e --objective EX_ac_e --yield --figure plane.svg
`,
  async run(args, streams) {
    const expected = { min: 2, max: 3, name: "argument" };
    const { options, positionals } = parseArguments("envelope", args, OPTIONS, expected);
    const [file = "", ...reactions] = positionals;
    const { readFluxInput } = await import("./flux-input.ts");
    const { phasePlane } = await import("../../metabolism/balance/phase-plane.ts");
    const { model, bounds } = await readFluxInput(file, options, streams.err);
    const { points = 20, "carbon-sources": carbonSources } = options;
    const sources = carbonSources === undefined ? {} : { carbonSources };
    const yields = options.yield === true || carbonSources !== undefined;
    const found = await phasePlane(model, reactions, { bounds, points, yields, ...sources });
    if (yields) streams.err.write(`${yieldNote(found)}\n`);
    const { header, rows } = outputTable(found, yields);
    await writeOutputs(options, () => ({ header, rows }), streams);
    await writeFigure(options.figure, () => drawn(found, model.id), streams);
    if (options.json) streams.out.write(`${json(found, header, rows, yields)}\n`);
    else if (options.csv !== "-") {
      const titles = [...reactions.map((id) => `${id}, mmol/gDW/h`), "least objective", "largest"];
      const extra = header.length > titles.length ? ["carbon yield at least", "at largest"] : [];
      streams.out.write(table([[...titles, ...extra], ...rows.map((row) => row.map((v) => fixed(Number(v))))]));
    }
    return EXIT.done;
  },
};

function yieldNote({ carbonYield, carbonSources }: PhasePlane): string {
  if (carbonYield === undefined)
    return "no carbon yield: the objective is no single reaction, formulas are missing, or no carbon is taken up";
  return `carbon from ${carbonSources.join(", ")}`;
}

/** A row a point of the grid. */
function outputTable({ axes, minimum, maximum, carbonYield }: PhasePlane, yields: boolean): OutputTable {
  const ends = yields && carbonYield !== undefined ? [carbonYield.minimum, carbonYield.maximum] : [];
  const header = [...axes.map(({ reaction }) => reaction), "objective_minimum", "objective_maximum"];
  return {
    header: ends.length === 0 ? header : [...header, "carbon_yield_minimum", "carbon_yield_maximum"],
    rows: Array.from(minimum, (_, k) => [
      ...heldAt(axes, k),
      ...[minimum, maximum, ...ends].map((values) => values[k] ?? Number.NaN),
    ]),
  };
}

function json(
  { axes, carbonSources }: PhasePlane,
  header: readonly string[],
  rows: OutputTable["rows"],
  yields: boolean,
): string {
  const names = [...axes.map((_, k) => (k === 0 ? "flux" : "flux2")), "minimum", "maximum"];
  const all = header.length > names.length ? [...names, "yieldMinimum", "yieldMaximum"] : names;
  const points = rows.map((row) => Object.fromEntries(row.map((value, k) => [all[k] ?? "", value])));
  const [first, second] = axes.map(({ reaction }) => reaction);
  const found = {
    reaction: first,
    ...(second === undefined ? {} : { reaction2: second }),
    ...(yields ? { carbonSources } : {}),
    points,
  };
  return JSON.stringify(found, (_, value) => (Number.isNaN(value) ? null : value), 2);
}

async function drawn(plane: PhasePlane, model: string) {
  const [axis] = plane.axes;
  if (axis === undefined || plane.axes.length > 1)
    return (await import("../../report/figures/phase-plane.ts")).phasePlaneFigure(plane, model);
  const { reaction, flux } = axis;
  const envelope: Envelope = { reaction, flux, minimum: plane.minimum, maximum: plane.maximum };
  return (await import("../../report/figures/envelope.ts")).envelopeFigure(envelope, model);
}
