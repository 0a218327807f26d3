import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";
import type { SummaryRequest } from "./summary-output.ts";

const OPTIONS = {
  ...FLUX_OPTIONS,
  metabolite: { type: "list" },
  reaction: { type: "list" },
  fva: { type: "number", min: 0, max: 1 },
  json: { type: "flag" },
} as const;

export const command: Command = {
  summary: "What a model takes up and gives off, or what makes and uses a metabolite",
  help: `
Usage: cellweave summary FILE [options]

Solves a constraint-based model (pFBA) and prints what crosses its border, with the share of carbon; with --metabolite
what makes and what uses that metabolite, with --reaction a reaction's equation, genes, bounds and flux.

Options:${FLUX_HELP}
  --metabolite LIST         these metabolites instead of the border
  --reaction LIST           these reactions instead of the border
  --fva X                   also the range of each flux while the objective keeps this share of its optimum, 0 to 1
  --json                    print one JSON object instead of tables

Exit codes: 0 done, 2 bad input, 3 infeasible or unbounded (the message names the bounds).

Examples:
  cellweave summary sbml/ecoli-core.xml --fva 0.95
  cellweave summary sbml/ecoli-core.xml --metabolite atp_c,nadph_c
  cellweave summary sbml/ecoli-core.xml --reaction PFK --knockout pfkA
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("summary", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    if (options.metabolite !== undefined && options.reaction !== undefined)
      throw usageError("summary", "--metabolite and --reaction exclude each other");
    const { readFluxInput } = await import("./flux-input.ts");
    const { metaboliteAt, reactionAt } = await import("../../metabolism/model/edits.ts");
    const { pfba } = await import("../../metabolism/balance/fba.ts");
    const input = await readFluxInput(positionals[0] ?? "", options, streams.err);
    const request: SummaryRequest = {
      metabolites: (options.metabolite ?? []).map((id) => metaboliteAt(input.model, id)),
      reactions: (options.reaction ?? []).map((id) => reactionAt(input.model, id)),
      fraction: options.fva,
    };
    const solution = await pfba(input.model, input.bounds);
    if (solution.status !== "optimal") {
      const { status, message, bounds } = solution;
      if (options.json) streams.out.write(`${JSON.stringify({ status, message, bounds })}\n`);
      else streams.err.write(`${status}: ${message}\n`);
      return EXIT.solver;
    }
    const { summaryOf } = await import("./summary-output.ts");
    const { summaryText } = await import("./summary-text.ts");
    const found = await summaryOf(input, solution, request);
    streams.out.write(options.json ? `${JSON.stringify(found, null, 2)}\n` : summaryText(found));
    return EXIT.done;
  },
};
