import { CellweaveError } from "../../errors.ts";
import { bySetOfInterventions, type Experiments } from "../../regulation/in-context/experiments.ts";
import { leaveOnePerturbationOut } from "../../regulation/in-context/leave-one-out.ts";
import type { Predictor } from "../../regulation/in-context/predictors.ts";
import { selected } from "../../regulation/in-context/selection.ts";
import type { EdgesOnTable } from "../../regulation/in-context/signed-edges.ts";
import { stackOf } from "../../regulation/in-context/stack.ts";
import { didYouMean } from "../../suggest.ts";
import { compare, type PredictorRow } from "./compare.ts";

/** A predictor with what leaving perturbations out said of it. */
export interface Tried {
  readonly predictor: Predictor;
  readonly row: PredictorRow;
}

/** All predictors on a user's experiments. */
export interface Trial {
  readonly tried: readonly Tried[];
  /** The one that is to answer: asked for, or the stack unless another is better beyond doubt. */
  readonly chosen: Tried;
  /** The plain one that answers where the experiments don't bear on a question. */
  readonly fallback: Tried;
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
  const plain = [...predictors.keys()].filter((p) => predictors[p]?.learned === false);
  const at = name === undefined ? selected(leftOut, [...predictors.keys()], predictors.length) : named(all, name);
  const pick = (p: number): Tried => tried[p] as Tried;
  return { tried, weights, chosen: pick(at), fallback: pick(selected(leftOut, plain, plain[0] ?? 0)) };
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
