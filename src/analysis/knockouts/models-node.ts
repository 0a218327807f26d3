import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { CellweaveError } from "../../errors.ts";
import { geneLookup } from "../../regulation/gene-tokens.ts";
import { geneNamesOf } from "../../regulation/trained/card.ts";
import { openRegulator } from "../../regulation/trained/open-node.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Entry, RowKind } from "./metrics-row.ts";
import { readPredictions } from "./predictions.ts";
import { regulatorPredictions } from "./regulator-predictions.ts";
import { type EvaluationCard, parseEvaluationCard, refuseSeen } from "./seen.ts";
import type { KnockoutTask } from "./task.ts";
import { RANDOM_GRAPH } from "./verdict.ts";

const SUFFIX = ".predictions.csv";

/** A row from a model, and what a reader should know of it. */
export interface ModelEntry {
  readonly entry: Entry;
  readonly notes: readonly string[];
}

/** Prediction files of a folder, sorted by name; none where it does not exist. */
export async function predictionFiles(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort()
    .map((stem) => join(folder, stem + SUFFIX));
}

/**
 * A row from a file of predictions; its card lies beside it (`NAME.card.json` for `NAME.predictions.csv`).
 * @throws CellweaveError `evaluate/seen` where the card says that the model saw what it predicts; `predictions/...`
 */
export async function entryFromPredictions(
  file: string,
  task: KnockoutTask,
  evaluation: Evaluation,
): Promise<ModelEntry> {
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw new CellweaveError("predictions/unreadable", `'${file}' cannot be read: ${cause.message}`, { cause });
  });
  const cardFile = file.replace(/(\.predictions)?\.csv$/, ".card.json");
  const card = existsSync(cardFile) ? parseEvaluationCard(await readFile(cardFile, "utf8"), cardFile) : undefined;
  if (card !== undefined) refuseSeen(card, evaluation.pairs, cardFile);
  const names = task.iModulons.map(({ name }) => name);
  const predicted = readPredictions(text, file, evaluation.examples, names);
  const name = card === undefined ? basename(file).replace(/(\.predictions)?\.csv$/, "") : titleOf(card);
  const notes = card === undefined ? [`'${file}' has no card: nothing says what its model has seen`] : [];
  return { entry: { name, kind: card === undefined ? "transformer" : kindOf(card), predicted }, notes };
}

const KINDS: readonly RowKind[] = ["plain", "transformer", "shipped"];

function kindOf({ kind }: EvaluationCard): RowKind {
  return KINDS.find((known) => known === kind) ?? "transformer";
}

function titleOf({ id, random_graph: seed }: EvaluationCard): string {
  return typeof seed === "number" ? `${id.replace(/[-, ]*random[- ]graph$/i, "")}, ${RANDOM_GRAPH}` : id;
}

/**
 * A row from a regulator (a card, a ridge or a folder with one), asked for each pair.
 * @throws CellweaveError `evaluate/seen` where its card says that it saw what it predicts
 */
export async function entryFromRegulator(
  path: string,
  kind: Entry["kind"],
  task: KnockoutTask,
  evaluation: Evaluation,
): Promise<ModelEntry> {
  const { regulator, card, files } = await openRegulator(path);
  try {
    refuseSeen(card, evaluation.pairs, files[0]?.path ?? path);
    const names = task.iModulons.map(({ name }) => name);
    const locusOf = geneLookup(geneNamesOf(card), evaluation.network);
    const { predicted, unknownGenes } = await regulatorPredictions(regulator, locusOf, evaluation.examples, names);
    const unknown = unknownGenes.join(", ");
    const notes = unknown === "" ? [] : [`'${card.id}' has no token for ${unknown}: it predicts no change there`];
    return { entry: { name: card.id, kind, predicted }, notes };
  } finally {
    regulator.dispose();
  }
}
