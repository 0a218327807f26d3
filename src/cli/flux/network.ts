import type { BalanceReport } from "../../metabolism/model/check-balance.ts";
import type { DeadEnd } from "../../metabolism/model/structure.ts";
import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";

const OPTIONS = { ...FLUX_OPTIONS, "open-exchanges": { type: "flag" }, json: { type: "flag" } } as const;

export const command: Command = {
  summary: "What is amiss in a metabolic network: balance, blocked reactions, dead ends",
  help: `
Usage: cellweave network FILE [options]

Checks that reactions balance elements and charge, and lists reactions that can carry no flux and metabolites that are
only made or only used.

Options:${FLUX_HELP}
  --open-exchanges          look for blocked reactions with every exchange open, not in this medium
  --json                    print one JSON object instead of text

Example:
  cellweave network sbml/ecoli-core.xml --open-exchanges
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("network", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { readFluxInput } = await import("./flux-input.ts");
    const { checkBalance } = await import("../../metabolism/model/check-balance.ts");
    const { blockedReactions, deadEnds } = await import("../../metabolism/model/structure.ts");
    const { model, bounds } = await readFluxInput(positionals[0] ?? "", options);
    for (const remark of model.remarks ?? []) streams.err.write(`warning: ${remark}\n`);
    const balance = checkBalance(model);
    const openExchanges = options["open-exchanges"] === true;
    const blocked = (await blockedReactions(model, { bounds, openExchanges }))?.map(
      (j) => model.reactions[j]?.id ?? "",
    );
    const ends = deadEnds(model, bounds);
    streams.out.write(options.json ? json(balance, blocked, ends) : text(balance, blocked, ends));
    return EXIT.done;
  },
};

function json(
  { imbalances, unknown }: BalanceReport,
  blocked: readonly string[] | undefined,
  deadEnds: readonly DeadEnd[],
) {
  const unbalanced = imbalances.map(({ reaction, made }) => ({ reaction, made: Object.fromEntries(made) }));
  return `${JSON.stringify({ unbalanced, unknown, blocked: blocked ?? null, deadEnds }, null, 2)}\n`;
}

function text(
  { imbalances, unknown }: BalanceReport,
  blocked: readonly string[] | undefined,
  ends: readonly DeadEnd[],
) {
  const section = (title: string, lines: readonly string[]) =>
    `${[`${title}: ${lines.length}`, ...lines].join("\n  ")}\n`;
  const ofKind = (kind: DeadEnd["kind"]) => ends.flatMap((end) => (end.kind === kind ? [end.metabolite] : []));
  return (
    section(
      "Unbalanced reactions (what one turn makes)",
      imbalances.map(
        ({ reaction, made }) =>
          `${reaction}: ${[...made].map(([e, n]) => `${e} ${Number(n.toPrecision(6))}`).join(", ")}`,
      ),
    ) +
    section(
      "Balance unknown for want of a formula",
      unknown.map(({ reaction, metabolites }) => `${reaction}: ${metabolites.join(", ")}`),
    ) +
    (blocked === undefined
      ? "Blocked reactions: no steady state is possible within the bounds\n"
      : section("Blocked reactions", blocked)) +
    section("Metabolites never made", ofKind("never-made")) +
    section("Metabolites never used", ofKind("never-used"))
  );
}
