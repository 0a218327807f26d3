import type { ArmCell } from "./arms/arm-cell.ts";
import type { Names } from "./perturbation.ts";
import type { Scenario } from "./scenario.ts";

/** A variable worth a figure. */
export interface Observable {
  readonly variable: string;
  /** What figures write; the variable's own label or id where absent. */
  readonly label?: string;
}

/** The scenario's observables, resolved; biomass and the pools where it names none. */
export function observablesOf({ spec }: Scenario, names: Names, arms: readonly ArmCell[]): Observable[] {
  if (spec.observables !== undefined)
    return spec.observables.map((id, i) => {
      const variable = names.variable(id, ["observables", i]);
      return variable === id ? { variable } : { variable, label: id.slice(id.indexOf(":") + 1) };
    });
  const variables = arms[0]?.cell.variables ?? [];
  const of = (kind: string) => variables.filter((variable) => variable.kind === kind);
  return [...of("biomass"), ...of("pool")].map(({ id }) => ({ variable: id }));
}
