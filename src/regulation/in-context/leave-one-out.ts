import type { RangeCode } from "../range/range.ts";
import { contextOf, controlOf } from "./design.ts";
import { bySetOfInterventions, type Condition, type Experiments } from "./experiments.ts";
import { ask, type Predictor, type Said } from "./predictors.ts";
import { queryRange } from "./query-range.ts";
import type { EdgesOnTable } from "./signed-edges.ts";

/** Up to so many sets of interventions each is left out by itself. */
const EACH = 40;
/** With more several are left out together, in fewer parts the more there are: a large context takes long to read. */
const FEWEST = 10;

/** One condition, predicted from all experiments but those under the same interventions. */
export interface LeftOut {
  readonly condition: Condition;
  /** Whether the other experiments bear on it. */
  readonly code: RangeCode;
  /** Measured change against the control, shape [variables]; NaN where missing or held by the intervention itself. */
  readonly measured: Float64Array;
  /** One for each predictor, same order. */
  readonly said: readonly Said[];
}

/**
 * Leaves one set of interventions out at a time (of more than 40, several together) and predicts it from the rest.
 * @param onProgress share done, 0 to 1
 */
export async function leaveOnePerturbationOut(
  experiments: Experiments,
  edges: EdgesOnTable,
  predictors: readonly Predictor[],
  onProgress: (share: number) => void = () => {},
): Promise<LeftOut[]> {
  const { conditions, variables } = experiments;
  const groups = partsOf(bySetOfInterventions(conditions.filter(({ interventions }) => interventions.length > 0)));
  const found: LeftOut[] = [];
  let done = 0;
  for (const held of groups) {
    const rest = conditions.filter((condition) => !held.includes(condition));
    const context = contextOf({ variables, conditions: rest }, edges);
    const said: (readonly Said[])[] = [];
    const asked = ask(context, held);
    for (const predictor of predictors) said.push(await predictor.predict(context, asked));
    for (const [h, condition] of held.entries()) {
      const control = controlOf(context.controls, condition.project);
      const measured = condition.values.map((value, v) => value - (control[v] ?? 0));
      for (const { target, kind } of condition.interventions) {
        const own = variables.indexOf(target);
        if (own >= 0 && kind !== "inhibition") measured[own] = Number.NaN;
      }
      const { code } = queryRange(context, condition);
      found.push({ condition, code, measured, said: said.map((each) => each[h] as Said) });
    }
    onProgress(++done / groups.length);
  }
  return found;
}

/** Sets in parts, dealt in turn. */
function partsOf(sets: ReadonlyMap<string, readonly Condition[]>): Condition[][] {
  const count = sets.size <= EACH ? sets.size : Math.max(FEWEST, Math.round(EACH ** 2 / sets.size));
  const parts = Array.from({ length: count }, (): Condition[] => []);
  for (const [i, set] of [...sets.values()].entries()) parts[i % count]?.push(...set);
  return parts;
}
