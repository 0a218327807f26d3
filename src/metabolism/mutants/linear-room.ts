import type { LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import { netFluxes, splitBounds, splitProgram } from "../model/program.ts";
import { referenceOf } from "../presolve/reference.ts";
import { overChains, type SubModel } from "../presolve/sub-model.ts";
import { type Adjustment, openAdjustment } from "./adjustment.ts";

/** Room towards a bound below which there is none, mmol gDW^-1 h^-1. */
const NOTHING = 1e-9;

/**
 * The linear relaxation of ROOM: each flux counts by the share of the way that it goes from its wild-type value w to
 * the bound on that side, and the sum of shares is least. Towards an infinite bound every way is short and costs
 * nothing. Several flux distributions may share the least sum.
 * @param reference wild-type fluxes w, shape [reactions]
 * @see doi:10.1073/pnas.0406346102
 */
export function openLinearRoom(runtime: LpRuntime, given: SubModel, reference: Float64Array): Adjustment {
  const from = referenceOf(given, reference);
  const { sub, rest } = from;
  const { rowLower, rowUpper, ...split } = splitProgram(sub.model);
  rowLower.set(rest);
  rowUpper.set(rest);
  const session = runtime.open({ ...split, sense: "minimize", rowLower, rowUpper });
  const price = (bounds: FluxBounds, direction: number) =>
    overChains(sub, (j) => {
      const factor = direction * (sub.factor[j] ?? 0);
      return Math.abs(factor) * pricePerFlux(bounds, reference, j, factor > 0);
    });
  return openAdjustment(runtime, from, {
    solve: (small, full) => {
      const { lower, upper } = splitBounds(small);
      session.setBounds(lower, upper);
      const [up, down] = [price(full, 1), price(full, -1)];
      session.setCosts(split.cost.map((_, k) => (k % 2 === 0 ? up : down)[k >> 1] ?? 0));
      return session.solve();
    },
    change: () => netFluxes(session.point().values),
    distance: (fluxes, full) =>
      fluxes.reduce((sum, v, j) => {
        const away = v - (reference[j] ?? 0);
        return sum + Math.abs(away) * pricePerFlux(full, reference, j, away > 0);
      }, 0),
    dispose: () => session.dispose(),
  });
}

/** What a unit of flux away from the reference costs: the inverse of the way to the bound on that side. */
function pricePerFlux({ lower, upper }: FluxBounds, reference: Float64Array, j: number, up: boolean): number {
  const w = reference[j] ?? 0;
  const room = up ? (upper[j] ?? 0) - w : w - (lower[j] ?? 0);
  return room > NOTHING ? 1 / room : 0;
}
