import type { Course } from "./contender.ts";

export interface Difference {
  /** Largest over species and points. */
  readonly worst: number;
  /** Species where it is. */
  readonly at: string;
  /** Species compared. */
  readonly species: number;
}

/** Below this share of a species' own largest value, differences are taken relative to that share. */
const SHARE = 1e-3;
/** Magnitudes that count as nothing, in the model's unit of concentration. */
const NOTHING = 1e-10;

/** Largest difference relative to the reference, over the species that both have. */
export function differenceOf(course: Course, reference: Course): Difference {
  let [worst, at, species] = [0, "", 0];
  for (const [id, expected] of reference) {
    const found = course.get(id);
    if (found === undefined) continue;
    species++;
    const largest = Math.max(...Array.from(expected, Math.abs));
    const floor = Math.max(SHARE * largest, NOTHING);
    for (let i = 0; i < expected.length; i++) {
      const [a, b] = [found[i] ?? Number.NaN, expected[i] ?? Number.NaN];
      const d = Math.abs(a - b) / Math.max(Math.abs(b), floor);
      if (d > worst || Number.isNaN(d)) [worst, at] = [Number.isNaN(d) ? Number.POSITIVE_INFINITY : d, id];
    }
  }
  return { worst, at, species };
}
