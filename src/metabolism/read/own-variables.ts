import { didYouMean } from "../../suggest.ts";
import { type ConstraintRow, type FreeVariable, withConstraintRows } from "../model/constraint-rows.ts";
import type { FluxModel } from "../model/flux-model.ts";
import { numberOf, type Tree } from "./cobra-text.ts";
import { type DirectedColumns, directedColumns } from "./directed-columns.ts";
import { type LinearExpression, linearExpression } from "./linear-expression.ts";
import { indexOnce, modelFault } from "./model-parts.ts";

/**
 * The model with the variables and constraints that pyTFA writes into its JSON: Gibbs energies of reaction (DeltaG,
 * kcal or kJ/mol), log concentrations (ln of mol/L), binary variables for the use of each direction. Each variable is
 * an auxiliary column with its name, bounds and type, each constraint a row; none is left out.
 * @throws CellweaveError naming the variable or constraint that isn't linear, has no numbers as bounds, or an unknown type
 * @see doi:10.1093/bioinformatics/bty499 (pyTFA); doi:10.1529/biophysj.106.093138 (thermodynamics-based flux analysis)
 */
export function withOwnVariables(root: Tree, model: FluxModel): FluxModel {
  if (root.variables === undefined && root.constraints === undefined) return model;
  const { file } = model;
  if (root.kind !== undefined && root.kind !== "ThermoModel")
    throw modelFault(
      "unsupported",
      `the model (${String(root.kind)}) has variables and constraints of a kind that isn't read`,
      file,
      "flux models (COBRA) and pyTFA's ThermoModel are; others can be written in SBML with fbc version 3",
    );
  const variables = entriesOf(root, "variables", file).map((entry) => variableOf(entry, file));
  const columns = directedColumns(model, variables);
  const constraints = entriesOf(root, "constraints", file).map((entry) => constraintOf(entry, columns, file));
  indexOnce(constraints, "constraint", file);
  refuseUncoupled(columns, root, file);
  const objective = objectiveOf(root, columns, file);
  const wide = withConstraintRows(model, [...constraints, ...columns.rows()], columns.variables());
  return {
    ...wide,
    integer: Uint8Array.from(wide.reactions, ({ integer }) => (integer === true ? 1 : 0)),
    ...(objective === undefined ? {} : { objective: spread(objective, wide.reactions.length), sense: "maximize" }),
  };
}

function entriesOf(root: Tree, key: string, file: string | undefined): Tree[] {
  const value = root[key] ?? [];
  if (Array.isArray(value)) return value as Tree[];
  throw modelFault("json", `expected a list '${key}', as pyTFA writes it`, file);
}

/** What a variable or constraint is called: its name in the program, which ids are not. */
function nameOf({ name }: Tree, what: string, file: string | undefined): string {
  if (typeof name === "string" && name !== "") return name;
  throw modelFault("json", `a ${what} has no name`, file);
}

function variableOf(entry: Tree, file: string | undefined): FreeVariable {
  const id = nameOf(entry, "variable", file);
  const { type = "continuous", kind } = entry;
  if (type !== "continuous" && type !== "integer" && type !== "binary")
    throw modelFault(
      "variable",
      `variable '${id}' is of type '${String(type)}', expected continuous, integer or binary`,
      file,
    );
  const [lower, upper] = limitsOf(entry, `variable '${id}'`, file);
  return { id, lower, upper, integer: type !== "continuous", ...(typeof kind === "string" ? { kind } : {}) };
}

function constraintOf(entry: Tree, columns: DirectedColumns, file: string | undefined): ConstraintRow {
  const id = nameOf(entry, "constraint", file);
  const place = `constraint '${id}'`;
  const [lower, upper] = limitsOf(entry, place, file);
  const { terms, constant } = linearExpression(entry.expression, (what) =>
    modelFault("nonlinear", `the expression of ${place} ${what}`, file),
  );
  const name = typeof entry.kind === "string" ? entry.kind : undefined;
  return {
    id,
    name,
    terms: termsOf({ terms, constant }, columns, place, file),
    lower: lower - constant,
    upper: upper - constant,
  };
}

function termsOf({ terms }: LinearExpression, columns: DirectedColumns, place: string, file: string | undefined) {
  return columns.terms(terms, (name) =>
    modelFault(
      "unknown-variable",
      `${place} uses '${name}', which is no variable and no reaction of the model`,
      file,
      didYouMean(name, columns.names()),
    ),
  );
}

/** Bounds of a variable or constraint; null, as Python's None, is none. */
function limitsOf({ lb, ub }: Tree, place: string, file: string | undefined): readonly [number, number] {
  const side = (value: unknown, none: number, what: string): number => {
    const number = value === null || value === undefined ? none : numberOf(value);
    if (number !== undefined && !Number.isNaN(number)) return number;
    throw modelFault("missing-bounds", `${place} has ${JSON.stringify(value)} as its ${what} bound`, file);
  };
  const [lower, upper] = [
    side(lb, Number.NEGATIVE_INFINITY, "lower"),
    side(ub, Number.POSITIVE_INFINITY, "upper"),
  ] as const;
  if (lower <= upper) return [lower, upper];
  throw modelFault("bounds-crossed", `${place} can take no value: bounds ${lower} to ${upper}`, file);
}

/** The objective that pyTFA writes beside the reactions' own, over any variables; it has no direction, so it is maximised. */
function objectiveOf(root: Tree, columns: DirectedColumns, file: string | undefined) {
  const { objective } = root;
  if (objective === undefined || typeof objective !== "object" || objective === null) {
    if (objective === undefined || objective === null) return undefined;
    if (objective === 0) return [];
    throw modelFault("objective", `expected coefficients by variable as objective, got ${String(objective)}`, file);
  }
  const terms = Object.entries(objective).map(([name, value]) => {
    const number = numberOf(value);
    if (number === undefined || !Number.isFinite(number))
      throw modelFault("objective", `the objective has ${String(value)} as coefficient of '${name}'`, file);
    return [name, number] as const;
  });
  return termsOf({ terms: new Map(terms), constant: 0 }, columns, "the objective", file);
}

function spread(terms: ReturnType<DirectedColumns["terms"]>, count: number): Float64Array {
  const row = new Float64Array(count);
  for (const { column, coefficient } of terms) row[column] = (row[column] ?? 0) + coefficient;
  return row;
}

/** Kinds of the constraints that keep the two directions of a reaction from being used at once. */
const COUPLINGS = ["SimultaneousUse", "ForwardDirectionCoupling", "BackwardDirectionCoupling"];

/** Forward and backward flux stand for cobra's variables only where they can't both be above zero. */
function refuseUncoupled(columns: DirectedColumns, root: Tree, file: string | undefined): void {
  const coupled = new Set(entriesOf(root, "constraints", file).map(({ kind, id }) => `${String(kind)} ${String(id)}`));
  for (const reaction of columns.split()) {
    const missing = COUPLINGS.find((kind) => !coupled.has(`${kind} ${reaction}`));
    if (missing === undefined) continue;
    throw modelFault(
      "unsupported",
      `forward and backward flux of reaction '${reaction}' are used apart, without the constraint '${missing}' that excludes both`,
      file,
      "convert the model with pyTFA's 'convert', which writes all three",
    );
  }
}
