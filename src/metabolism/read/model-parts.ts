import { CellweaveError } from "../../errors.ts";
import type { FluxBounds, FluxGene } from "../model/flux-model.ts";
import type { GeneRule } from "../model/gene-rule.ts";
import { parseRule } from "../model/parse-rule.ts";

// What readers of models other than SBML share. Nothing in those files has a line to point to.

/** A fault of a model file: `metabolism/<code>`. */
export function modelFault(code: string, message: string, file: string | undefined, hint?: string): CellweaveError {
  return new CellweaveError(`metabolism/${code}`, message, {
    ...(file === undefined ? {} : { place: { file } }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Index by id. @throws CellweaveError where two things have one id */
export function indexOnce(
  things: readonly { readonly id: string }[],
  what: string,
  file: string | undefined,
): Map<string, number> {
  const index = new Map<string, number>();
  for (const [k, { id }] of things.entries()) {
    if (index.has(id)) throw modelFault("duplicate", `${what} '${id}' is there twice`, file, "give each its own id");
    index.set(id, k);
  }
  return index;
}

/**
 * Bounds that leave every reaction some flux.
 * @throws CellweaveError `metabolism/missing-bounds` or `metabolism/bounds-crossed` naming the reaction
 */
export function checkedBounds(
  ids: readonly string[],
  { lower, upper }: FluxBounds,
  file: string | undefined,
): FluxBounds {
  ids.forEach((id, j) => {
    const [lb = Number.NaN, ub = Number.NaN] = [lower[j], upper[j]];
    if (Number.isNaN(lb)) throw modelFault("missing-bounds", `reaction '${id}' has no lower bound`, file);
    if (Number.isNaN(ub)) throw modelFault("missing-bounds", `reaction '${id}' has no upper bound`, file);
    if (lb > ub || lb === Number.POSITIVE_INFINITY || ub === Number.NEGATIVE_INFINITY)
      throw modelFault(
        "bounds-crossed",
        `reaction '${id}' can take no flux: bounds ${lb} to ${ub}`,
        file,
        "the lower bound must not be above the upper one",
      );
  });
  return { lower, upper };
}

/** Reads gene rules as text; a gene that only a rule names is added to `genes` and `index`. */
export function ruleReader(genes: FluxGene[], index: Map<string, number>, file: string | undefined) {
  const geneOf = (name: string): number => {
    const known = index.get(name) ?? genes.push({ id: name, name: undefined }) - 1;
    index.set(name, known);
    return known;
  };
  return (text: string, reaction: string): GeneRule | undefined => {
    if (text.trim() === "") return undefined;
    try {
      return parseRule(text.trim(), geneOf);
    } catch (cause) {
      const hint = "mend the rule, or empty it: then no gene's deletion touches the reaction";
      throw modelFault("gene-rule", `reaction '${reaction}': ${(cause as Error).message}`, file, hint);
    }
  };
}
