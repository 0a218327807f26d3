import { balance } from "../model/flux-model.ts";
import { unreduced } from "./presolve.ts";
import { overChains, type SubModel } from "./sub-model.ts";

/** Members of a chain that disagree by less are the same flux, mmol gDW^-1 h^-1. */
const AGREEMENT = 1e-7;

/** Reference fluxes as the small model sees them. */
export interface Reference {
  /** The small model; the full one as its own where the reference doesn't fit a small one. */
  readonly sub: SubModel;
  /** Flux of each chain, shape [chains]. */
  readonly centre: Float64Array;
  /** What a change from the reference must add to each row for balance, shape [rows]; 0 for a balanced reference. */
  readonly rest: Float64Array;
}

/**
 * Reference fluxes by chain. A reference that no flux distribution of the small model comes near (measured fluxes that
 * don't balance, or another medium's) is compared with in the full model.
 * @param reference shape [reactions]
 */
export function referenceOf(sub: SubModel, reference: Float64Array): Reference {
  const { chain, factor } = sub;
  const length = overChains(sub, (j) => (factor[j] ?? 0) ** 2);
  const centre = overChains(sub, (j) => (factor[j] ?? 0) * (reference[j] ?? 0)).map((sum, c) => sum / (length[c] ?? 1));
  const fits = chain.every(
    (c, j) => Math.abs((reference[j] ?? 0) - (c < 0 ? 0 : (factor[j] ?? 0) * (centre[c] ?? 0))) < AGREEMENT,
  );
  if (!fits) return referenceOf(unreduced(sub.full), reference);
  const rest = balance(sub.model, centre).map((gained) => (Math.abs(gained) < AGREEMENT ? 0 : -gained));
  return { sub, centre, rest };
}
