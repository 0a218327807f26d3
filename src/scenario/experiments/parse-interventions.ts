import { CellweaveError, type Place } from "../../errors.ts";
import type { Intervention } from "../../regulation/in-context/experiments.ts";

/** Columns that say what was done; every other column is a variable. */
export const INTERVENTION_COLUMNS = ["knockout", "knockdown", "overexpression", "inhibition", "clamp"] as const;

type InterventionColumn = (typeof INTERVENTION_COLUMNS)[number];

/** Words for nothing done. */
const NOTHING = /^(na|n\/a|no|none|nothing|wt|wild[ -]?type|control|ctrl|untreated|unperturbed|mock|vehicle|dmso|-)$/i;

/** Where interventions are written, and what can be meant. */
export interface Written {
  /** Of the cell; without one the text is an option of the command line. */
  readonly place?: Place;
  /** Names that may hold `+`, `;` or `:` themselves. */
  readonly names: readonly string[];
}

/**
 * Interventions of one kind from `geneA+geneB` or `geneA:0.5`.
 * @throws CellweaveError `experiments/amount` for a share outside 0 to 1, or a missing amount
 */
export function parseInterventions(kind: InterventionColumn, text: string, { place, names }: Written): Intervention[] {
  if (text === "" || (NOTHING.test(text) && !names.includes(text))) return [];
  const refuse = (code: string, message: string, hint?: string) =>
    new CellweaveError(`experiments/${code}`, message, {
      ...(place === undefined ? { kind: "usage" as const } : { place }),
      ...(hint === undefined ? {} : { hint }),
    });
  return partsOf(text, names).map((part): Intervention => {
    const colon = names.includes(part) ? -1 : part.lastIndexOf(":");
    const target = colon < 0 ? part : part.slice(0, colon).trim();
    const amount = colon < 0 ? undefined : Number(part.slice(colon + 1));
    if (target === "" || Number.isNaN(amount))
      throw refuse("amount", `${kind} '${part}': expected a name, or name:amount`, amountHint(part.slice(colon + 1)));
    if (kind === "knockout") {
      if (amount !== undefined && amount !== 1)
        throw refuse("amount", `knockout '${part}' has an amount`, "a partial loss is a knockdown");
      return { kind, target, amount: 1 };
    }
    if (kind === "clamp" || kind === "overexpression") {
      if (amount === undefined)
        throw refuse("amount", `${kind} '${part}' has no amount`, `write ${target}:VALUE, in the table's unit`);
      return { kind, target, amount };
    }
    const share = amount ?? 1;
    if (!(share > 0 && share <= 1))
      throw refuse("amount", `${kind} '${part}': the share lost must be above 0 and at most 1`);
    return { kind, target, amount: share };
  });
}

/** `50%` and `0,5` are numbers to people. */
function amountHint(text: string): string | undefined {
  const share = /^\s*(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  if (share !== undefined) return `write ${Number(share) / 100}`;
  return /^\s*\d+,\d+$/.test(text) ? "write a point for the decimal, not a comma" : undefined;
}

/** What is joined by `+` or `;`, unless a name as a whole is written so. */
function partsOf(text: string, names: readonly string[]): string[] {
  if (names.includes(text) || names.includes(text.slice(0, Math.max(0, text.lastIndexOf(":"))))) return [text];
  return text
    .split(/[+;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
