import { CellweaveError } from "../errors.ts";
import { reactionAt } from "./edits.ts";
import type { FluxModel } from "./flux-model.ts";
import type { ExchangeOption, MetabolicOptions } from "./metabolic-options.ts";

/** An exchange, checked and ready. */
export interface Exchange {
  readonly reaction: number;
  readonly id: string;
  readonly pool: string;
  /** mmol gDW^-1 h^-1 */
  readonly vmax: number;
  /** mmol/L; 0 where there is no uptake. */
  readonly km: number;
  /** Locus tag of the gene whose expression scales vmax, where there is one. */
  readonly gene?: string;
}

/** Largest uptake at concentration c (mmol/L): vmax c / (km + c), 0 below c = 0. */
export function uptake(vmax: number, km: number, c: number): number {
  return c > 0 ? (vmax * c) / (km + c) : 0;
}

/** Its derivative, L gDW^-1 h^-1; at c = 0 the one to the right. */
export function uptakeSlope(vmax: number, km: number, c: number): number {
  return c >= 0 ? (vmax * km) / ((km + c) * (km + c)) : 0;
}

/**
 * The exchanges of a module.
 * @throws CellweaveError for a boundary reaction named twice or nowhere, one that isn't a plain exchange, missing kinetics
 */
export function exchangesOf({ model, exchanges, unlimited = [], closed = [] }: MetabolicOptions): Exchange[] {
  const named = new Map<string, string>();
  const claim = (reaction: string, list: string): void => {
    const before = named.get(reaction);
    if (before !== undefined)
      throw new CellweaveError("metabolism/exchange-twice", `'${reaction}' is in '${before}' and in '${list}'`);
    if (model.reactions[reactionAt(model, reaction)]?.boundary !== true)
      throw new CellweaveError(
        "metabolism/not-exchange",
        `'${reaction}' in '${list}' isn't an exchange of '${model.id}'`,
      );
    named.set(reaction, list);
  };
  for (const { reaction } of exchanges) claim(reaction, "exchanges");
  for (const reaction of unlimited) claim(reaction, "unlimited");
  if (closed !== "others") {
    for (const reaction of closed) claim(reaction, "closed");
    const forgotten = model.reactions.filter(({ id, boundary }) => boundary && !named.has(id)).map(({ id }) => id);
    if (forgotten.length > 0)
      throw new CellweaveError("metabolism/exchange-nowhere", `nothing is said about ${forgotten.join(", ")}`, {
        hint: "give each a pool, or list it under 'unlimited' or 'closed' (closed: others for all)",
      });
  }
  const pools = new Set(exchanges.map(({ pool }) => pool));
  if (pools.size < exchanges.length)
    throw new CellweaveError("metabolism/pool-twice", "two exchanges name the same pool; one pool has one exchange");
  return exchanges.map((option) => exchange(model, option));
}

function exchange(model: FluxModel, { reaction: id, pool, vmax, km, gene }: ExchangeOption): Exchange {
  const reaction = reactionAt(model, id);
  const { starts, values } = model.stoichiometry;
  const first = starts[reaction] ?? 0;
  if ((starts[reaction + 1] ?? 0) - first !== 1 || values[first] !== -1)
    throw new CellweaveError(
      "metabolism/not-exchange",
      `'${id}' must have one reactant of stoichiometry 1 to have a pool`,
    );
  const most = vmax ?? Math.max(0, -(model.bounds.lower[reaction] ?? 0));
  if (!(most >= 0 && Number.isFinite(most)))
    throw new CellweaveError("metabolism/uptake", `'${id}': vmax must be finite and >= 0, got ${most}`);
  if (most > 0 && !(km !== undefined && km > 0))
    throw new CellweaveError("metabolism/uptake", `'${id}': uptake needs km > 0 in mmol/L, got ${km ?? "none"}`, {
      hint: "give km, or vmax: 0 for secretion only",
    });
  return { reaction, id, pool, vmax: most, km: most > 0 ? (km ?? 0) : 0, ...(gene === undefined ? {} : { gene }) };
}
