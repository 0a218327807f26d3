import { geneAt, reactionAt } from "../model/edits.ts";
import type { FluxModel } from "../model/flux-model.ts";
import { genesOf, holds } from "../model/gene-rule.ts";

export type Targets = "genes" | "reactions";

/** A strain of a deletion screen: plain data, so that another thread can solve it. */
export interface Strain {
  /** Ids of the genes or reactions that are deleted, one or two. */
  readonly deleted: readonly string[];
  /** Indices of the reactions that close, ascending. */
  readonly closed: readonly number[];
  /** What each deletion of a pair closes by itself; none for a single deletion. */
  readonly parts: readonly (readonly number[])[];
}

/**
 * Strains that lack one gene (reaction) each.
 * @param names all of the model where absent
 * @throws CellweaveError for unknown names
 */
export function singleStrains(model: FluxModel, of: Targets, names: readonly string[] = allOf(model, of)): Strain[] {
  const close = closer(model, of);
  return names.map((name) => ({ deleted: [name], closed: close([name]), parts: [] }));
}

/**
 * Strains that lack two: every unordered pair of two different names, one from each list, once.
 * @param first all of the model where absent
 * @param second the first list where absent
 * @throws CellweaveError for unknown names
 */
export function doubleStrains(
  model: FluxModel,
  of: Targets,
  first: readonly string[] = allOf(model, of),
  second: readonly string[] = first,
): Strain[] {
  const close = closer(model, of);
  const alone = new Map([...first, ...second].map((name) => [name, close([name])]));
  const seen = new Set<string>();
  return first.flatMap((a) =>
    second.flatMap((b): Strain[] => {
      const key = a < b ? `${a}\n${b}` : `${b}\n${a}`;
      if (a === b || seen.has(key)) return [];
      seen.add(key);
      return [{ deleted: [a, b], closed: close([a, b]), parts: [alone.get(a) ?? [], alone.get(b) ?? []] }];
    }),
  );
}

function allOf(model: FluxModel, of: Targets): string[] {
  const all = of === "genes" ? model.genes : model.reactions.filter(({ auxiliary }) => auxiliary !== true);
  return all.map(({ id }) => id);
}

/** Which reactions close without some genes (reactions), ascending. */
function closer(model: FluxModel, of: Targets): (names: readonly string[]) => number[] {
  return of === "genes"
    ? geneCloser(model)
    : (names) => names.map((name) => reactionAt(model, name)).sort((a, b) => a - b);
}

function geneCloser(model: FluxModel): (names: readonly string[]) => number[] {
  const ruled: number[][] = model.genes.map(() => []);
  model.reactions.forEach(({ rule }, j) => {
    if (rule !== undefined) for (const gene of genesOf(rule)) ruled[gene]?.push(j);
  });
  const absent = new Uint8Array(model.genes.length);
  return (names) => {
    const genes = names.map((name) => geneAt(model, name));
    for (const gene of genes) absent[gene] = 1;
    const touched = new Set(genes.flatMap((gene) => ruled[gene] ?? []));
    const closed = [...touched].filter((j) => {
      const rule = model.reactions[j]?.rule;
      return rule !== undefined && !holds(rule, absent);
    });
    for (const gene of genes) absent[gene] = 0;
    return closed.sort((a, b) => a - b);
  };
}
