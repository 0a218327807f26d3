import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { regulonMode } from "../../regulation/baselines/regulon-features.ts";
import type { RegulatoryGraph } from "../../regulation/graph.ts";
import { CHANNELS, type Context, type Rows, spreadOf } from "../../regulation/in-context/design.ts";
import { plainPredictions } from "../../regulation/in-context/plain-predictions.ts";
import { type ReaderModel, readContext } from "../../regulation/in-context/reader.ts";
import { groupBy } from "../group.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Entry } from "./metrics-row.ts";
import type { KnockoutTask } from "./task.ts";

/** The channel of regulators that are no variables themselves. */
const OUTSIDE = 4;
/** What the loss of a regulator of open sign counts for on its regulon. */
const OPEN = 0.5;

/**
 * The reader of experiments on the knockouts: the other genotypes' pairs are its context, the deleted gene's regulon
 * with its mode says where a deletion acts. It has seen no E. coli sample in training. The second entry is its mean with
 * the process on the wild type's state.
 */
export async function readerEntries(
  model: ReaderModel,
  { scale, iModulons }: KnockoutTask,
  { examples, training }: Pick<Evaluation, "examples" | "training">,
  network: RegulatoryGraph,
): Promise<Entry[]> {
  const mode = regulonMode(
    network,
    iModulons.map(({ name }) => name),
  ).prepare([]);
  const acts = (example: KnockoutExample): Float64Array =>
    mode(example).map((value, i) => (example.own[i] === 1 ? -(value || OPEN) : 0));
  const predicted: Float64Array[] = new Array(examples.length);
  const averaged: Float64Array[] = new Array(examples.length);
  for (const [group, members] of groupBy(examples.keys(), (i) => examples[i]?.group ?? "")) {
    const context = training.filter((example) => example.group !== group);
    const asked = members.map((i) => examples[i] as KnockoutExample);
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
    for (const [k, i] of members.entries()) {
      const at = (all: Float64Array, v: number): number => all[k * spread.length + v] ?? 0;
      predicted[i] = spread.map((unit, v) => unit * at(mean, v));
      averaged[i] = spread.map((unit, v) => (unit * (at(mean, v) + at(plain.process, v))) / 2);
    }
  }
  return [
    { name: model.name, kind: "transformer", predicted },
    { name: `${model.name} and process, averaged`, kind: "transformer", predicted: averaged },
  ];
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
