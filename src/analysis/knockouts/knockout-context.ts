import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { regulonMode } from "../../regulation/baselines/regulon-features.ts";
import { regulonProfiles } from "../../regulation/baselines/regulon-kinship.ts";
import type { RegulatoryGraph } from "../../regulation/graph/graph.ts";
import { CHANNELS, type Rows } from "../../regulation/in-context/design.ts";
import { plainPredictions } from "../../regulation/in-context/plain-predictions.ts";
import type { Asked, PredictorContext } from "../../regulation/in-context/predictors.ts";
import { spreadOf } from "../../regulation/in-context/spread.ts";
import type { KnockoutTask } from "./task.ts";

/** The channel of regulators that are no variables themselves. */
const OUTSIDE = 4;
/** What the loss of a regulator of open sign counts for on its regulon. */
const OPEN = 0.5;

/** Some knockouts as context, others asked of it. */
export interface KnockoutContext {
  readonly context: PredictorContext;
  readonly asked: Asked;
}

/**
 * Knockouts as predictors from experiments take them: a deletion acts on the deleted gene's regulon, with its mode, and
 * beside the table on the regulon's genes; cultures that were run together are a project.
 */
export function knockoutContexts({ scale, iModulons }: KnockoutTask, network: RegulatoryGraph) {
  const names = iModulons.map(({ name }) => name);
  const mode = regulonMode(network, names).prepare([]);
  const acts = (example: KnockoutExample): Float64Array =>
    mode(example).map((value, i) => (example.own[i] === 1 ? -(value || OPEN) : 0));
  const profileOf = regulonProfiles(network);
  const edges = { matrix: new Float64Array(names.length ** 2), outside: new Map(), beyond: new Map() };
  return (known: readonly KnockoutExample[], asked: readonly KnockoutExample[]): KnockoutContext => {
    const changes = known.map(({ change }) => change);
    const spread = spreadOf(changes, new Float64Array(scale.length).fill(1));
    const centre = scale.map((_, i) => known.reduce((sum, e) => sum + (e.wildType[i] ?? 0), 0) / known.length);
    const units = { scale, spread, centre, acts, profileOf };
    const context = { rows: rowsOf(known, units, true), edges, spread };
    const rows = rowsOf(asked, units, false);
    return { context, asked: { rows, plain: plainPredictions(rows, context, false) } };
  };
}

interface Units {
  readonly scale: Float64Array;
  readonly spread: Float64Array;
  readonly centre: Float64Array;
  readonly acts: (example: KnockoutExample) => Float64Array;
  readonly profileOf: (genes: readonly string[]) => ReadonlyMap<string, number>;
}

function rowsOf(examples: readonly KnockoutExample[], units: Units, shown: boolean): Rows {
  const { scale, spread, centre, acts, profileOf } = units;
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
    beyond: examples.map(({ genes }) => profileOf(genes)),
    project: examples.map(({ series, project }) => series ?? project),
  };
}
