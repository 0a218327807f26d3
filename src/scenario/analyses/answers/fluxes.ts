import { cycleFree } from "../../../metabolism/balance/cycle-free.ts";
import { fba, pfba } from "../../../metabolism/balance/fba.ts";
import { geometricFba } from "../../../metabolism/balance/geometric.ts";
import { lexicographic } from "../../../metabolism/balance/lexicographic.ts";
import { knockout } from "../../../metabolism/model/edits.ts";
import type { Method } from "../../../metabolism/mutants/methods.ts";
import { mutantFluxes } from "../../../metabolism/mutants/mutant.ts";
import type { Answering } from "../analysis.ts";
import { distribution } from "./rows.ts";

/** Questions whose answer is one flux distribution. */
export const FLUXES = new Map<string, Answering>([
  ["fba", async (_, { model, bounds }) => distribution(model, await fba(model, bounds))],
  ["pfba", async (_, { model, bounds }) => distribution(model, await pfba(model, bounds))],
  ["loopless", async (_, { model, bounds }) => distribution(model, await cycleFree(model, bounds))],
  ["geometric", async (_, { model, bounds }) => distribution(model, await geometricFba(model, { bounds }))],
  [
    "lexicographic",
    async ({ goals }, { model, bounds }) => distribution(model, await lexicographic(model, goals, bounds)),
  ],
  ...(["moma", "linear-moma", "room", "linear-room"] as const).map((method) => [method, adjusted(method)] as const),
]);

/** The fluxes of a mutant nearest to those the cell has. */
function adjusted(method: Exclude<Method, "fba">): Answering {
  return async ({ genes }, { model, bounds, fluxes }) => {
    const wild = { wildType: bounds, ...(fluxes === undefined ? {} : { reference: fluxes }) };
    const mutant = knockout(model, genes ?? [], bounds);
    return distribution(model, await mutantFluxes(model, mutant, method, wild));
  };
}
