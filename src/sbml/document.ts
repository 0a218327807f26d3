import type { MathNode } from "mathjs";
import type { SBase } from "./element.ts";
import type { Group, Layout, QualitativeModel } from "./packages/document.ts";

export interface Compartment extends SBase {
  readonly spatialDimensions: number;
  readonly size: number | undefined;
  readonly units?: string;
  readonly constant: boolean;
}

export interface Species extends SBase {
  readonly compartment: string;
  readonly initialAmount: number | undefined;
  readonly initialConcentration: number | undefined;
  readonly substanceUnits?: string;
  readonly hasOnlySubstanceUnits: boolean;
  readonly boundaryCondition: boolean;
  readonly constant: boolean;
  readonly conversionFactor?: string;
  /** fbc */
  readonly charge?: number;
  readonly chemicalFormula?: string;
}

export interface Parameter extends SBase {
  readonly value: number | undefined;
  readonly units?: string;
  readonly constant: boolean;
}

export interface FunctionDefinition extends SBase {
  readonly arguments: readonly string[];
  readonly body: MathNode;
  /** Whether an annotation says that the function stands for the csymbol rateOf, as COPASI writes it before L3V2. */
  readonly isRateOf?: boolean;
}

/** `species` and `stoichiometry` of a reactant or product; `id` is empty where the file gives none. */
export interface SpeciesReference extends SBase {
  readonly species: string;
  readonly stoichiometry: number | undefined;
  /** Level 2: an expression in place of the number. */
  readonly stoichiometryMath?: MathNode;
  readonly constant: boolean;
}

export interface KineticLaw {
  readonly math: MathNode;
  readonly localParameters: readonly Parameter[];
  readonly line: number;
}

export interface Reaction extends SBase {
  readonly reversible: boolean;
  readonly fast: boolean;
  readonly reactants: readonly SpeciesReference[];
  readonly products: readonly SpeciesReference[];
  readonly modifiers: readonly string[];
  readonly kineticLaw: KineticLaw | undefined;
  /** fbc v2: ids of the parameters that bound the flux. */
  readonly lowerFluxBound?: string;
  readonly upperFluxBound?: string;
  readonly geneProductAssociation?: GeneAssociation;
}

export interface InitialAssignment {
  readonly symbol: string;
  readonly math: MathNode;
  readonly line: number;
}

/** `variable` is empty for an algebraic rule. */
export interface Rule {
  readonly kind: "assignment" | "rate" | "algebraic";
  readonly variable: string;
  readonly math: MathNode;
  readonly line: number;
}

export interface EventAssignment {
  readonly variable: string;
  readonly math: MathNode;
  readonly line: number;
}

export interface SbmlEvent extends SBase {
  readonly trigger: { readonly math: MathNode; readonly initialValue: boolean; readonly persistent: boolean };
  readonly useValuesFromTriggerTime: boolean;
  readonly delay?: MathNode;
  readonly priority?: MathNode;
  readonly assignments: readonly EventAssignment[];
}

/** A boolean rule over gene products (fbc): leaf, `and` (complex) or `or` (isoenzymes). */
export type GeneAssociation =
  | { readonly kind: "gene"; readonly geneProduct: string }
  | { readonly kind: "and" | "or"; readonly of: readonly GeneAssociation[] };

/** fbc geneProduct: `label` is the name people use (b-number). */
export interface GeneProduct extends SBase {
  readonly label: string;
  readonly associatedSpecies?: string;
}

export interface Objective extends SBase {
  readonly type: "maximize" | "minimize";
  readonly fluxObjectives: readonly FluxObjective[];
}

export interface FluxObjective {
  readonly reaction: string;
  readonly coefficient: number;
  /** fbc v3; linear where absent. */
  readonly variableType?: VariableType;
  /** fbc v3, quadratic: the other factor; the reaction itself where absent. */
  readonly reaction2?: string;
}

export type VariableType = "linear" | "quadratic";

/** One term of a constraint: ids of a parameter, and of reactions or parameters. */
export interface ConstraintComponent extends SBase {
  readonly coefficient: string;
  readonly variable: string;
  readonly variable2?: string;
  readonly variableType: VariableType;
}

/** fbc v3 userDefinedConstraint: bounds are ids of parameters. */
export interface UserConstraint extends SBase {
  readonly lowerBound: string;
  readonly upperBound: string;
  readonly components: readonly ConstraintComponent[];
}

export interface Unit {
  readonly kind: string;
  readonly exponent: number;
  readonly scale: number;
  readonly multiplier: number;
}

export interface UnitDefinition extends SBase {
  readonly units: readonly Unit[];
}

/** An SBML model as read: syntax only, SBML's own names, document order kept. */
export interface SbmlDocument {
  readonly file: string | undefined;
  readonly level: number;
  readonly version: number;
  /** Short names of the packages used, with their version: `fbc` -> 2. */
  readonly packages: ReadonlyMap<string, number>;
  readonly id: string;
  readonly name?: string;
  readonly notes?: string;
  readonly resources?: readonly string[];
  readonly timeUnits?: string;
  readonly substanceUnits?: string;
  readonly extentUnits?: string;
  readonly volumeUnits?: string;
  readonly conversionFactor?: string;
  readonly unitDefinitions: readonly UnitDefinition[];
  readonly functionDefinitions: readonly FunctionDefinition[];
  readonly compartments: readonly Compartment[];
  readonly species: readonly Species[];
  readonly parameters: readonly Parameter[];
  readonly initialAssignments: readonly InitialAssignment[];
  readonly rules: readonly Rule[];
  readonly reactions: readonly Reaction[];
  readonly events: readonly SbmlEvent[];
  readonly geneProducts: readonly GeneProduct[];
  readonly objectives: readonly Objective[];
  readonly activeObjective: string | undefined;
  /** fbc:strict */
  readonly strict?: boolean;
  /** fbc v3 */
  readonly userConstraints?: readonly UserConstraint[];
  readonly groups?: readonly Group[];
  readonly layouts?: readonly Layout[];
  readonly qualitative?: QualitativeModel;
  /** Doubtful but readable input, in words with lines. */
  readonly warnings: readonly string[];
}
