import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { regulonMode } from "../../regulation/baselines/regulon-features.ts";
import { signedRegulonStack } from "../../regulation/baselines/stack.ts";
import type { RegulatoryGraph } from "../../regulation/graph.ts";
import { CHANNELS, type Context, type Rows, spreadOf } from "../../regulation/in-context/design.ts";
import type { LeftOut } from "../../regulation/in-context/leave-one-out.ts";
import { plainPredictions } from "../../regulation/in-context/plain-predictions.ts";
import { type ReaderModel, readContext } from "../../regulation/in-context/reader.ts";
import { stackWeights } from "../../regulation/in-context/stack.ts";
import { groupBy } from "../group.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Entry } from "./metrics-row.ts";
import type { KnockoutTask } from "./task.ts";

/** The channel of regulators that are no variables themselves. */
const OUTSIDE = 4;
/** What the loss of a regulator of open sign counts for on its regulon. */
const OPEN = 0.5;

/** Parts that the context's genotypes are split into, to weigh the stack on what is said of each from the others. */
const PARTS = 5;
/** What the stack is made of: the process, the best plain row known, the reader. */
const LEARNED = [false, false, true];

/** Changes of activities, shape [iModulons], by the process on the wild type's state, the regulon stack, the reader. */
type Answer = (context: readonly KnockoutExample[], asked: readonly KnockoutExample[]) => Promise<Float64Array[][]>;

/**
 * The reader of experiments on the knockouts: the other genotypes' pairs are its context, the deleted gene's regulon
 * with its mode says where a deletion acts. It has seen no E. coli sample in training. Beside it its mean with the process
 * on the wild type's state, and a stack of both and the best plain row, weighted on the context's own genotypes.
 */
export async function readerEntries(
  model: ReaderModel,
  task: KnockoutTask,
  { examples, training }: Pick<Evaluation, "examples" | "training">,
  network: RegulatoryGraph,
): Promise<Entry[]> {
  const answer = answererOf(model, task, network);
  const [alone, averaged, stacked] = [0, 1, 2].map(() => new Array<Float64Array>(examples.length)) as [
    Float64Array[],
    Float64Array[],
    Float64Array[],
  ];
  for (const [group, members] of groupBy(examples.keys(), (i) => examples[i]?.group ?? "")) {
    const context = training.filter((example) => example.group !== group);
    const weights = await weightsOn(context, answer);
    const asked = members.map((i) => examples[i] as KnockoutExample);
    const said = await answer(context, asked);
    for (const [k, i] of members.entries()) {
      const [process, , reader] = said[k] as [Float64Array, Float64Array, Float64Array];
      alone[i] = reader;
      averaged[i] = process.map((value, v) => (value + (reader[v] ?? 0)) / 2);
      stacked[i] = process.map((_, v) =>
        (said[k] ?? []).reduce((sum, each, p) => sum + (weights[p] ?? 0) * (each[v] ?? 0), 0),
      );
    }
  }
  return [
    { name: model.name, kind: "transformer", predicted: alone },
    { name: `${model.name} and process, averaged`, kind: "transformer", predicted: averaged },
    { name: `${model.name} and plain rows, stacked`, kind: "transformer", predicted: stacked },
  ];
}

/** Weights of process and reader, from what each says of a part of the genotypes that it hasn't seen. */
async function weightsOn(context: readonly KnockoutExample[], answer: Answer): Promise<Float64Array> {
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
      leftOut.push({
        condition,
        measured: change,
        said: (said[k] ?? []).map((each) => ({ change: each, spread: each })),
      });
    }
  }
  return stackWeights(leftOut, LEARNED)();
}

function answererOf(model: ReaderModel, { scale, iModulons }: KnockoutTask, network: RegulatoryGraph): Answer {
  const names = iModulons.map(({ name }) => name);
  const mode = regulonMode(network, names).prepare([]);
  const regulonStack = signedRegulonStack({ network, iModulons: names, scale });
  const acts = (example: KnockoutExample): Float64Array =>
    mode(example).map((value, i) => (example.own[i] === 1 ? -(value || OPEN) : 0));
  return async (context, asked) => {
    const spread = spreadOf(
      context.map(({ change }) => change),
      scale.length,
    );
    const centre = scale.map((_, i) => context.reduce((sum, e) => sum + (e.wildType[i] ?? 0), 0) / context.length);
    const rows = (of: readonly KnockoutExample[], shown: boolean) => rowsOf(of, { scale, spread, centre, acts }, shown);
    const known = rows(context, true);
    const query = rows(asked, false);
    const edges = { matrix: new Float64Array(scale.length ** 2), outside: new Map() };
    const read = await readContext(model, { rows: known, edges } satisfies Pick<Context, "rows" | "edges">);
    const plain = plainPredictions(query, known, false);
    const { mean } = await read.answer(query, plain);
    const fitted = regulonStack.fit(context, context);
    const inUnits = (all: Float64Array, k: number) => spread.map((unit, v) => unit * (all[k * spread.length + v] ?? 0));
    return asked.map((example, k) => [inUnits(plain.process, k), fitted.predict(example), inUnits(mean, k)]);
  };
}

interface Units {
  readonly scale: Float64Array;
  readonly spread: Float64Array;
  readonly centre: Float64Array;
  readonly acts: (example: KnockoutExample) => Float64Array;
}

function rowsOf(examples: readonly KnockoutExample[], { scale, spread, centre, acts }: Units, shown: boolean): Rows {
  const n = scale.length;
  const fill = (value: (example: KnockoutExample, v: number) => number): Float64Array =>
    Float64Array.from({ length: examples.length * n }, (_, at) => {
      const example = examples[Math.floor(at / n)];
      return example === undefined ? 0 : value(example, at % n);
    });
  const away = (example: KnockoutExample, v: number): number => (example.wildType[v] ?? 0) - (centre[v] ?? 0);
  const channels = new Float64Array(examples.length * n * CHANNELS);
  for (const [r, example] of examples.entries())
    for (const [v, amount] of acts(example).entries()) channels[(r * n + v) * CHANNELS + OUTSIDE] = amount;
  return {
    count: examples.length,
    variables: n,
    value: fill((e, v) => (shown ? (e.change[v] ?? 0) / (spread[v] ?? 1) : 0)),
    state: fill((e, v) => away(e, v) / (scale[v] ?? 1)),
    away: fill((e, v) => away(e, v) / (spread[v] ?? 1)),
    known: new Float64Array(examples.length * n).fill(shown ? 1 : 0),
    acts: channels,
    perturbed: new Uint8Array(examples.length).fill(1),
  };
}
