import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { regulonKriging } from "../../regulation/baselines/regulon-kriging.ts";
import type { RegulatoryGraph } from "../../regulation/graph/graph.ts";
import type { LeftOut } from "../../regulation/in-context/leave-one-out.ts";
import {
  PLAIN_PREDICTORS,
  type Predictor,
  readerPredictor,
  type Said,
} from "../../regulation/in-context/predictors.ts";
import type { ReaderModel } from "../../regulation/in-context/reader.ts";
import { stackOf, stackWeights, weighted } from "../../regulation/in-context/stack.ts";
import { calibrationOf, LEVELS } from "../experiments/compare.ts";
import { groupBy } from "../group.ts";
import type { Evaluation } from "./evaluation.ts";
import { knockoutContexts } from "./knockout-context.ts";
import type { Entry } from "./metrics-row.ts";
import type { ModelEntry } from "./models-node.ts";
import type { KnockoutTask } from "./task.ts";

/** Parts that the context's genotypes are split into, to weigh the stack on what is said of each from the others. */
const PARTS = 5;

/** What all predictors say of examples, from others as context; shape [asked, predictors and the best plain row]. */
type Answer = (context: readonly KnockoutExample[], asked: readonly KnockoutExample[]) => Promise<Said[][]>;

/** What is said of one example. */
interface Told {
  /** By each predictor. */
  readonly each: readonly Said[];
  /** By the stack of those that `cellweave predict` has. */
  readonly stack: Float64Array;
  /** Half width of that stack's 90 % interval. */
  readonly width: Float64Array;
  /** By the stack of all, the benchmark's own plain row among them. */
  readonly onBest: Float64Array;
}

/**
 * The reader of experiments on the knockouts: the other genotypes' pairs are its context, the deleted gene's regulon
 * with its mode says where a deletion acts. It has seen no E. coli sample in training. Beside it its mean with the process
 * on the wild type's state; what `cellweave predict` answers: the stack with plain rows, weighted on the context's own
 * genotypes, with intervals set on them; and the stack that has the benchmark's best plain row too.
 */
export async function readerEntries(
  model: ReaderModel,
  task: KnockoutTask,
  { examples, training }: Pick<Evaluation, "examples" | "training">,
  network: RegulatoryGraph,
): Promise<ModelEntry[]> {
  const predictors = [...PLAIN_PREDICTORS, readerPredictor(model)];
  const answer = answererOf(predictors, task, network);
  const told: Told[] = new Array(examples.length);
  for (const [group, members] of groupBy(examples.keys(), (i) => examples[i]?.group ?? "")) {
    const context = training.filter((example) => example.group !== group);
    const asked = members.map((i) => examples[i] as KnockoutExample);
    for (const [k, one] of (await tell(context, asked, predictors, answer)).entries()) told[members[k] ?? -1] = one;
  }
  const said = (p: number) => told.map(({ each }) => each[p]?.change ?? new Float64Array());
  const alone = said(PLAIN_PREDICTORS.length);
  const process = said(predictors.findIndex(({ name }) => name.startsWith("process")));
  const averaged = alone.map((change, i) => change.map((value, v) => (value + (process[i]?.[v] ?? 0)) / 2));
  const note = `${percent(told, examples)} % of what was measured lies in 90 % intervals of the stack`;
  const row = (name: string, predicted: Float64Array[], kind: Entry["kind"] = "transformer", notes: string[] = []) => ({
    entry: { name, kind, predicted },
    notes,
  });
  return [
    ...PLAIN_PREDICTORS.slice(-2).map(({ name }, k) =>
      row(`for tables: ${name}`, said(PLAIN_PREDICTORS.length - 2 + k), "plain"),
    ),
    row(model.name, alone),
    row(`${model.name} and process, averaged`, averaged),
    row(
      `${model.name} and plain rows, stacked`,
      told.map(({ stack }) => stack),
      "transformer",
      [note],
    ),
    row(
      `${model.name} and all plain rows, stacked`,
      told.map(({ onBest }) => onBest),
    ),
  ];
}

async function tell(
  context: readonly KnockoutExample[],
  asked: readonly KnockoutExample[],
  predictors: readonly Predictor[],
  answer: Answer,
): Promise<Told[]> {
  const all = await leftOutOf(context, answer);
  const { leftOut, weights } = stackOf(
    all.map((one) => ({ ...one, said: one.said.slice(0, predictors.length) })),
    predictors,
  );
  const reach = calibrationOf(leftOut, predictors.length)[LEVELS.indexOf(0.9)] ?? Number.NaN;
  const learned = [...predictors.map((predictor) => predictor.learned), false];
  const onBest = stackWeights(all, learned)();
  return (await answer(context, asked)).map((each) => {
    const { change, spread } = weighted(each.slice(0, predictors.length), weights, predictors.length - 1);
    const width = spread.map((unit) => reach * unit);
    return { each, stack: change, width, onBest: weighted(each, onBest, predictors.length - 1).change };
  });
}

/** What is said of a part of the genotypes at a time from the other parts. */
async function leftOutOf(context: readonly KnockoutExample[], answer: Answer): Promise<LeftOut[]> {
  const groups = [...new Set(context.map(({ group }) => group))];
  const leftOut: LeftOut[] = [];
  for (let part = 0; part < PARTS; part++) {
    const held = new Set(groups.filter((_, g) => g % PARTS === part));
    const asked = context.filter(({ group }) => held.has(group));
    const rest = context.filter(({ group }) => !held.has(group));
    if (asked.length === 0 || rest.length === 0) continue;
    const said = await answer(rest, asked);
    for (const [k, { group, change }] of asked.entries()) {
      const interventions = [{ kind: "knockout", target: group, amount: 1 } as const];
      const condition = { project: "", interventions, values: change, replicates: 1 };
      leftOut.push({ condition, code: "EDGE", measured: change, said: said[k] ?? [] });
    }
  }
  return leftOut;
}

/** What the predictors say, and at the end the benchmark's best plain row. */
function answererOf(predictors: readonly Predictor[], task: KnockoutTask, network: RegulatoryGraph): Answer {
  const contextOf = knockoutContexts(task, network);
  const iModulons = task.iModulons.map(({ name }) => name);
  const best = regulonKriging({ network, iModulons, scale: task.scale });
  return async (known, examples) => {
    const { context, asked } = contextOf(known, examples);
    const said: (readonly Said[])[] = [];
    for (const predictor of predictors) said.push(await predictor.predict(context, asked));
    const fitted = best.fit(known);
    said.push(examples.map((example) => ({ change: fitted.predict(example), spread: context.spread })));
    return examples.map((_, k) => said.map((each) => each[k] as Said));
  };
}

/** Per cent of what was measured that lies in the stack's intervals. */
function percent(told: readonly Told[], examples: readonly KnockoutExample[]): string {
  let [inside, count] = [0, 0];
  for (const [i, { stack, width }] of told.entries())
    for (const [v, value] of (examples[i]?.change ?? []).entries()) {
      inside += Math.abs(value - (stack[v] ?? 0)) <= (width[v] ?? 0) ? 1 : 0;
      count++;
    }
  return ((100 * inside) / count).toFixed(1);
}
