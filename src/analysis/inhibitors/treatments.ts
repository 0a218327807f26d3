import type { Condition, InhibitorTask } from "./task.ts";

/** Hours that a drug is there before the stimulus. */
export const BEFORE = 2;

/** A pool of the cell and what it is set to. */
export interface Addition {
  readonly pool: string;
  readonly amount: number;
}

/** Drugs of a condition at their assumed doses, nmol/L; one without a dose is named in `unknown`. */
export function drugsOf({ inhibitor }: Pick<Condition, "inhibitor">, { names }: Pick<InhibitorTask, "names">) {
  const given = inhibitor === "" ? [] : inhibitor.split("+");
  const added = given.flatMap((name): Addition[] => {
    const amount = names.doses.get(name);
    return amount === undefined ? [] : [{ pool: `pool:${name}`, amount }];
  });
  return { added, unknown: given.filter((name) => !names.doses.has(name)) };
}

/** Ligands of a condition, relative to the dose of the experiments. */
export function ligandsOf({ stimulus }: Pick<Condition, "stimulus">, { names }: Pick<InhibitorTask, "names">) {
  const given = stimulus.split("+").filter((name) => name !== "" && !names.isVehicle(name));
  return given.map((name): Addition => ({ pool: `pool:${name}`, amount: 1 }));
}
