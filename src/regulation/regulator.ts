/** What a regulator answers to and for, in the order of its arrays. */
export interface RegulatorNames {
  /** Names of the activities: inputs and outputs. */
  readonly activities: readonly string[];
  /** Names of environment features. */
  readonly environment: readonly string[];
  /** Names of metabolite effectors. */
  readonly effectors: readonly string[];
  /** b-numbers of the genes that can be perturbed. */
  readonly genes: readonly string[];
  /** b-numbers of the genes whose expression follows. */
  readonly expression: readonly string[];
}

/** One question to a regulator. Everything but the reference activity is zero in the reference state. */
export interface RegulatorInputs {
  /** Activities of the unperturbed cell in its reference condition, shape [activities]. */
  readonly referenceActivity: Float64Array;
  /** Target minus reference condition, shape [environment]. */
  readonly environment: Float64Array;
  /** log2 of the level relative to the reference, shape [effectors]. */
  readonly effector: Float64Array;
  /** 1 where the effector's level is known, 0 where it is masked, shape [effectors]. */
  readonly effectorKnown: Float64Array;
  /** Level of each gene product minus 1: -1 absent, 0 as in the wild type, shape [genes]. */
  readonly perturbation: Float64Array;
}

/** The answer. */
export interface RegulatorOutputs {
  /** Activity minus reference activity, shape [activities]. */
  readonly activityChange: Float64Array;
  /** log2 of the steady-state expression relative to the reference, shape [expression]. */
  readonly log2Expression: Float64Array;
}

/** The state a regulator's inputs are relative to. */
export interface RegulatorReference {
  /** Shape [activities]. */
  readonly activity: Float64Array;
  /** Absolute features of the reference condition, shape [environment]. */
  readonly environment: Float64Array;
}

/** A predictor of what regulation makes of a condition and a perturbation, without memory. */
export interface Regulator {
  /** What a report calls it. */
  readonly name: string;
  /** What it knows, to end "at the edge of ..."; what it was trained on where absent. */
  readonly knows?: string;
  readonly names: RegulatorNames;
  readonly reference: RegulatorReference;
  /** log2 expression per unit of activity, shape [activities, expression] row-major, where the regulator tells. */
  readonly geneWeights?: Float64Array;
  /** Fills `outputs`. Equal inputs give equal outputs. */
  predict(inputs: RegulatorInputs, outputs: RegulatorOutputs): void | Promise<void>;
  /** Of several predictors, the one that answers, once that is known. */
  speaker?(): string | undefined;
  dispose(): void;
}

/** Inputs of the reference state: nothing changed, no effector known. */
export function referenceInputs({ names, reference }: Pick<Regulator, "names" | "reference">): RegulatorInputs {
  return {
    referenceActivity: reference.activity.slice(),
    environment: new Float64Array(names.environment.length),
    effector: new Float64Array(names.effectors.length),
    effectorKnown: new Float64Array(names.effectors.length),
    perturbation: new Float64Array(names.genes.length),
  };
}

export function createOutputs({ names }: Pick<Regulator, "names">): RegulatorOutputs {
  return {
    activityChange: new Float64Array(names.activities.length),
    log2Expression: new Float64Array(names.expression.length),
  };
}
