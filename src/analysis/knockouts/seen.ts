import { CellweaveError } from "../../errors.ts";
import { parseJson } from "../../regulation/trained/card.ts";
import { type Static, Type, Value } from "../../vendor/typebox.ts";
import { genesOf, type KnockoutPair } from "./pairs.ts";

/** One model and what it has seen: genotypes (deleted genes joined by `+`) and samples, or only how many. */
const seenSchema = Type.Object({
  genotypes: Type.Optional(Type.Array(Type.String())),
  samples: Type.Optional(Type.Union([Type.Number(), Type.Array(Type.String())])),
});

/** One of several models: the genotypes (or projects) it held out, and the samples it was not shown. */
const foldSchema = Type.Object({
  held_out: Type.Union([Type.String(), Type.Array(Type.String())]),
  samples_left_out: Type.Array(Type.String()),
});

/** What an evaluation card says: of one model, or of one model for each fold. */
const evaluationCardSchema = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  seen: Type.Union([seenSchema, Type.Array(foldSchema)]),
  /** Seed of the degree-matched random graph the model was given in place of the true one. */
  random_graph: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
});

export type EvaluationCard = Static<typeof evaluationCardSchema>;

/** @throws CellweaveError `card/invalid` saying what is missing or of the wrong shape */
export function parseEvaluationCard(text: string, file: string): EvaluationCard {
  const data = parseJson(text, file);
  if (Value.Check(evaluationCardSchema, data)) return data;
  const [first] = Value.Errors(evaluationCardSchema, data);
  const message = `not a card of an evaluated model: ${first?.instancePath || "/"} ${first?.message ?? ""}`;
  throw new CellweaveError("card/invalid", message, {
    place: { file },
    hint: "such a card has id, kind and seen: what the model was shown, or for each fold held_out and samples_left_out",
  });
}

/**
 * Refuses a model that has seen what it is to predict.
 * @throws CellweaveError `evaluate/seen` naming the model, the genotype and what its card says
 */
export function refuseSeen({ id, seen }: EvaluationCard, pairs: readonly KnockoutPair[], file: string): void {
  for (const pair of pairs) {
    const what = Array.isArray(seen) ? seenByFold(id, seen, pair, file) : seenByModel(seen, pair);
    if (what === undefined) continue;
    throw new CellweaveError("evaluate/seen", `model '${id}' is refused: its card says that it saw ${what}`, {
      place: { file },
      hint: "evaluate a model trained without it; models/training says how",
    });
  }
}

function seenByModel({ genotypes = [], samples }: Static<typeof seenSchema>, pair: KnockoutPair): string | undefined {
  const held = new Set(genesOf(pair.genotype).map((gene) => gene.toLowerCase()));
  const shared = genotypes.find((genotype) => genesOf(genotype).some((gene) => held.has(gene.toLowerCase())));
  if (shared !== undefined) return `genotype '${shared}', and '${pair.genotype}' is held out`;
  const sample = Array.isArray(samples) ? pair.knockoutSamples.find((name) => samples.includes(name)) : undefined;
  return sample === undefined ? undefined : `sample '${sample}' of held-out '${pair.genotype}'`;
}

function seenByFold(
  id: string,
  folds: readonly Static<typeof foldSchema>[],
  { genotype, project, knockoutSamples }: KnockoutPair,
  file: string,
): string | undefined {
  const fold = folds.find(({ held_out: held }) => [held].flat().some((name) => name === genotype || name === project));
  if (fold === undefined)
    throw new CellweaveError("evaluate/no-fold", `card '${id}' has no fold that held out '${genotype}'`, {
      place: { file },
    });
  const sample = knockoutSamples.find((name) => !fold.samples_left_out.includes(name));
  return sample === undefined ? undefined : `sample '${sample}' of held-out '${genotype}'`;
}
