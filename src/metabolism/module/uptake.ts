import { CellweaveError } from "../../errors.ts";
import { reactionAt } from "../model/edits.ts";
import type { FluxModel } from "../model/flux-model.ts";
import type { ExchangeOption, MetabolicOptions } from "./options.ts";

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
 * @throws CellweaveError for one that isn't a plain exchange, missing kinetics, a pool with two exchanges
 */
export function exchangesOf({ model, exchanges }: MetabolicOptions): Exchange[] {
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
