import { CellweaveError } from "../../errors.ts";
import type { Regulator, RegulatorInputs, RegulatorNames } from "../regulator.ts";
import { type Card, INPUT_NAMES, namesOf, OUTPUT_NAMES, referenceOf } from "./card.ts";

/** One tensor of 32-bit floats, shape [1, columns]. */
export type Row = Float32Array;

/** A tensor of 32-bit floats of any shape. */
export interface Tensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** An ONNX model that has been loaded, whichever runtime does it. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Runs one row through the model; inputs and outputs by name. */
  run(inputs: ReadonlyMap<string, Row>): Promise<ReadonlyMap<string, Row>>;
  /** The same with tensors of any shape. */
  runTensors(inputs: ReadonlyMap<string, Tensor>): Promise<ReadonlyMap<string, Tensor>>;
  dispose(): void;
}

/**
 * A regulator that asks an ONNX model.
 * @throws CellweaveError `onnx/tensors` where the model's tensors aren't those of the card
 */
export function onnxRegulator(card: Card, session: OnnxSession): Regulator {
  requireTensors(card, "inputs", INPUT_NAMES, session.inputNames);
  requireTensors(card, "outputs", OUTPUT_NAMES, session.outputNames);
  const names = namesOf(card);
  const rows = new Map(INPUT_NAMES.map((name) => [name as string, new Float32Array(sizeOf(name, names))]));
  return {
    name: card.id,
    names,
    reference: referenceOf(card),
    async predict(inputs, { activityChange, log2Expression }) {
      for (const name of INPUT_NAMES) rows.get(name)?.set(tensorValue(name, inputs));
      const found = await session.run(rows);
      take(card, found, "activity_change", activityChange);
      take(card, found, "log2_expression", log2Expression);
    },
    dispose: () => session.dispose(),
  };
}

function requireTensors(card: Card, side: "inputs" | "outputs", wanted: readonly string[], found: readonly string[]) {
  const missing = wanted.filter((name) => !found.includes(name));
  const extra = found.filter((name) => !wanted.includes(name));
  if (missing.length === 0 && (side === "outputs" || extra.length === 0)) return;
  const message = `model '${card.id}' has ${side} ${found.join(", ")}; expected ${wanted.join(", ")}`;
  throw new CellweaveError("onnx/tensors", message, {
    hint: "is this a regulator written by models/training, and does the card belong to it?",
  });
}

type InputName = (typeof INPUT_NAMES)[number];

function sizeOf(name: InputName, names: RegulatorNames): number {
  if (name === "reference_activity") return names.activities.length;
  if (name === "environment") return names.environment.length;
  return name === "perturbation" ? names.genes.length : names.effectors.length;
}

function tensorValue(name: InputName, inputs: RegulatorInputs): Float64Array {
  if (name === "reference_activity") return inputs.referenceActivity;
  if (name === "effector_known") return inputs.effectorKnown;
  return inputs[name];
}

function take(card: Card, found: ReadonlyMap<string, Row>, name: string, out: Float64Array): void {
  const row = found.get(name);
  if (row?.length !== out.length)
    throw new CellweaveError(
      "onnx/tensors",
      `model '${card.id}': output '${name}' has ${row?.length ?? 0} columns, the card ${out.length}`,
      { hint: "the card does not belong to this ONNX file" },
    );
  out.set(row);
}
