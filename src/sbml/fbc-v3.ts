import { type ReadContext, refuse } from "./context.ts";
import type { UserConstraint, VariableType } from "./document.ts";
import { packageReader } from "./packages/elements.ts";
import { readSBase } from "./sbase.ts";
import type { XmlElement } from "./xml.ts";

/** `linear` where the file does not say. */
export function readVariableType(context: ReadContext, e: XmlElement): VariableType | undefined {
  const found = packageReader(context, "fbc").text(e, "variableType");
  if (found === undefined || found === "linear" || found === "quadratic") return found;
  refuse(context, e, "sbml/fbc", `Got fbc:variableType="${found}" when linear or quadratic was expected`);
}

/**
 * Constraints on sums of fluxes and parameters: lower <= sum of coefficient x variable (x variable2) <= upper.
 * @see SBML Level 3 fbc Version 3
 */
export function readUserConstraints(context: ReadContext, model: XmlElement): UserConstraint[] {
  const fbc = packageReader(context, "fbc");
  const named = (e: XmlElement) => {
    const name = fbc.text(e, "name");
    return { ...readSBase(context, e, false), id: fbc.id(e, "id") ?? "", ...(name === undefined ? {} : { name }) };
  };
  return fbc.items(model, "listOfUserDefinedConstraints", "userDefinedConstraint").map((e) => ({
    ...named(e),
    lowerBound: fbc.requiredId(e, "lowerBound"),
    upperBound: fbc.requiredId(e, "upperBound"),
    components: fbc.items(e, "listOfUserDefinedConstraintComponents", "userDefinedConstraintComponent").map((c) => {
      const second = fbc.id(c, "variable2");
      return {
        ...named(c),
        coefficient: fbc.requiredId(c, "coefficient"),
        variable: fbc.requiredId(c, "variable"),
        ...(second === undefined ? {} : { variable2: second }),
        variableType: readVariableType(context, c) ?? "linear",
      };
    }),
  }));
}
