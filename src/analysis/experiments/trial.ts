import { CellweaveError } from "../../errors.ts";
import { bySetOfInterventions, type Experiments } from "../../regulation/in-context/experiments.ts";
import { type LeftOut, leaveOnePerturbationOut } from "../../regulation/in-context/leave-one-out.ts";
import type { Predictor } from "../../regulation/in-context/predictors.ts";
import { leftOutBeyond, selected } from "../../regulation/in-context/selection.ts";
import type { EdgesOnTable } from "../../regulation/in-context/signed-edges.ts";
import { stackOf } from "../../regulation/in-context/stack.ts";
import { didYouMean } from "../../suggest.ts";
import { calibrationOf, compare, type PredictorRow } from "./compare.ts";

/** A predictor with what leaving perturbations out said of it. */
export interface Tried {
  readonly predictor: Predictor;
  readonly row: PredictorRow;
}

/** Who answers where the experiments don't bear on a question; its row's calibration is that for such questions. */
export interface Fallback extends Tried {
  /** Sets of interventions left out on which the others didn't bear either: intervals are from these; 0 where there are too few. */
  readonly alike: number;
}

/** Where nothing alike was tried, intervals widen to what the largest errors on the user's experiments were. */
const WIDENED = 2;

/** All predictors on a user's experiments. */
export interface Trial {
  readonly tried: readonly Tried[];
  /** The one that is to answer: asked for, or the stack unless another is better beyond doubt. */
  readonly chosen: Tried;
  /** Where such questions were tried, the same one; else the best plain one, with wider intervals. */
  readonly fallback: Fallback;
  /** What the stack weighs each of the others, same order. */
  readonly weights: Float64Array;
}

export interface TrialOptions {
  /** Answer with this one, by name. */
  readonly predictor?: string | undefined;
  /** Of the bootstrap. */
  readonly seed: number;
  /** Share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Leaves each set of interventions out in turn and measures all predictors and their stack.
 * @throws CellweaveError `experiments/predictor` for an unknown name
 */
export async function trial(
  experiments: Experiments,
  edges: EdgesOnTable,
  predictors: readonly Predictor[],
  { predictor: name, seed, onProgress }: TrialOptions,
): Promise<Trial> {
  requireSets(experiments);
  const single = await leaveOnePerturbationOut(experiments, edges, predictors, onProgress);
  const { leftOut, predictor: stack, weights } = stackOf(single, predictors);
  const all = [...predictors, stack];
  const rows = compare(leftOut, all, seed);
  const tried = all.map((predictor, p) => ({ predictor, row: rows[p] as PredictorRow }));
  const at = name === undefined ? selected(leftOut, [...predictors.keys()], predictors.length) : named(all, name);
  const pick = (p: number): Tried => tried[p] as Tried;
  return { tried, weights, chosen: pick(at), fallback: fallbackOf(leftOut, tried, at) };
}

function fallbackOf(leftOut: readonly LeftOut[], tried: readonly Tried[], chosen: number): Fallback {
  const beyond = leftOutBeyond(leftOut);
  const plain = [...tried.keys()].filter((p) => tried[p]?.row.learned === false);
  const at = beyond.length > 0 ? chosen : selected(leftOut, plain, plain[0] ?? 0);
  const { predictor, row } = tried[at] as Tried;
  const calibration = beyond.length > 0 ? calibrationOf(beyond, at) : row.calibration.map((score) => WIDENED * score);
  const alike = bySetOfInterventions(beyond.map(({ condition }) => condition)).size;
  return { predictor, row: { ...row, calibration }, alike };
}

/** With fewer than two sets of interventions nothing can be tried: leaving the only one out leaves nothing. */
function requireSets({ conditions }: Experiments): void {
  const sets = bySetOfInterventions(conditions.filter(({ interventions }) => interventions.length > 0)).size;
  if (sets >= 2) return;
  const message =
    sets === 0 ? "no experiment has an intervention" : "all treated experiments have the same interventions";
  throw new CellweaveError("experiments/too-few", message, {
    hint: "predictors are tried by leaving one set of interventions out and predicting it from the others: bring two at least",
  });
}

function named(predictors: readonly Predictor[], name: string): number {
  const names = predictors.map((predictor) => predictor.name);
  if (names.includes(name)) return names.indexOf(name);
  throw new CellweaveError("experiments/predictor", `there is no predictor '${name}'`, {
    kind: "usage",
    hint: didYouMean(name, names) ?? `the predictors are ${names.map((each) => `'${each}'`).join(", ")}`,
  });
}
