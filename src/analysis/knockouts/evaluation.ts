import { CellweaveError } from "../../errors.ts";
import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import type { PlainOptions } from "../../regulation/baselines/plain.ts";
import { propagation } from "../../regulation/baselines/propagation.ts";
import { regulonKriging } from "../../regulation/baselines/regulon-kriging.ts";
import { signedRegulonStack } from "../../regulation/baselines/stack.ts";
import type { RegulatoryGraph } from "../../regulation/graph/graph.ts";
import type { BootstrapOptions } from "../metrics/bootstrap.ts";
import type { Changes } from "../metrics/change.ts";
import type { Entry } from "./metrics-row.ts";
import type { KnockoutPair } from "./pairs.ts";
import { type PlainEntries, plainFittedOn, plainLeaveConditionOut, plainLeaveGroupOut } from "./plain-entries.ts";
import { replicateChanges, replicateNoise } from "./replicates.ts";
import { compareEntries, type Results } from "./results.ts";
import { regroup, type SplitName } from "./splits.ts";
import { exampleOf, type KnockoutTask } from "./task.ts";

/** The conditions that are predicted, and from what. */
export interface Evaluation {
  readonly pairs: readonly KnockoutPair[];
  readonly examples: readonly KnockoutExample[];
  /** What may be learned from; where it holds what is predicted, each group is left out when it is asked. */
  readonly training: readonly KnockoutExample[];
  readonly plain: PlainEntries;
  /** In words: what was left out or held apart. */
  readonly split: string;
  /** Training pairs that were set aside because they share a genotype or a sample with what is predicted. */
  readonly setAside: readonly string[];
  /** The regulatory graph some plain rows use, where there is one. */
  readonly network?: RegulatoryGraph;
}

function plainOptions({ scale, iModulons }: KnockoutTask, network: RegulatoryGraph | undefined): PlainOptions {
  if (network === undefined) return { scale };
  const names = iModulons.map(({ name }) => name);
  return {
    scale,
    graph: {
      influence: propagation(network, { iModulons: names }),
      stack: signedRegulonStack({ network, iModulons: names, scale }),
      kriging: regulonKriging({ network, iModulons: names, scale }),
    },
  };
}

/** Leave one whole genotype, one whole project, or one condition of a genotype out at a time. */
export function leaveOutEvaluation(task: KnockoutTask, split: SplitName, network?: RegulatoryGraph): Evaluation {
  const examples = split === "condition" ? task.examples : regroup(task.examples, split);
  const evaluated = split === "condition" ? plainLeaveConditionOut : plainLeaveGroupOut;
  const plain = evaluated(examples, plainOptions(task, network));
  return {
    pairs: task.pairs,
    examples,
    training: examples,
    plain,
    split: `leave-${split}-out`,
    setAside: [],
    ...(network === undefined ? {} : { network }),
  };
}

/**
 * Predict other pairs, everything fitted on the task's own pairs alone; those that share a genotype or a knockout
 * sample with the pairs predicted are set aside.
 * @throws CellweaveError `evaluate/no-training` where nothing is left to learn from
 */
export function pairsEvaluation(
  task: KnockoutTask,
  pairs: readonly KnockoutPair[],
  network?: RegulatoryGraph,
): Evaluation {
  const examples = pairs.map((pair) => exampleOf(pair, task.activities, task.iModulons));
  const genotypes = new Set(pairs.map(({ genotype }) => genotype));
  const samples = new Set(pairs.flatMap(({ knockoutSamples }) => knockoutSamples));
  const shares = (pair: KnockoutPair) =>
    genotypes.has(pair.genotype) || pair.knockoutSamples.some((sample) => samples.has(sample));
  const training = task.examples.filter((_, i) => !shares(task.pairs[i] as KnockoutPair));
  if (training.length === 0)
    throw new CellweaveError(
      "evaluate/no-training",
      "every training pair shares a genotype with the pairs to predict",
      {
        hint: "the training pairs are the data folder's ko_pairs.csv; give pairs of other genotypes",
      },
    );
  return {
    pairs,
    examples,
    training,
    plain: plainFittedOn(training, examples, plainOptions(task, network)),
    split: `${training.length} training pairs, ${pairs.length} others predicted`,
    setAside: [...new Set(task.pairs.filter(shares).map(({ genotype }) => genotype))],
    ...(network === undefined ? {} : { network }),
  };
}

/** The table: plain rows, the models' rows, the ceiling. */
export function results(
  task: KnockoutTask,
  { examples, pairs, plain }: Evaluation,
  models: readonly Entry[],
  bootstrap: BootstrapOptions,
  asked?: string,
): Results {
  const silent = silence(task);
  const own = replicateChanges(pairs, task.activities);
  const noiseFrom = own.pairs.length > 0 ? own : replicateChanges(task.pairs, task.activities);
  const noise = replicateNoise(noiseFrom, task.iModulons.length);
  const measured = { examples, centres: plain.centres, noise };
  const halves = (of: Changes) => of.map((change, k) => silent(change, examples[own.pairs[k] ?? -1]));
  const ceiling = own.pairs.length > 0 ? { ...own, first: halves(own.first), second: halves(own.second) } : undefined;
  const entries = [...plain.entries, ...models].map(({ predicted, ...entry }) => ({
    ...entry,
    predicted: predicted.map((change, c) => silent(change, examples[c])),
  }));
  return compareEntries(entries, measured, ceiling, bootstrap, asked);
}

/** Where variables are genes, nothing is said of a deleted one itself. */
function silence({ iModulons }: KnockoutTask) {
  const position = new Map(iModulons.map(({ name }, i) => [name, i]));
  return (change: Float64Array, example: KnockoutExample | undefined): Float64Array => {
    const deleted = (example?.genes ?? []).flatMap((gene) => position.get(gene) ?? []);
    return deleted.length === 0 ? change : change.map((value, i) => (deleted.includes(i) ? 0 : value));
  };
}
