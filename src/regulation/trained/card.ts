import { CellweaveError } from "../../errors.ts";
import { type Static, Type, Value } from "../../vendor/typebox.ts";
import type { RegulatorNames, RegulatorReference } from "../regulator.ts";

const gene = Type.Object({ locus: Type.String(), name: Type.String() });
const column = Type.Union([
  Type.String(),
  gene,
  Type.Object({ name: Type.String(), unit: Type.Optional(Type.String()) }),
]);

/** One input or output tensor, shape [batch, columns]. */
const tensorSchema = Type.Object({
  name: Type.String(),
  unit: Type.String(),
  meaning: Type.String(),
  columns: Type.Array(column, { minItems: 1 }),
});

/** A model card: what a regulator's columns mean, what it has seen. */
const cardSchema = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  /** ONNX file beside the card, and its SHA-256. */
  file: Type.Optional(Type.String()),
  sha256: Type.Optional(Type.String()),
  inputs: Type.Array(tensorSchema),
  outputs: Type.Array(tensorSchema),
  reference: Type.Object({
    name: Type.String(),
    activity: Type.Array(Type.Number()),
    environment: Type.Record(Type.String(), Type.Number()),
  }),
  seen: Type.Object({
    /** Number of samples, or their ids. */
    samples: Type.Union([Type.Number(), Type.Array(Type.String())]),
    /** Genotypes of the samples, deleted genes joined by `+`. */
    genotypes: Type.Array(Type.String()),
  }),
  /** Which training it comes from; files that are used together must have the same. */
  fit: Type.Optional(Type.String()),
  /** File beside the card: where the conditions lie that were seen. */
  conditions: Type.Optional(Type.String()),
  /** Half widths of intervals; read by `widthsOf`. */
  intervals: Type.Optional(Type.Unknown()),
});

export type Card = Static<typeof cardSchema>;

export const INPUT_NAMES = ["reference_activity", "environment", "effector", "effector_known", "perturbation"] as const;
export const OUTPUT_NAMES = ["activity_change", "log2_expression"] as const;

/**
 * Reads a model card from the text of its JSON file; further keys are left alone.
 * @throws CellweaveError `card/syntax` or `card/invalid` saying what is missing or of the wrong shape
 */
export function parseCard(text: string, file?: string): Card {
  return checkCard(parseJson(text, file), file);
}

/** Any JSON text, with its errors ours. */
export function parseJson(text: string, file?: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new CellweaveError("card/syntax", message, { cause, ...placeOf(file) });
  }
}

export function checkCard(data: unknown, file?: string): Card {
  if (!Value.Check(cardSchema, data)) {
    const problems = Value.Errors(cardSchema, data).map(
      ({ instancePath, message }) => `${instancePath || "/"} ${message}`,
    );
    throw new CellweaveError("card/invalid", `not a model card: ${problems.slice(0, 3).join("; ")}`, {
      ...placeOf(file),
      hint: "a card has id, kind, inputs, outputs, reference and seen, as in models/ecoli/regulator.card.json",
    });
  }
  for (const name of INPUT_NAMES) tensorOf(data, "inputs", name, file);
  for (const name of OUTPUT_NAMES) tensorOf(data, "outputs", name, file);
  return data;
}

function tensorOf(card: Card, side: "inputs" | "outputs", name: string, file?: string): Card["inputs"][number] {
  const tensor = card[side].find((entry) => entry.name === name);
  if (tensor !== undefined) return tensor;
  const found = card[side].map((entry) => entry.name).join(", ");
  throw new CellweaveError("card/invalid", `card '${card.id}': ${side} lack '${name}'; found ${found}`, placeOf(file));
}

/** Ordered names of what a card's model answers to and for. */
export function namesOf(card: Card): RegulatorNames {
  const input = (name: (typeof INPUT_NAMES)[number]) => tensorOf(card, "inputs", name).columns.map(columnName);
  const output = (name: (typeof OUTPUT_NAMES)[number]) => tensorOf(card, "outputs", name).columns.map(columnName);
  return {
    activities: output("activity_change"),
    environment: input("environment"),
    effectors: input("effector"),
    genes: input("perturbation"),
    expression: output("log2_expression"),
  };
}

function columnName(entry: Card["inputs"][number]["columns"][number]): string {
  return typeof entry === "string" ? entry : "locus" in entry ? entry.locus : entry.name;
}

/** Gene names by b-number, as the card's perturbation input has them. */
export function geneNamesOf(card: Card): Map<string, string> {
  const { columns } = tensorOf(card, "inputs", "perturbation");
  return new Map(columns.map((entry) => [columnName(entry), typeof entry === "string" ? entry : entry.name]));
}

/**
 * The state the model's inputs are relative to.
 * @throws CellweaveError `card/invalid` where its vectors don't fit the inputs
 */
export function referenceOf(card: Card): RegulatorReference {
  const names = namesOf(card);
  const { activity } = card.reference;
  if (activity.length !== names.activities.length)
    throw new CellweaveError(
      "card/invalid",
      `card '${card.id}': reference has ${activity.length} activities, the model ${names.activities.length}`,
    );
  const given = new Map(Object.entries(card.reference.environment));
  return {
    activity: Float64Array.from(activity),
    environment: Float64Array.from(names.environment, (feature) => {
      const value = given.get(feature);
      if (value !== undefined) return value;
      throw new CellweaveError("card/invalid", `card '${card.id}': reference environment lacks '${feature}'`);
    }),
  };
}

function placeOf(file: string | undefined) {
  return file === undefined ? {} : { place: { file } };
}
