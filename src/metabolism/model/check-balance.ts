import type { FluxModel } from "./flux-model.ts";
import { atomsOf } from "./formula.ts";

/** A reaction that makes or destroys something. */
export interface Imbalance {
  readonly reaction: string;
  /** What one turn of the reaction makes (positive) or destroys, by element; `charge` for charge. */
  readonly made: ReadonlyMap<string, number>;
}

export interface BalanceReport {
  readonly imbalances: readonly Imbalance[];
  /** Reactions that can't be judged, with the metabolites whose formula is missing or not one. */
  readonly unknown: readonly { readonly reaction: string; readonly metabolites: readonly string[] }[];
}

const NOTHING = 1e-6;

/**
 * Balance of elements and charge in every reaction inside the model. Boundary reactions are left out, and so are those
 * of the objective, as biomass has no formula. Charge is judged where every metabolite states one.
 */
export function checkBalance(model: FluxModel): BalanceReport {
  const { starts, rows, values } = model.stoichiometry;
  const atoms = model.metabolites.map(({ formula }) => (formula === undefined ? undefined : atomsOf(formula)));
  const imbalances: Imbalance[] = [];
  const unknown: { reaction: string; metabolites: string[] }[] = [];
  model.reactions.forEach(({ id, boundary, auxiliary }, j) => {
    if (boundary || auxiliary === true || model.objective[j] !== 0) return;
    const made = new Map<string, number>();
    const missing: string[] = [];
    let charged = true;
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const i = rows[k] ?? 0;
      const coefficient = values[k] ?? 0;
      const metabolite = model.metabolites[i];
      if (metabolite?.auxiliary === true) continue;
      const parts = atoms[i];
      if (parts === undefined) missing.push(metabolite?.id ?? "");
      for (const [element, count] of parts ?? []) made.set(element, (made.get(element) ?? 0) + coefficient * count);
      if (metabolite?.charge === undefined) charged = false;
      made.set("charge", (made.get("charge") ?? 0) + coefficient * (metabolite?.charge ?? 0));
    }
    if (!charged) made.delete("charge");
    if (missing.length > 0) {
      unknown.push({ reaction: id, metabolites: missing });
      return;
    }
    const wrong = [...made].filter(([, amount]) => Math.abs(amount) > NOTHING);
    if (wrong.length > 0) imbalances.push({ reaction: id, made: new Map(wrong) });
  });
  return { imbalances, unknown };
}
