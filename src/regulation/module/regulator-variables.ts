import type { VariableDeclaration } from "../../cell/variable.ts";
import type { RegulatorModuleOptions } from "./regulator-options.ts";

/** 1: farther from every training condition than 95 % of these are from their nearest. */
const DISTANCE: VariableDeclaration = {
  id: "distance:training",
  kind: "distance",
  unit: "1",
  role: "output",
  initial: 0,
  nominal: 1,
  label: "distance from training",
};

/**
 * What a regulator module owns: expression of genes (or phosphorylation of sites) as states, then as outputs activities and,
 * last, the distance from training where it is known.
 */
export function regulatorVariables(options: RegulatorModuleOptions): VariableDeclaration[] {
  const { regulator, geneNames, answers, distance } = options;
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
    ...(distance === undefined ? [] : [DISTANCE]),
  ];
}
