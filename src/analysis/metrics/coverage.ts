import type { Changes } from "./change.ts";

export interface GroupCoverage {
  readonly group: string;
  /** Share of observed values inside their interval. */
  readonly coverage: number;
  readonly conditions: number;
}

export interface Coverage {
  readonly overall: number;
  /** Worst first. */
  readonly groups: readonly GroupCoverage[];
}

/**
 * How often intervals hold what was observed, over all and by group of conditions.
 * @param lower lower ends, upper upper ends, shape of `observed`
 * @param group the group of each condition
 */
export function coverage(lower: Changes, upper: Changes, observed: Changes, group: readonly string[]): Coverage {
  const tallies = new Map<string, { inside: number; total: number; conditions: number }>();
  for (const [c, y] of observed.entries()) {
    const name = group[c] ?? "";
    const tally = tallies.get(name) ?? { inside: 0, total: 0, conditions: 0 };
    tallies.set(name, tally);
    tally.conditions++;
    for (const [i, value] of y.entries()) {
      tally.total++;
      if (value >= (lower[c]?.[i] ?? 0) && value <= (upper[c]?.[i] ?? 0)) tally.inside++;
    }
  }
  const all = [...tallies.values()];
  const sum = (pick: (tally: { inside: number; total: number }) => number) => all.reduce((s, t) => s + pick(t), 0);
  const groups = [...tallies]
    .map(([name, t]) => ({ group: name, coverage: t.inside / t.total, conditions: t.conditions }))
    .sort((a, b) => a.coverage - b.coverage || (a.group < b.group ? -1 : 1));
  return { overall: sum((t) => t.inside) / sum((t) => t.total), groups };
}
