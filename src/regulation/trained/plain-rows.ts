import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import { type Static, Type, Value } from "../../vendor/typebox.ts";
import { createOutputs, type Regulator, type RegulatorInputs } from "../regulator.ts";
import { type Card, parseJson } from "./card.ts";

const sparseRows = Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Array(Type.Number())]));

const seenSchema = Type.Object({
  samples: Type.Union([Type.Number(), Type.Array(Type.String())]),
  genotypes: Type.Array(Type.String()),
});

const rowSchema = Type.Object({
  title: Type.String(),
  /** Whether medium and effectors are answered for, as the base does it; nothing but losses otherwise. */
  surroundings: Type.Boolean(),
  /** Change of activities that comes with the loss of any gene, shape [activities]. */
  any: Type.Array(Type.Number()),
  /** What the loss of a gene adds to that: [gene's column, change of activities]. */
  genes: sparseRows,
  /** What the loss of genes together adds to that because it was measured: [the genes' columns, change of activities]. */
  measured: Type.Optional(
    Type.Array(Type.Tuple([Type.Array(Type.Integer({ minimum: 0 })), Type.Array(Type.Number())])),
  ),
  /** Where it is not what the other rows have seen. */
  seen: Type.Optional(seenSchema),
  /** Half widths of intervals by level. */
  intervals: Type.Optional(Type.Unknown()),
});

const plainSchema = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  /** Which training the base comes from. */
  fit: Type.Optional(Type.String()),
  /** The ridge (beside this file) whose columns, reference and gene weights these rows share. */
  base: Type.String(),
  seen: seenSchema,
  rows: Type.Record(Type.String(), rowSchema),
});

/** Plain predictors fitted once: what each says of the loss of every gene from the reference state. */
export type PlainRows = Static<typeof plainSchema>;

/**
 * Reads `plain.json`.
 * @throws CellweaveError `card/syntax` or `plain/invalid` saying what is missing or of the wrong shape
 */
export function parsePlainRows(text: string, file?: string): PlainRows {
  const data = parseJson(text, file);
  if (Value.Check(plainSchema, data)) return data;
  const [first] = Value.Errors(plainSchema, data);
  throw new CellweaveError("plain/invalid", `not plain rows: ${first?.instancePath || "/"} ${first?.message ?? ""}`, {
    ...(file === undefined ? {} : { place: { file } }),
    hint: "such a file has id, kind, base, seen and rows, as models/ecoli/plain.json",
  });
}

/** The card of one row: the base's columns, its own name and what it has seen. */
export function plainCard(plain: PlainRows, name: string, base: Card): Card {
  const { title, intervals, seen = plain.seen } = rowOf(plain, name);
  const { file: _file, sha256: _sha256, ...shared } = base;
  return {
    ...shared,
    id: title,
    kind: plain.kind,
    seen,
    ...(intervals === undefined ? {} : { intervals }),
  };
}

/**
 * One plain row as a regulator: medium and effectors as the base answers for them, and for each gene the share of its
 * product that is gone times what its loss does. More product than in the wild type changes nothing: no row has seen it.
 * What was measured of several genes' loss together counts in place of what was measured of each, by the least share.
 * @throws CellweaveError `plain/unknown-row`, or `plain/invalid` where the row does not fit the base
 */
export function plainRegulator(plain: PlainRows, name: string, base: Regulator): Regulator {
  const { names, geneWeights } = base;
  const { title, surroundings, any, genes, measured = [] } = rowOf(plain, name);
  const changes = [any, ...genes.map(([, change]) => change), ...measured.map(([, change]) => change)];
  const columns = [...genes.map(([gene]) => gene), ...measured.flatMap(([together]) => together)];
  if (
    changes.some(({ length }) => length !== names.activities.length) ||
    Math.max(-1, ...columns) >= names.genes.length
  )
    throw new CellweaveError("plain/invalid", `row '${name}' of '${plain.id}' does not fit the columns of its base`, {
      hint: "plain.json and the ridge it names belong together",
    });
  const width = names.expression.length;
  const largestFirst = [...measured].sort(([a], [b]) => b.length - a.length);
  const recalled = new Uint8Array(names.genes.length);
  const untouched = new Float64Array(names.genes.length);
  const outputs = createOutputs(base);
  return {
    ...base,
    name: title,
    async predict(inputs, { activityChange, log2Expression }) {
      if (surroundings) await base.predict({ ...inputs, perturbation: untouched }, outputs);
      activityChange.set(outputs.activityChange);
      addLosses(inputs, any, genes, activityChange);
      addMeasured(inputs, largestFirst, recalled.fill(0), activityChange);
      for (let g = 0; g < width; g++) {
        let sum = 0;
        for (let i = 0; i < activityChange.length; i++)
          sum += (activityChange[i] ?? 0) * (geneWeights?.[i * width + g] ?? 0);
        log2Expression[g] = sum;
      }
    },
  };
}

type SparseRows = Static<typeof sparseRows>;

function addLosses({ perturbation }: RegulatorInputs, any: readonly number[], genes: SparseRows, out: Float64Array) {
  let total = 0;
  for (const level of perturbation) total += lost(level);
  const share = Math.min(1, total);
  if (share === 0) return;
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + share * (any[i] ?? 0);
  for (const [gene, change] of genes) {
    const part = lost(perturbation[gene] ?? 0);
    if (part > 0) for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + part * (change[i] ?? 0);
  }
}

type Measured = NonNullable<Static<typeof rowSchema>["measured"]>;

/** @param recalled scratch, zeros: genes whose loss a larger measured genotype has accounted for */
function addMeasured({ perturbation }: RegulatorInputs, measured: Measured, recalled: Uint8Array, out: Float64Array) {
  for (const [together, change] of measured) {
    let share = 1;
    for (const gene of together) share = Math.min(share, recalled[gene] === 1 ? 0 : lost(perturbation[gene] ?? 0));
    if (share === 0) continue;
    for (const gene of together) recalled[gene] = 1;
    for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + share * (change[i] ?? 0);
  }
}

/** Share of a product that is gone, from its level minus 1. */
function lost(level: number): number {
  return Math.min(1, Math.max(0, -level));
}

function rowOf({ id, rows }: PlainRows, name: string): Static<typeof rowSchema> {
  const row = new Map(Object.entries(rows)).get(name);
  if (row !== undefined) return row;
  const names = Object.keys(rows);
  throw new CellweaveError("plain/unknown-row", `'${id}' has no row '${name}'`, {
    hint: didYouMean(name, names) ?? `it has ${names.join(", ")}; a row is named as plain.json#stack`,
  });
}
