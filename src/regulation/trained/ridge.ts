import { CellweaveError } from "../../errors.ts";
import { type Static, Type, Value } from "../../vendor/typebox.ts";
import type { Regulator, RegulatorInputs, RegulatorNames } from "../regulator.ts";
import { type Card, checkCard, namesOf, parseJson, referenceOf } from "./card.ts";

const sparseRows = Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Array(Type.Number())]));

const ridgeSchema = Type.Object({
  weights: Type.Object({
    W_environment: sparseRows,
    W_effector: sparseRows,
    W_perturbation: sparseRows,
    own: Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })])),
    own_offset: Type.Number(),
    own_slope: Type.Number(),
    any_slope: Type.Number(),
    gene_weights: sparseRows,
  }),
});

type Weights = Static<typeof ridgeSchema>["weights"];
type SparseRows = Weights["gene_weights"];

/** The largest |log2| of an effector that counts. */
const EFFECTOR_LIMIT = 6;

/** A ridge regulator's file: its card and its weights. */
export interface RidgeModel {
  readonly card: Card;
  readonly weights: Weights;
}

/**
 * Reads `ridge.json`: a card with `weights`, matrices as rows that aren't zero.
 * @throws CellweaveError `card/...`, or `ridge/invalid` where weights don't fit the card's columns
 */
export function parseRidge(text: string, file?: string): RidgeModel {
  const data = parseJson(text, file);
  const card = checkCard(data, file);
  const place = file === undefined ? {} : { place: { file } };
  if (!Value.Check(ridgeSchema, data)) {
    const [first] = Value.Errors(ridgeSchema, data);
    const message = `card '${card.id}' has no ridge weights: ${first?.instancePath ?? ""} ${first?.message ?? ""}`;
    throw new CellweaveError("ridge/invalid", message.trim(), place);
  }
  const problem = misfit(data.weights, namesOf(card));
  if (problem !== undefined) throw new CellweaveError("ridge/invalid", `card '${card.id}': ${problem}`, place);
  return { card, weights: data.weights };
}

function misfit(weights: Weights, names: RegulatorNames): string | undefined {
  const { activities, environment, effectors, genes, expression } = names;
  const shapes: [keyof Weights, SparseRows, number, number][] = [
    ["W_environment", weights.W_environment, environment.length, activities.length],
    ["W_effector", weights.W_effector, effectors.length, activities.length],
    ["W_perturbation", weights.W_perturbation, genes.length, activities.length],
    ["gene_weights", weights.gene_weights, activities.length, expression.length],
  ];
  for (const [name, rows, inputs, outputs] of shapes) {
    for (const [row, values] of rows) {
      if (row >= inputs) return `${name} has row ${row} of ${inputs} inputs`;
      if (values.length !== outputs) return `${name}, row ${row}: ${values.length} values for ${outputs} outputs`;
    }
  }
  const stray = weights.own.find(([gene, activity]) => gene >= genes.length || activity >= activities.length);
  return stray === undefined ? undefined : `own names [${stray.join(", ")}], which is no gene or no activity`;
}

/**
 * The ridge regulator: change = environment, effectors and perturbation each times their weights, plus for the
 * regulon of a perturbed gene dose (offset + slope x reference), plus for any perturbation a share of the reference.
 */
export function ridgeRegulator({ card, weights }: RidgeModel): Regulator {
  const names = namesOf(card);
  const dose = new Float64Array(names.activities.length);
  return {
    name: card.id,
    names,
    reference: referenceOf(card),
    geneWeights: dense(weights.gene_weights, names.activities.length, names.expression.length),
    predict(inputs, { activityChange, log2Expression }) {
      linearPart(weights, inputs, activityChange);
      doses(weights, inputs.perturbation, dose);
      let any = 0;
      for (const level of inputs.perturbation) any += Math.abs(level);
      const share = Math.min(1, any) * weights.any_slope;
      for (let i = 0; i < activityChange.length; i++) {
        const reference = inputs.referenceActivity[i] ?? 0;
        const own = (dose[i] ?? 0) * (weights.own_offset + weights.own_slope * reference);
        activityChange[i] = (activityChange[i] ?? 0) + own + share * reference;
      }
      log2Expression.fill(0);
      for (const [row, values] of weights.gene_weights) addScaled(values, activityChange[row] ?? 0, log2Expression);
    },
    dispose() {},
  };
}

function linearPart(weights: Weights, inputs: RegulatorInputs, out: Float64Array): void {
  out.fill(0);
  for (const [row, values] of weights.W_environment) addScaled(values, inputs.environment[row] ?? 0, out);
  for (const [row, values] of weights.W_perturbation) addScaled(values, inputs.perturbation[row] ?? 0, out);
  for (const [row, values] of weights.W_effector) {
    const level = Math.min(EFFECTOR_LIMIT, Math.max(-EFFECTOR_LIMIT, inputs.effector[row] ?? 0));
    addScaled(values, level * (inputs.effectorKnown[row] ?? 0), out);
  }
}

function doses({ own }: Weights, perturbation: Float64Array, dose: Float64Array): void {
  dose.fill(0);
  for (const [gene, activity] of own) dose[activity] = (dose[activity] ?? 0) + (perturbation[gene] ?? 0);
  for (let i = 0; i < dose.length; i++) dose[i] = Math.min(4, Math.max(-1, dose[i] ?? 0));
}

function addScaled(values: readonly number[], factor: number, out: Float64Array): void {
  if (factor === 0) return;
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + factor * (values[i] ?? 0);
}

function dense(rows: SparseRows, inputs: number, outputs: number): Float64Array {
  const matrix = new Float64Array(inputs * outputs);
  for (const [row, values] of rows) matrix.set(values, row * outputs);
  return matrix;
}
