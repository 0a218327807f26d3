import { type ReadContext, refuse } from "../context.ts";
import { readMathOf } from "../mathml.ts";
import { readSBase } from "../sbase.ts";
import type { XmlElement } from "../xml.ts";
import type {
  QualitativeModel,
  QualitativeSpecies,
  Transition,
  TransitionInput,
  TransitionOutput,
} from "./document.ts";
import { packageReader } from "./elements.ts";

const SIGNS = ["positive", "negative", "dual", "unknown"] as const;

/** Qualitative species and transitions of a model; undefined where it has none. */
export function readQual(context: ReadContext, model: XmlElement): QualitativeModel | undefined {
  const qual = packageReader(context, "qual");
  const species = qual.items(model, "listOfQualitativeSpecies", "qualitativeSpecies");
  const transitions = qual.items(model, "listOfTransitions", "transition");
  if (species.length + transitions.length === 0) return undefined;
  const reader = qualReader(context);
  return { species: species.map(reader.species), transitions: transitions.map(reader.transition) };
}

function qualReader(context: ReadContext) {
  const qual = packageReader(context, "qual");
  const base = (e: XmlElement) => {
    const name = qual.text(e, "name");
    return { ...readSBase(context, e, false), id: qual.id(e, "id") ?? "", ...(name === undefined ? {} : { name }) };
  };
  const level = <K extends string>(e: XmlElement, key: K): { readonly [P in K]?: number } => {
    const value = qual.number(e, key);
    return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: number };
  };
  const oneOf = <T extends string>(e: XmlElement, key: string, of: readonly T[]): T | undefined => {
    const found = qual.text(e, key);
    const known = of.find((t) => t === found);
    if (found !== undefined && known === undefined)
      refuse(context, e, "sbml/qual", `Got qual:${key}="${found}" when one of ${of.join(", ")} was expected`);
    return known;
  };
  const input = (e: XmlElement): TransitionInput => {
    const sign = oneOf(e, "sign", SIGNS);
    return {
      ...base(e),
      qualitativeSpecies: qual.requiredId(e, "qualitativeSpecies"),
      effect: oneOf(e, "transitionEffect", ["none", "consumption"]) ?? "none",
      ...(sign === undefined ? {} : { sign }),
      ...level(e, "thresholdLevel"),
    };
  };
  const output = (e: XmlElement): TransitionOutput => ({
    ...base(e),
    qualitativeSpecies: qual.requiredId(e, "qualitativeSpecies"),
    effect: oneOf(e, "transitionEffect", ["production", "assignmentLevel"]) ?? "assignmentLevel",
    ...level(e, "outputLevel"),
  });
  const term = (e: XmlElement): Transition["terms"][number] => {
    const condition = readMathOf(context, e);
    return { resultLevel: qual.number(e, "resultLevel") ?? 0, ...(condition === undefined ? {} : { condition }) };
  };
  return {
    species: (e: XmlElement): QualitativeSpecies => ({
      ...base(e),
      compartment: qual.requiredId(e, "compartment"),
      constant: ["true", "1"].includes(qual.text(e, "constant")?.trim() ?? ""),
      ...level(e, "initialLevel"),
      ...level(e, "maxLevel"),
    }),
    transition: (e: XmlElement): Transition => {
      const [otherwise] = qual.items(e, "listOfFunctionTerms", "defaultTerm");
      const defaultLevel = otherwise === undefined ? undefined : qual.number(otherwise, "resultLevel");
      return {
        ...base(e),
        inputs: qual.items(e, "listOfInputs", "input").map(input),
        outputs: qual.items(e, "listOfOutputs", "output").map(output),
        ...(defaultLevel === undefined ? {} : { defaultLevel }),
        terms: qual.items(e, "listOfFunctionTerms", "functionTerm").map(term),
      };
    },
  };
}
