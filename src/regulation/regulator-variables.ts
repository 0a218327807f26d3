import type { VariableDeclaration } from "../cell/variable.ts";
import type { RegulatorModuleOptions } from "./regulator-options.ts";

/** What a regulator module owns: expression of genes (or phosphorylation of sites) as states, then activities as outputs. */
export function regulatorVariables({ regulator, geneNames, answers }: RegulatorModuleOptions): VariableDeclaration[] {
  const { names, reference } = regulator;
  const shared = { unit: "1", nominal: 1 } as const;
  return [
    ...names.expression.map((gene): VariableDeclaration => {
      const name = geneNames?.get(gene);
      const label = name === undefined ? {} : { label: name };
      if (answers === "phospho")
        return { ...shared, id: `phospho:${gene}`, kind: "activity", role: "state", initial: 1, label: gene };
      return { ...shared, id: `expression:${gene}`, kind: "expression", role: "state", initial: 1, ...label };
    }),
    ...names.activities.map((name, i): VariableDeclaration => {
      const initial = reference.activity[i] ?? 0;
      return { ...shared, id: `activity:${name}`, kind: "activity", role: "output", initial, label: name };
    }),
  ];
}
