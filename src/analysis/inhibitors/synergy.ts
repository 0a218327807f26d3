import { CellweaveError } from "../../errors.ts";
import { mean } from "../../numerics/statistics.ts";
import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";

/** Effects of two drugs over a grid of doses, each measured several times (under several ligands, say). */
export interface DoseGrid {
  /** Ascending, the first 0; shape [a] and [b]. */
  readonly dosesA: readonly number[];
  readonly dosesB: readonly number[];
  /** Name of each repeat: what is drawn again together. */
  readonly repeats: readonly string[];
  /** Share of the untreated signal that is lost, 0 to 1, shape [repeats][a][b]. */
  readonly effect: readonly (readonly (readonly number[])[])[];
}

/** Observed minus expected effect at every pair of doses, shape [a][b]: positive is synergy. */
export interface Synergy {
  readonly bliss: readonly (readonly Interval[])[];
  readonly loewe: readonly (readonly Interval[])[];
}

/**
 * Excess over Bliss independence and over Loewe additivity, with 95 % intervals by bootstrap over repeats.
 *
 * Bliss expects a + b - ab of the single effects; Loewe the effect E at which a/A(E) + b/B(E) = 1, with A and B the doses
 * that reach E alone (lines between measured doses; a drug that never reaches E counts for nothing).
 * @throws CellweaveError `synergy/doses` where doses don't ascend from 0
 * @see doi:10.1111/j.1744-7348.1939.tb06990.x (Bliss 1939); Loewe and Muischnek 1926
 */
export function synergy(grid: DoseGrid, bootstrap: BootstrapOptions): Synergy {
  for (const doses of [grid.dosesA, grid.dosesB])
    if (doses[0] !== 0 || doses.some((dose, i) => i > 0 && !(dose > (doses[i - 1] ?? 0))))
      throw new CellweaveError("synergy/doses", `expected doses that ascend from 0, got ${doses.join(", ")}`);
  const table = (excess: (effect: Effects, i: number, j: number) => number): Interval[][] =>
    grid.dosesA.map((_, i) =>
      grid.dosesB.map((_, j) =>
        clusterBootstrap(grid.repeats, (drawn) => excess(meanEffect(grid, drawn), i, j), bootstrap),
      ),
    );
  return {
    bliss: table((effect, i, j) => (effect[i]?.[j] ?? 0) - bliss(effect[i]?.[0] ?? 0, effect[0]?.[j] ?? 0)),
    loewe: table((effect, i, j) => (effect[i]?.[j] ?? 0) - loewe(grid, effect, i, j)),
  };
}

type Effects = readonly (readonly number[])[];

function meanEffect({ dosesA, dosesB, effect }: DoseGrid, drawn: readonly number[]): Effects {
  return dosesA.map((_, i) => dosesB.map((_, j) => mean(drawn.map((r) => effect[r]?.[i]?.[j] ?? 0))));
}

function bliss(a: number, b: number): number {
  return a + b - a * b;
}

function loewe({ dosesA, dosesB }: DoseGrid, effect: Effects, i: number, j: number): number {
  const aloneA = effect.map((row) => row[0] ?? 0);
  const aloneB = effect[0] ?? [];
  const sum = (level: number): number =>
    (dosesA[i] ?? 0) / doseFor(dosesA, aloneA, level) + (dosesB[j] ?? 0) / doseFor(dosesB, aloneB, level);
  let low = 0;
  let high = Math.max(...aloneA, ...aloneB);
  if (sum(high) >= 1) return high;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (sum(middle) >= 1) low = middle;
    else high = middle;
  }
  return low;
}

/** The dose that reaches an effect alone, on lines between the measured ones; infinite where none does. */
function doseFor(doses: readonly number[], alone: readonly number[], level: number): number {
  for (let i = 1; i < doses.length; i++) {
    const [e0 = 0, e1 = 0, d0 = 0, d1 = 0] = [alone[i - 1], alone[i], doses[i - 1], doses[i]];
    if (e1 >= level && e1 > e0) return d0 + ((level - e0) / (e1 - e0)) * (d1 - d0);
  }
  return Number.POSITIVE_INFINITY;
}
