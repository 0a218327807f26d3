import type { Content } from "../../cell/module.ts";
import { checkBalance } from "./check-balance.ts";
import type { FluxModel } from "./flux-model.ts";
import { atomsOf } from "./formula.ts";

/** Elements and charge of one mole of a metabolite, as `charge` where it is stated; undefined without a formula. */
function contentOf({ formula, charge }: FluxModel["metabolites"][number]): Content | undefined {
  const atoms = formula === undefined || formula === "" ? undefined : atomsOf(formula);
  if (atoms === undefined) return undefined;
  return charge === undefined ? atoms : new Map([...atoms, ["charge", charge]]);
}

/**
 * What one turn of a reaction takes from the rest, mmol of each element: of an exchange the content of its metabolite,
 * of growth the content of biomass (mmol/gDW). Undefined where a formula is missing.
 */
export function contentTaken(model: FluxModel, reaction: number): Content | undefined {
  const { starts, rows, values } = model.stoichiometry;
  const taken = new Map<string, number>();
  let charged = true;
  for (let k = starts[reaction] ?? 0; k < (starts[reaction + 1] ?? 0); k++) {
    const metabolite = model.metabolites[rows[k] ?? 0];
    const content = metabolite === undefined ? undefined : contentOf(metabolite);
    if (content === undefined) return undefined;
    if (!content.has("charge")) charged = false;
    for (const [element, amount] of content) taken.set(element, (taken.get(element) ?? 0) - (values[k] ?? 0) * amount);
  }
  if (!charged) taken.delete("charge");
  return taken;
}

/**
 * Elements for which a module's pools and biomass need not balance: what crosses borders that no pool accounts for, and
 * what the model's own reactions don't balance. Undefined where that can't be told, as formulas are missing.
 * @param unaccounted boundary reactions that may carry flux and have no pool
 * @param growth its content is that of biomass, whatever it is
 */
export function openElements(
  model: FluxModel,
  unaccounted: readonly number[],
  growth: number,
): ReadonlySet<string> | undefined {
  const open = new Set<string>();
  for (const reaction of unaccounted) {
    const content = contentTaken(model, reaction);
    if (content === undefined) return undefined;
    for (const element of content.keys()) open.add(element);
    if (!content.has("charge")) open.add("charge");
  }
  const { imbalances, unknown } = checkBalance(model);
  const isGrowth = (id: string) => model.reactionIndex.get(id) === growth;
  if (unknown.some(({ reaction }) => !isGrowth(reaction))) return undefined;
  for (const { reaction, made } of imbalances)
    if (!isGrowth(reaction)) for (const element of made.keys()) open.add(element);
  return open;
}
