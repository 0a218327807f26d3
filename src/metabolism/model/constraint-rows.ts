import { type FluxModel, type FluxReaction, indexById } from "./flux-model.ts";
import { matrixBuilder } from "./program.ts";

/** One term of a constraint: a column of the model, or of its free variables after them. */
export interface ConstraintTerm {
  readonly column: number;
  readonly coefficient: number;
}

/** lower <= sum of coefficient x flux <= upper. */
export interface ConstraintRow {
  readonly id: string;
  readonly name: string | undefined;
  readonly terms: readonly ConstraintTerm[];
  readonly lower: number;
  readonly upper: number;
  readonly line?: number;
}

/** A variable that is no flux; without bounds where none are given. */
export interface FreeVariable {
  readonly id: string;
  readonly lower?: number;
  readonly upper?: number;
  /** Takes whole numbers only. */
  readonly integer?: boolean;
  /** What the file calls such variables. */
  readonly kind?: string;
  readonly line?: number;
}

/**
 * A model with constraints on sums of fluxes: each becomes a row sum - s = 0 with an auxiliary column
 * lower <= s <= upper that has the constraint's id.
 * @param free variables that constraints share; columns after the model's own
 */
export function withConstraintRows(
  model: FluxModel,
  constraints: readonly ConstraintRow[],
  free: readonly FreeVariable[] = [],
): FluxModel {
  if (constraints.length === 0 && free.length === 0) return model;
  const variables = new Set(free.map(({ id }) => id));
  const auxiliary = ({ id, line, integer, kind }: FreeVariable): FluxReaction => ({
    id: model.reactionIndex.has(id) ? `constraint:${id}` : id,
    ...{ name: undefined, rule: undefined, boundary: false, auxiliary: true },
    ...(line === undefined ? {} : { line }),
    ...(integer === true ? { integer } : {}),
    ...(kind === undefined ? {} : { kind }),
  });
  const sum = ({ id, line }: ConstraintRow): FluxReaction =>
    auxiliary({ id: variables.has(id) ? `constraint:${id}` : id, ...(line === undefined ? {} : { line }) });
  const reactions = [...model.reactions, ...free.map(auxiliary), ...constraints.map(sum)];
  const rows = constraints.map(({ id, name }) => {
    return { id, name, compartment: "", formula: undefined, charge: undefined, auxiliary: true };
  });
  const metabolites = [...model.metabolites, ...rows];
  const wide = (of: Float64Array, variables: readonly number[], own: readonly number[]): Float64Array =>
    Float64Array.from([...of, ...variables, ...own]);
  const { lower, upper } = model.bounds;
  const limits = (side: "lower" | "upper") => constraints.map((constraint) => constraint[side]);
  return {
    ...model,
    reactions,
    metabolites,
    stoichiometry: widened(model, constraints, free.length),
    bounds: {
      lower: wide(
        lower,
        free.map((one) => one.lower ?? Number.NEGATIVE_INFINITY),
        limits("lower"),
      ),
      upper: wide(
        upper,
        free.map((one) => one.upper ?? Number.POSITIVE_INFINITY),
        limits("upper"),
      ),
    },
    objective: wide(
      model.objective,
      free.map(() => 0),
      constraints.map(() => 0),
    ),
    reactionIndex: indexById(reactions),
    metaboliteIndex: indexById(metabolites),
  };
}

/** S with a row for each constraint, and columns for free variables and sums. */
function widened(
  { stoichiometry, metabolites, reactions }: FluxModel,
  constraints: readonly ConstraintRow[],
  free: number,
) {
  const m = metabolites.length;
  const added = Array.from({ length: reactions.length + free }, () => new Map<number, number>());
  constraints.forEach(({ terms }, i) => {
    for (const { column, coefficient } of terms) {
      const entries = added[column];
      entries?.set(m + i, (entries.get(m + i) ?? 0) + coefficient);
    }
  });
  const builder = matrixBuilder(m + constraints.length);
  added.forEach((entries, j) => {
    builder.column(stoichiometry, j);
    for (const [row, value] of entries) builder.entry(row, value);
    builder.end();
  });
  constraints.forEach((_, i) => {
    builder.entry(m + i, -1);
    builder.end();
  });
  return builder.matrix();
}
