import type { Edit } from "../../cell/edit.ts";

/** Product levels relative to the wild type, by position among the genes: those that an edit ever touched. */
export type DoseState = readonly (readonly [gene: number, level: number])[];

/** How fast products were lost over the window last advanced. */
export interface Loss {
  readonly t0: number;
  readonly t1: number;
  /** 1/h at both ends, and the departure from the line between them (see `parabola`). */
  readonly k0: number;
  readonly k1: number;
  readonly kBend?: number;
}

/**
 * Protein levels that gene edits leave: production times the edit's level, loss by degradation and dilution, so that an
 * acute knockout fades. Levels of genes that no edit ever touched are 1.
 */
export interface Dose {
  /** The production level of each edited gene, from now on. A strain starts with the product of its genotype. */
  apply(edits: readonly Edit[]): void;
  /** Production relative to the wild type by position among the genes. */
  production(gene: number): number;
  /** Production of the genes under an edit that changes it, by position. */
  edited(): ReadonlyMap<number, number>;
  /** Fills levels minus 1 at a time inside the last window (or at its end), shape [genes]. */
  fill(t: number, perturbation: Float64Array): void;
  advance(loss: Loss): void;
  snapshot(): DoseState;
  restore(state: DoseState): void;
}

export function doses(genes: readonly string[]): Dose {
  const index = new Map(genes.map((gene, i) => [gene, i]));
  const production = new Map<number, number>();
  let levels = new Map<number, number>();
  let before = levels;
  let window: Loss | undefined;
  return {
    apply(edits) {
      production.clear();
      const born = new Map<number, number>();
      for (const edit of edits) {
        const gene = edit.kind === "gene" ? index.get(edit.gene) : undefined;
        if (edit.kind !== "gene" || gene === undefined) continue;
        production.set(gene, (production.get(gene) ?? 1) * edit.level);
        born.set(gene, (born.get(gene) ?? 1) * (edit.genotype ? edit.level : 1));
      }
      for (const [gene, level] of born) if (!levels.has(gene)) levels.set(gene, level);
    },
    production: (gene) => production.get(gene) ?? 1,
    edited: () => new Map([...production].filter(([, level]) => level !== 1)),
    fill(t, perturbation) {
      perturbation.fill(0);
      const inside = window !== undefined && t < window.t1;
      for (const [gene, level] of inside ? before : levels) {
        const made = production.get(gene) ?? 1;
        perturbation[gene] = (inside && window ? made + (level - made) * Math.exp(-lost(window, t)) : level) - 1;
      }
    },
    advance(loss) {
      const fade = Math.exp(-lost(loss, loss.t1));
      before = levels;
      levels = new Map(
        [...before].map(([gene, level]) => {
          const made = production.get(gene) ?? 1;
          return [gene, made + (level - made) * fade];
        }),
      );
      window = loss;
    },
    snapshot: () => [...levels],
    restore(state) {
      levels = new Map(state);
      window = undefined;
    },
  };
}

/** Integral of the loss rate from the window's start to t. */
function lost({ t0, t1, k0, k1, kBend = 0 }: Loss, t: number): number {
  const s = (t - t0) / (t1 - t0);
  return (t - t0) * (k0 + (s * (k1 - k0)) / 2 + s * kBend * (s / 3 - 0.5));
}
