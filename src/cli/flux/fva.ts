import { WIDTH } from "../../metabolism/screens/job.ts";
import type { FluxRange } from "../../report/figures/variability.ts";
import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { type OutputTable, writeFigure, writeOutputs } from "../output.ts";
import { table } from "../table.ts";
import { FLUX_HELP, FLUX_OPTIONS, SCREEN_HELP, SCREEN_OPTIONS } from "./flux-options.ts";
import { fixed, NOTHING } from "./flux-output.ts";
import { runScreenOf } from "./screen.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  fraction: { type: "number", min: 0, max: 1 },
  loopless: { type: "flag" },
  "pfba-factor": { type: "number", min: 1 },
  ...SCREEN_OPTIONS,
} as const;

export const command: Command = {
  summary: "Least and largest flux of each reaction (flux variability)",
  help: `
Usage: cellweave fva FILE [options]

The least and the largest flux, mmol/gDW/h, that each reaction can carry while the objective keeps a share of its
optimum.

Options:${FLUX_HELP}
  --fraction X              share of the optimum, 0 to 1; default 1
  --loopless                leave out what only runs in a circle (exact; slower)
  --pfba-factor X           keep the total flux within X times (1 or more) the least at that share of the optimum
  --reactions LIST          only these reactions
  --all                     also reactions that can carry nothing${SCREEN_HELP}

Exit codes: 0 done, 2 bad input, 3 infeasible or unbounded, 130 interrupted (--resume goes on).

Examples:
  cellweave fva sbml/ecoli-core.xml --fraction 0.9 --loopless
  cellweave fva sbml/ecoli-core.xml --reactions PGI,PFK,EX_ac_e
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("fva", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { readFluxInput } = await import("./flux-input.ts");
    const { model, bounds } = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const { requireObjective } = await import("../../metabolism/balance/fba.ts");
    const { reactionAt } = await import("../../metabolism/model/edits.ts");
    const { rangedColumns } = await import("../../metabolism/model/flux-model.ts");
    requireObjective(model);
    const twice = options.reactions?.find((id, k, all) => all.indexOf(id) < k);
    if (twice !== undefined) throw usageError("fva", `--reactions: '${twice}' is given twice`, "name each once");
    const { fraction = 1, loopless = false, "pfba-factor": pfbaFactor } = options;
    if (loopless && pfbaFactor !== undefined)
      throw usageError(
        "fva",
        "--loopless and --pfba-factor exclude each other",
        "a factor of 1 leaves no circles either",
      );
    const reactions = options.reactions?.map((id) => reactionAt(model, id)) ?? rangedColumns(model);
    const budget = pfbaFactor === undefined ? {} : { pfbaFactor };
    const job = { kind: "variability", model, bounds, fraction, loopless, ...budget, reactions } as const;
    const outcome = await runScreenOf(job, "flux variability", options, streams);
    if (outcome === undefined) return EXIT.interrupted;
    const { objective, rows } = outcome;
    const ranges = reactions.map((j, k): FluxRange => {
      const [least = Number.NaN, most = Number.NaN] = rows.subarray(k * WIDTH + 1, (k + 1) * WIDTH);
      return { reaction: j, id: model.reactions[j]?.id ?? "", least, most };
    });
    const draw = async () => {
      const { variabilityFigure } = await import("../../report/figures/variability.ts");
      return variabilityFigure({ model, ranges, objective, fraction });
    };
    await writeOutputs(options, () => outputTable(ranges), streams);
    await writeFigure(options.figure, draw, streams);
    if (options.json) {
      const named = Object.fromEntries(ranges.map(({ id, least, most }) => [id, { minimum: least, maximum: most }]));
      const found = { status: "optimal", objective, fraction, loopless, ...budget, ranges: named };
      streams.out.write(`${JSON.stringify(found, null, 2)}\n`);
    } else if (options.csv !== "-") {
      streams.out.write(
        `objective ${fixed(objective)}, kept at ${fraction} of it${limitText(pfbaFactor)}; mmol/gDW/h\n`,
      );
      streams.out.write(report(ranges, options.all === true));
    }
    return EXIT.done;
  },
};

function limitText(pfbaFactor: number | undefined): string {
  return pfbaFactor === undefined ? "" : `, total flux within ${pfbaFactor} times the least`;
}

function outputTable(ranges: readonly FluxRange[]): OutputTable {
  const header = ["reaction", "minimum_mmol_per_gDW_per_h", "maximum_mmol_per_gDW_per_h"];
  return { header, rows: ranges.map(({ id, least, most }) => [id, least, most]) };
}

function report(ranges: readonly FluxRange[], all: boolean): string {
  const shown = ranges.filter(({ least, most }) => all || !(Math.abs(least) < NOTHING && Math.abs(most) < NOTHING));
  return table([["", "least", "largest"], ...shown.map(({ id, least, most }) => [id, fixed(least), fixed(most)])]);
}
