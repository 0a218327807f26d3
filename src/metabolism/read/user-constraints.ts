import type { ConstraintComponent, Parameter, SbmlDocument, UserConstraint } from "../../sbml/document.ts";
import { didYouMean } from "../../suggest.ts";
import { type ConstraintRow, type ConstraintTerm, withConstraintRows } from "../model/constraint-rows.ts";
import type { FluxModel } from "../model/flux-model.ts";
import { fault } from "./document-fault.ts";

/**
 * A model with the constraints of its document: lower <= sum of coefficient x flux <= upper becomes a row
 * sum - s = 0 with an auxiliary column lower <= s <= upper that has the constraint's id. A parameter that a constraint
 * names as a variable becomes a free auxiliary column.
 * @throws CellweaveError `metabolism/unsupported` for quadratic terms, `metabolism/constraint` for names and numbers
 * @see SBML Level 3 fbc Version 3, userDefinedConstraint
 */
export function withUserConstraints(model: FluxModel, document: SbmlDocument): FluxModel {
  const constraints = document.userConstraints ?? [];
  if (constraints.length === 0) return model;
  const columns = new Columns(model, document);
  const rows = constraints.map((constraint, k): ConstraintRow => {
    const { id, name, line } = constraint;
    const terms = columns.termsOf(constraint);
    const [lower, upper] = columns.boundsOf(constraint);
    return { id: id === "" ? `constraint ${k + 1}` : id, name, terms, lower, upper, line };
  });
  return withConstraintRows(model, rows, columns.parameters);
}

/** Resolves what constraints name to columns and numbers. */
class Columns {
  /** Parameters that are variables, in the order in which they were met. */
  readonly parameters: Parameter[] = [];
  private readonly at: Map<string, number>;
  private readonly known: ReadonlyMap<string, Parameter>;
  private readonly document: SbmlDocument;

  constructor(model: FluxModel, document: SbmlDocument) {
    this.document = document;
    this.at = new Map(document.reactions.map(({ id }, j) => [id, j]));
    this.known = new Map(document.parameters.map((p) => [p.id, p]));
    if (this.at.size !== model.reactions.length) throw new Error("the model is not that of the document");
  }

  termsOf(constraint: UserConstraint): ConstraintTerm[] {
    return constraint.components.map((component) => ({
      column: this.columnOf(component),
      coefficient: this.valueOf(component.coefficient, component.line, "coefficient"),
    }));
  }

  boundsOf(constraint: UserConstraint): readonly [number, number] {
    const lower = this.valueOf(constraint.lowerBound, constraint.line, "lower bound");
    const upper = this.valueOf(constraint.upperBound, constraint.line, "upper bound");
    if (lower <= upper) return [lower, upper];
    const message = `the constraint '${constraint.id}' cannot hold: bounds ${lower} to ${upper}`;
    throw fault(this.document, "constraint", constraint.line, message);
  }

  private columnOf({ variable, variableType, line }: ConstraintComponent): number {
    if (variableType === "quadratic")
      throw fault(
        this.document,
        "unsupported",
        line,
        `a quadratic term of '${variable}' in a constraint is not supported`,
      );
    const found = this.at.get(variable);
    if (found !== undefined) return found;
    const parameter = this.known.get(variable);
    if (parameter === undefined || parameter.constant)
      throw fault(
        this.document,
        "constraint",
        line,
        `a constraint names '${variable}', which is no reaction and no parameter that may vary`,
        {
          hint: didYouMean(variable, this.at.keys()),
        },
      );
    const column = this.at.size;
    this.at.set(variable, column);
    this.parameters.push(parameter);
    return column;
  }

  private valueOf(id: string, line: number, what: string): number {
    const value = this.known.get(id)?.value;
    const computed = this.document.initialAssignments.some(({ symbol }) => symbol === id);
    if (value !== undefined && !Number.isNaN(value) && !computed) return value;
    const message = `the ${what} of a constraint is '${id}', which is no parameter with a value`;
    throw fault(this.document, "constraint", line, message, { hint: didYouMean(id, this.known.keys()) });
  }
}
