import { CellweaveError } from "../../errors.ts";

/** A file, or a part of one, and the training that it says it comes from. */
export interface Fit {
  readonly name: string;
  readonly fit: string | undefined;
}

/**
 * Parts of two trainings don't go together: weights of one, intervals or plain rows fitted beside the other.
 * @throws CellweaveError `card/mixed-fit` naming both; nothing where either doesn't say
 */
export function checkFit(a: Fit, b: Fit): void {
  if (a.fit === undefined || b.fit === undefined || a.fit === b.fit) return;
  throw new CellweaveError("card/mixed-fit", `${a.name} is of training ${a.fit}, ${b.name} of ${b.fit}`, {
    hint: "fit them all again: npm run fit:ecoli (models/training/README.md), or restore files of one training",
  });
}
