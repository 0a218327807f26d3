import type { Condition } from "./task.ts";

/**
 * Doses in the pools of a cell of models/breast. The data don't state them. Ligands are relative to the experiment's;
 * GSK690693 is put at about twice its cellular IC50 (43 to 150 nmol/L, doi:10.1158/0008-5472.CAN-07-5783), the others
 * far above theirs. nmol/L.
 */
const DOSES: ReadonlyMap<string, number> = new Map([
  ["GSK690693", 250],
  ["GSK1120212", 100],
  ["PD173074", 1000],
]);

/** What is added without being a ligand. */
const VEHICLE = "PBS";

/** Hours that a drug is there before the stimulus. */
export const BEFORE = 2;

/** A pool of the cell and what it is set to. */
export interface Addition {
  readonly pool: string;
  readonly amount: number;
}

/** Drugs of a condition; one without a known dose is named in `unknown`. */
export function drugsOf({ inhibitor }: Pick<Condition, "inhibitor">) {
  const names = inhibitor === "" ? [] : inhibitor.split("+");
  const added = names.flatMap((name): Addition[] => {
    const amount = DOSES.get(name);
    return amount === undefined ? [] : [{ pool: `pool:${name}`, amount }];
  });
  return { added, unknown: names.filter((name) => !DOSES.has(name)) };
}

/** Ligands of a condition. */
export function ligandsOf({ stimulus }: Pick<Condition, "stimulus">): Addition[] {
  const names = stimulus.split("+").filter((name) => name !== "" && name !== VEHICLE);
  return names.map((name) => ({ pool: `pool:${name}`, amount: 1 }));
}
