/** What was done in an experiment. `amount` is a share (0 to 1) but for overexpression (in the table's unit) and clamp. */
export interface Intervention {
  readonly kind: "knockout" | "knockdown" | "overexpression" | "inhibition" | "clamp";
  /** A variable of the table, or a regulator beside it. */
  readonly target: string;
  readonly amount: number;
}

/** Measurements under one set of interventions: the mean of its replicates. */
export interface Condition {
  readonly project: string;
  readonly interventions: readonly Intervention[];
  /** Shape [variables]; NaN where nothing was measured. */
  readonly values: Float64Array;
  readonly replicates: number;
}

/** A user's experiments: what was measured on the same variables under different interventions. */
export interface Experiments {
  readonly variables: readonly string[];
  readonly conditions: readonly Condition[];
}

/** One name for equal sets of interventions, whatever their order. */
export function keyOf(interventions: readonly Intervention[]): string {
  return interventions
    .map(({ kind, target, amount }) => `${kind} ${target} ${amount}`)
    .sort()
    .join(" + ");
}

/** For people: `arcA knocked out, mek inhibited to 80 %`. */
export function describeInterventions(interventions: readonly Intervention[]): string {
  if (interventions.length === 0) return "nothing";
  return interventions.map(describe).join(", ");
}

function describe({ kind, target, amount }: Intervention): string {
  if (kind === "knockout") return `${target} knocked out`;
  if (kind === "overexpression") return `${target} overexpressed (${amount})`;
  if (kind === "clamp") return `${target} held at ${amount}`;
  return `${target} ${kind === "knockdown" ? "knocked down" : "inhibited"} by ${Math.round(amount * 100)} %`;
}

/** Conditions by their set of interventions, in order of first appearance. */
export function bySetOfInterventions(conditions: readonly Condition[]): Map<string, Condition[]> {
  return grouped(conditions, ({ interventions }) => keyOf(interventions));
}

function grouped(conditions: readonly Condition[], key: (condition: Condition) => string): Map<string, Condition[]> {
  const groups = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const group = groups.get(key(condition));
    if (group === undefined) groups.set(key(condition), [condition]);
    else group.push(condition);
  }
  return groups;
}

/**
 * The mean of replicates: experiments of one project under equal interventions become one condition.
 * @returns in order of first appearance
 */
export function meanOfReplicates(conditions: readonly Condition[]): Condition[] {
  const groups = grouped(conditions, ({ project, interventions }) => JSON.stringify([project, keyOf(interventions)]));
  return [...groups.values()].map((same) => {
    const [first] = same as [Condition];
    const values = first.values.map((_, v) => meanOfKnown(same.map((condition) => condition.values[v] ?? Number.NaN)));
    return { ...first, values, replicates: same.reduce((sum, { replicates }) => sum + replicates, 0) };
  });
}

/** Mean of what is known; NaN of nothing. */
export function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Whether a table holds logarithms: amounts are never negative. */
export function isLogarithmic(conditions: readonly Condition[]): boolean {
  return conditions.some(({ values }) => values.some((value) => value < 0));
}
