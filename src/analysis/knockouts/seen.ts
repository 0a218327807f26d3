import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { CellweaveError } from "../../errors.ts";
import { parseJson } from "../../regulation/card.ts";
import { genesOf, type KnockoutPair } from "./pairs.ts";

const seenSchema = Type.Object({
  /** Genotypes of the training samples: deleted genes joined by `+`. */
  genotypes: Type.Optional(Type.Array(Type.String())),
  /** Ids of the training samples, or only how many they were. */
  samples: Type.Optional(Type.Union([Type.Number(), Type.Array(Type.String())])),
});

export type Seen = Static<typeof seenSchema>;

/** What an evaluation card says: of one model, or of one model for each held-out group. */
export const evaluationCardSchema = Type.Object({
  id: Type.String(),
  row: Type.Optional(
    Type.Union([Type.Literal("plain"), Type.Literal("transformer"), Type.Literal("shipped"), Type.Literal("ceiling")]),
  ),
  seen: Type.Optional(seenSchema),
  folds: Type.Optional(
    Type.Array(Type.Object({ held_out: Type.Union([Type.String(), Type.Array(Type.String())]), seen: seenSchema })),
  ),
});

export type EvaluationCard = Static<typeof evaluationCardSchema>;

/** @throws CellweaveError `card/invalid` saying what is missing or of the wrong shape */
export function parseEvaluationCard(text: string, file: string): EvaluationCard {
  const data = parseJson(text, file);
  if (Value.Check(evaluationCardSchema, data)) return data;
  const [first] = Value.Errors(evaluationCardSchema, data);
  const message = `not a card of an evaluated model: ${first?.instancePath || "/"} ${first?.message ?? ""}`;
  throw new CellweaveError("card/invalid", message, { place: { file } });
}

/**
 * Refuses a model that has seen what it is to predict.
 * @throws CellweaveError `evaluate/seen` naming the model, the genotype and what its card says
 */
export function refuseSeen(card: EvaluationCard, pairs: readonly KnockoutPair[], file: string): void {
  for (const pair of pairs) {
    const seen = card.folds === undefined ? card.seen : foldOf(card, pair, file).seen;
    const what = seen === undefined ? undefined : seenOf(seen, pair);
    if (what === undefined) continue;
    throw new CellweaveError("evaluate/seen", `model '${card.id}' is refused: its card says that it saw ${what}`, {
      place: { file },
      hint: "evaluate a model trained without it; models/training says how",
    });
  }
}

function foldOf(card: EvaluationCard, { genotype, project }: KnockoutPair, file: string) {
  const fold = card.folds?.find(({ held_out: held }) =>
    [held].flat().some((name) => name === genotype || name === project),
  );
  if (fold !== undefined) return fold;
  throw new CellweaveError("evaluate/no-fold", `card '${card.id}' has no fold that held out '${genotype}'`, {
    place: { file },
  });
}

function seenOf({ genotypes = [], samples }: Seen, pair: KnockoutPair): string | undefined {
  const held = new Set(genesOf(pair.genotype).map((gene) => gene.toLowerCase()));
  const shared = genotypes.find((genotype) => genesOf(genotype).some((gene) => held.has(gene.toLowerCase())));
  if (shared !== undefined) return `genotype '${shared}', and '${pair.genotype}' is held out`;
  const sample = Array.isArray(samples) ? pair.knockoutSamples.find((id) => samples.includes(id)) : undefined;
  return sample === undefined ? undefined : `sample '${sample}' of held-out '${pair.genotype}'`;
}
