import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import type { Context, Query } from "./design.ts";
import type { Intervention } from "./experiments.ts";
import { leaveOnePerturbationOut } from "./leave-one-out.ts";
import { ask, type Predictor } from "./predictors.ts";
import { queryRange } from "./query-range.ts";
import { selected } from "./selection.ts";

export interface Answerer {
  /** Changes against the control for each query, in the table's unit, shape [variables] each. */
  answer(queries: readonly Query[], done: readonly Intervention[]): Promise<Float64Array[]>;
  /** The predictor that answers, once it is known. */
  speaker(): string | undefined;
}

/** One predictor for all questions, another for those that the experiments don't bear on. */
interface Chosen {
  readonly usual: Predictor;
  readonly beyond: Predictor;
}

/**
 * Answers from a context with the predictor asked for, else with the one that does best on the experiments themselves;
 * where they don't bear on what is done, with the best plain one. All is found out at the first question.
 * @throws CellweaveError `experiments/predictor` for an unknown name
 */
export function answerer(
  context: Context,
  { predictors, predictor }: { readonly predictors: readonly Predictor[]; readonly predictor?: string },
): Answerer {
  const named = predictor === undefined ? undefined : predictorNamed(predictors, predictor);
  let found: Promise<Chosen> | undefined;
  let speaker: string | undefined;
  return {
    async answer(queries, done) {
      found ??= chosen(context, predictors, named);
      const { usual, beyond } = await found;
      const isBeyond = done.length > 0 && queryRange(context, { interventions: done, project: "" }).code === "OUT";
      const answering = isBeyond ? beyond : usual;
      speaker = answering.name;
      const said = await answering.predict(context, ask(context, queries));
      return said.map(({ change }) => change);
    },
    speaker: () => speaker,
  };
}

function predictorNamed(predictors: readonly Predictor[], name: string): Predictor {
  const found = predictors.find((predictor) => predictor.name === name);
  if (found !== undefined) return found;
  const names = predictors.map((predictor) => predictor.name);
  throw new CellweaveError("experiments/predictor", `there is no predictor '${name}'`, {
    hint: didYouMean(name, names) ?? `the predictors are ${names.map((each) => `'${each}'`).join(", ")}`,
  });
}

async function chosen(
  { experiments, edges }: Context,
  predictors: readonly Predictor[],
  named: Predictor | undefined,
): Promise<Chosen> {
  const tried = named === undefined ? predictors : predictors.filter(({ learned }) => !learned);
  const leftOut = await leaveOnePerturbationOut(experiments, edges, tried);
  const plain = [...tried.keys()].filter((p) => tried[p]?.learned === false);
  const pick = (candidates: readonly number[]) => tried[selected(leftOut, candidates)] as Predictor;
  return { usual: named ?? pick([...tried.keys()]), beyond: pick(plain) };
}
