import { type IntegerRow, integerLeftNullSpace } from "../../numerics/linear/integer-null-space.ts";
import type { SbmlDocument, SpeciesReference } from "../../sbml/document.ts";

/** Amounts whose weighted sum no reaction changes, such as all forms of an enzyme or all adenine nucleotides. */
export interface Moiety {
  /** Species and their weights; whole numbers unless conversion factors differ. */
  readonly species: readonly { readonly id: string; readonly weight: number }[];
}

/**
 * The conserved moieties of a model: a basis of the left null space of its stoichiometric matrix, in whole numbers and
 * without minus signs where there are such.
 *
 * Species that rules determine, boundary species and those whose stoichiometry varies or is not finite take no part. Between events the
 * totals stay what they are.
 */
export function conservedMoieties(document: SbmlDocument): Moiety[] {
  const { ids, rows } = stoichiometry(document);
  const factors = conversionFactors(document);
  return integerLeftNullSpace(rows).map((weights) => ({
    species: [...weights]
      .sort(([a], [b]) => a - b)
      .map(([i, weight]) => ({ id: ids[i] ?? "", weight: Number(weight) / (factors.get(ids[i] ?? "") ?? 1) })),
  }));
}

/** `A + 2 B`, with the signs and weights of a moiety. */
export function moietyText({ species }: Moiety): string {
  const term = (id: string, weight: number): string => (weight === 1 ? id : `${Number(weight.toPrecision(6))} ${id}`);
  return species
    .map(({ id, weight }, k) => {
      const sign = weight < 0 ? (k === 0 ? "-" : " - ") : k === 0 ? "" : " + ";
      return sign + term(id, Math.abs(weight));
    })
    .join("");
}

/** Species that reactions alone determine, and their rows of whole numbers; columns are scaled reactions. */
function stoichiometry(document: SbmlDocument): { ids: string[]; rows: IntegerRow[] } {
  const ruled = new Set(document.rules.map((r) => r.variable));
  const free = document.species.filter((s) => !s.boundaryCondition && !s.constant && !ruled.has(s.id));
  const index = new Map(free.map((s, i) => [s.id, i]));
  const rows: IntegerRow[] = free.map(() => new Map());
  const reacting = new Set<number>();
  const varying = variesIn(document);
  const fixed = document.reactions.length;
  document.reactions.forEach((reaction, column) => {
    if (reaction.kineticLaw === undefined) return;
    const net = new Map<number, number>();
    const add = (ref: SpeciesReference, sign: number): void => {
      const i = index.get(ref.species);
      if (i === undefined) return;
      reacting.add(i);
      if (varying(ref)) rows[i]?.set(fixed + i, 1n);
      else net.set(i, (net.get(i) ?? 0) + sign * (ref.stoichiometry ?? 1));
    };
    for (const ref of reaction.reactants) add(ref, -1);
    for (const ref of reaction.products) add(ref, 1);
    const scale = decimals([...net.values()]);
    for (const [i, n] of net) {
      const whole = Math.round(n * scale);
      if (!Number.isFinite(whole)) rows[i]?.set(fixed + i, 1n);
      else if (whole !== 0) rows[i]?.set(column, BigInt(whole));
    }
  });
  const kept = free.map((_, i) => i).filter((i) => reacting.has(i));
  return { ids: kept.map((i) => free[i]?.id ?? ""), rows: kept.map((i) => rows[i] ?? new Map()) };
}

function variesIn(document: SbmlDocument): (ref: SpeciesReference) => boolean {
  const computed = new Set([
    ...document.rules.map((r) => r.variable),
    ...document.initialAssignments.map((a) => a.symbol),
    ...document.events.flatMap((e) => e.assignments.map((a) => a.variable)),
  ]);
  const algebraic = document.rules.some((r) => r.kind === "algebraic");
  return ({ id, constant, stoichiometryMath }) =>
    stoichiometryMath !== undefined || (id !== "" && (computed.has(id) || (algebraic && !constant)));
}

/** The power of ten that makes all numbers whole. */
function decimals(values: readonly number[]): number {
  let scale = 1;
  while (scale < 1e12 && values.some((v) => Math.abs(v * scale - Math.round(v * scale)) > 1e-9 * Math.abs(v * scale)))
    scale *= 10;
  return scale;
}

function conversionFactors(document: SbmlDocument): Map<string, number> {
  const values = new Map(document.parameters.map((p) => [p.id, p.value ?? 1]));
  const out = new Map<string, number>();
  for (const s of document.species) {
    const factor = s.conversionFactor ?? document.conversionFactor;
    if (factor !== undefined) out.set(s.id, values.get(factor) ?? 1);
  }
  return out;
}
