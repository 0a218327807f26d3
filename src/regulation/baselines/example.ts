/** What a predictor of a knockout may know. */
export interface KnockoutQuery {
  /** Names of the deleted genes. */
  readonly genes: readonly string[];
  /** The project (laboratory series) the experiment belongs to. */
  readonly project: string;
  /** Which cultures of the project were run together, where that is known: conditions of one series share its drift. */
  readonly series?: string;
  /** What is left out together: predictors never fit on examples of the same group. */
  readonly group: string;
  /** The wild type's activities in the same condition, shape [iModulons]. */
  readonly wildType: Float64Array;
  /** 1 where a deleted gene is named among the iModulon's regulators, shape [iModulons]. */
  readonly own: Uint8Array;
}

/** A condition in which genes were deleted, measured beside its own wild type. */
export interface KnockoutExample extends KnockoutQuery {
  readonly genotype: string;
  readonly condition: string;
  /** Mean activity of the knockout's replicates minus that of the wild type's, shape [iModulons]. */
  readonly change: Float64Array;
}

/** A plain predictor fitted on examples. */
export interface FittedBaseline {
  /** The predicted change of activities, shape [iModulons]. */
  predict(query: KnockoutQuery): Float64Array;
}

/** A plain way to predict the change that a knockout brings. */
export interface Baseline {
  readonly name: string;
  /**
   * @param training examples whose changes may be learned
   * @param pool examples from which features that are themselves predictions (a project's mean, a Gaussian process)
   *   are made, each query's own group always left out; the training examples unless said otherwise
   */
  fit(training: readonly KnockoutExample[], pool?: readonly KnockoutExample[]): FittedBaseline;
}
