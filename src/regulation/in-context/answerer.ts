import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import type { Context, Query } from "./design.ts";
import type { Intervention } from "./experiments.ts";
import { leaveOnePerturbationOut } from "./leave-one-out.ts";
import { ask, type Predictor } from "./predictors.ts";
import { queryRange } from "./query-range.ts";
import { leftOutBeyond, selected } from "./selection.ts";
import { STACK, stackOf } from "./stack.ts";

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
 * Answers from a context with the predictor asked for, else with the stack, or what is better than it beyond doubt on the
 * experiments themselves; where they don't bear on what is done, with the best plain one, unless such questions were among
 * those that were tried. All is found out at the first question.
 * @throws CellweaveError `experiments/predictor` for an unknown name
 */
export function answerer(
  context: Context,
  { predictors, predictor }: { readonly predictors: readonly Predictor[]; readonly predictor?: string },
): Answerer {
  requireKnown(predictors, predictor);
  let found: Promise<Chosen> | undefined;
  let speaker: string | undefined;
  return {
    async answer(queries, done) {
      found ??= chosen(context, predictors, predictor);
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

async function chosen(
  { experiments, edges }: Context,
  predictors: readonly Predictor[],
  named: string | undefined,
): Promise<Chosen> {
  const alone = predictors.find(({ name }) => name === named);
  const tried = alone === undefined ? predictors : predictors.filter(({ learned }) => !learned);
  const found = await leaveOnePerturbationOut(experiments, edges, tried);
  const plain = [...tried.keys()].filter((p) => tried[p]?.learned === false);
  const fallback = leftOutBeyond(found).length > 0 ? undefined : tried[selected(found, plain, plain[0] ?? 0)];
  if (alone !== undefined) return { usual: alone, beyond: fallback ?? alone };
  const { leftOut, predictor: stack } = stackOf(found, tried);
  const all = [...tried, stack];
  const best = named === STACK ? tried.length : selected(leftOut, [...tried.keys()], tried.length);
  const usual = all[best] as Predictor;
  return { usual, beyond: fallback ?? usual };
}

function requireKnown(predictors: readonly Predictor[], name: string | undefined): void {
  const names = [...predictors.map((predictor) => predictor.name), STACK];
  if (name === undefined || names.includes(name)) return;
  throw new CellweaveError("experiments/predictor", `there is no predictor '${name}'`, {
    hint: didYouMean(name, names) ?? `the predictors are ${names.map((each) => `'${each}'`).join(", ")}`,
  });
}
