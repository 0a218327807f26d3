/** The antibody of a kinase's active form, in whatever spelling a table has. */
export interface KinaseAntibody {
  /** Spellings of the protein, upper case, letters and digits alone. */
  readonly proteins: readonly string[];
  readonly residues: readonly string[];
}

/** Spellings as in models/training/breast/sites.py. */
export const AKT: KinaseAntibody = { proteins: ["AKT", "AKT1", "PKB"], residues: ["S473"] };
export const MEK: KinaseAntibody = { proteins: ["MEK", "MEK1", "MEK12", "MAP2K1"], residues: ["S217", "S221"] };

/**
 * Index of the antibody that shares most residues with a kinase's active form and names fewest others; -1 where no
 * antibody of that protein shares one.
 */
export function indexOfAntibody(observables: readonly string[], { proteins, residues }: KinaseAntibody): number {
  let best = -1;
  let most = 0;
  for (const [i, name] of observables.entries()) {
    const found = parts(name);
    if (!proteins.includes(found.protein)) continue;
    const shared = residues.filter((residue) => found.residues.has(residue)).length;
    const score = shared === 0 ? 0 : shared - (found.residues.size - shared) / 100;
    if (score <= most) continue;
    best = i;
    most = score;
  }
  return best;
}

/** `Akt-pS473` is AKT with S473; `MEK1/2_S217_S221` is MEK12 with both. */
function parts(antibody: string): { readonly protein: string; readonly residues: ReadonlySet<string> } {
  const start = antibody.search(/[-_ ]+p?[STY]\d/i);
  const name = start < 0 ? antibody : antibody.slice(0, start);
  const tail = start < 0 ? "" : antibody.slice(start).toUpperCase();
  return { protein: name.toUpperCase().replace(/[^A-Z0-9]/g, ""), residues: new Set(tail.match(/[STY]\d+/g) ?? []) };
}
