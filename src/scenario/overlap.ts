import { errorAt } from "./documents/check.ts";
import { showPath } from "./documents/problem.ts";
import type { Source } from "./documents/source.ts";
import type { Perturbation } from "./perturbation.ts";

/**
 * A gene has one level at a time.
 * @throws CellweaveError `scenario/overlap` where two perturbations of a gene are in force together, however each names it
 */
export function refuseOverlaps(perturbations: readonly Perturbation[], source: Source): void {
  for (const [i, later] of perturbations.entries()) {
    const earlier = perturbations.slice(0, i).find((other) => sameGene(other, later) && overlap(other, later));
    if (earlier === undefined) continue;
    const { line } = source.place(earlier.path);
    const where = line === undefined ? showPath(earlier.path) : `${showPath(earlier.path)}, line ${line}`;
    throw errorAt(
      source,
      later.path,
      "scenario/overlap",
      `'${later.label}' and '${earlier.label}' (${where}) set the same gene at the same time`,
      "keep one of the two, or give them windows that don't overlap",
    );
  }
}

function sameGene(a: Perturbation, b: Perturbation): boolean {
  return a.gene !== undefined && a.gene.locus === b.gene?.locus;
}

function overlap(a: Perturbation, b: Perturbation): boolean {
  return a.from < b.to && b.from < a.to;
}
