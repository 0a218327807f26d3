import { CellweaveError } from "../../errors.ts";
import { metaboliteAt, reactionAt } from "../model/edits.ts";
import type { FluxModel } from "../model/flux-model.ts";
import type { ExchangeOption } from "../module/options.ts";
import { DEFAULT_KM, type DynamicOptions, type StrainOption, type UptakeOption } from "./options.ts";

/** An uptake bound of this size or more means "as much as the cell wants", mmol gDW^-1 h^-1. */
const PLENTY = 999;
/** Most exchanges of a model whose products are all followed unasked. */
const FEW = 60;

/** An exchange with one metabolite, of stoichiometry -1: BiGG's way. */
interface PlainExchange {
  readonly reaction: string;
  readonly metabolite: string;
  /** mmol gDW^-1 h^-1. */
  readonly uptake: number;
}

function plainExchanges({ reactions, metabolites, stoichiometry, bounds }: FluxModel): PlainExchange[] {
  const { starts, rows, values } = stoichiometry;
  return reactions.flatMap(({ id, boundary }, j): PlainExchange[] => {
    const at = starts[j] ?? 0;
    if (!boundary || (starts[j + 1] ?? 0) - at !== 1 || values[at] !== -1) return [];
    const metabolite = metabolites[rows[at] ?? 0]?.id ?? "";
    return [{ reaction: id, metabolite, uptake: Math.max(0, -(bounds.lower[j] ?? 0)) }];
  });
}

/** Ids of all compounds that get a pool: those given, those followed, those with an uptake of their own. */
export function compoundsOf(options: DynamicOptions): string[] {
  const { strains, compounds, track } = options;
  for (const id of [...compounds.map((one) => one.id), ...(track ?? [])]) known(strains, id);
  const named = strains.flatMap(({ model, uptake = [] }) => uptake.map((one) => metaboliteOf(model, one)));
  const followed = track ?? strains.flatMap(({ model }) => products(model));
  return [...new Set([...compounds.map(({ id }) => id), ...named, ...followed])];
}

/** Exchanges of compounds that are there or fed and that no strain can take up: their bounds are shut. */
export function leftAlone(options: DynamicOptions): string[] {
  const pools = compoundsOf(options);
  const fed = options.strains.flatMap((strain) => exchangesOfStrain(strain, pools).exchanges);
  const there = options.compounds.filter(({ initial, feed = 0 }) => initial > 0 || feed > 0);
  return there.flatMap(({ id }) => {
    const own = fed.filter(({ pool }) => pool === `pool:${id}`);
    return own.some(({ vmax = 0 }) => vmax > 0) ? [] : [own[0]?.reaction ?? ""];
  });
}

function known(strains: readonly StrainOption[], id: string): void {
  const holders = strains.filter(({ model }) => plainExchanges(model).some(({ metabolite }) => metabolite === id));
  const [first] = strains;
  if (holders.length > 0 || first === undefined) return;
  metaboliteAt(first.model, id);
  throw new CellweaveError("dfba/compound", `no strain has an exchange reaction of '${id}'`, {
    hint: "name a compound outside the cell, for example glc__D_e",
  });
}

function metaboliteOf(model: FluxModel, { reaction }: UptakeOption): string {
  reactionAt(model, reaction);
  const found = plainExchanges(model).find((exchange) => exchange.reaction === reaction);
  if (found !== undefined) return found.metabolite;
  throw new CellweaveError("dfba/uptake", `'${reaction}' isn't an exchange of one compound in '${model.id}'`);
}

/** Organic compounds that a small model can give off and doesn't take up. */
function products(model: FluxModel): string[] {
  const exchanges = plainExchanges(model);
  if (exchanges.length > FEW) return [];
  return exchanges.flatMap(({ metabolite, uptake }) => {
    if (uptake > 0) return [];
    const formula = model.metabolites[model.metaboliteIndex.get(metabolite) ?? -1]?.formula ?? "";
    return /C(?![a-z])/.test(formula) && formula !== "CO2" ? [metabolite] : [];
  });
}

/** What the exchanges of a strain are for in its module. */
export interface StrainExchanges {
  readonly exchanges: readonly ExchangeOption[];
  readonly unlimited: readonly string[];
}

/**
 * Exchanges of one strain: those of pools with their kinetics, and those that the model leaves open without limit.
 * @param pools ids of compounds with a pool
 * @throws CellweaveError for an uptake with a limit and no pool: nobody says how much there is
 */
export function exchangesOfStrain({ model, uptake = [] }: StrainOption, pools: readonly string[]): StrainExchanges {
  const pooled = new Set(pools);
  const given = new Map(uptake.map((one) => [one.reaction, one]));
  const all = plainExchanges(model);
  const exchanges = all.flatMap(({ reaction, metabolite, uptake: own }): ExchangeOption[] => {
    if (!pooled.has(metabolite)) return [];
    const { vmax = own, km = DEFAULT_KM } = given.get(reaction) ?? {};
    return [{ reaction, pool: `pool:${metabolite}`, vmax, ...(vmax > 0 ? { km } : {}) }];
  });
  const others = all.filter(({ metabolite, uptake: own }) => !pooled.has(metabolite) && own > 0);
  const limited = others.filter(({ uptake: own }) => own < PLENTY);
  const [first] = limited;
  if (first !== undefined)
    throw new CellweaveError(
      "dfba/no-pool",
      `'${model.id}' takes up ${limited.map(({ metabolite, uptake: own }) => `${metabolite} (at most ${own})`).join(", ")}, ` +
        "and nothing says how much there is",
      { hint: `give its concentration at the start, mmol/L: --pool ${first.metabolite}=10` },
    );
  return { exchanges, unlimited: others.map(({ reaction }) => reaction) };
}
