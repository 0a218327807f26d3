import type { OnnxSession, Tensor } from "../trained/onnx.ts";
import { CHANNELS, type Context, type Rows } from "./design.ts";
import { type PlainPredictions, plainOfContext } from "./plain-predictions.ts";

/** The transformer that reads experiments, in two parts: one encodes a context, the other answers queries of it. */
export interface ReaderModel {
  readonly name: string;
  readonly encode: OnnxSession;
  readonly answer: OnnxSession;
}

/** What it says of queries, in spreads; shape [queries, variables] each. */
export interface ReaderAnswer {
  readonly mean: Float64Array;
  /** Standard deviation. */
  readonly spread: Float64Array;
}

/** A context that has been read; a query costs only its own tokens. */
export interface ReadContext {
  answer(rows: Rows, plain: PlainPredictions): Promise<ReaderAnswer>;
}

/** Encodes a context once. */
export async function readContext(
  { encode, answer }: ReaderModel,
  context: Pick<Context, "rows" | "edges">,
): Promise<ReadContext> {
  const { rows, edges } = context;
  const graph = tensor(edges.matrix, [1, rows.variables, rows.variables]);
  const own = plainOfContext(context);
  const encoded = await encode.runTensors(new Map([...inputs(rows, own, rows.count), ["graph", graph]]));
  const memory = encoded.get("memory");
  if (memory === undefined) throw new RangeError("the encoder has no output 'memory'");
  return {
    async answer(query, plain) {
      const asked = new Map([...inputs(query, plain, rows.count), ["graph", graph], ["memory", memory]] as const);
      const found = await answer.runTensors(asked);
      return { mean: doubles(found.get("mean")), spread: doubles(found.get("log_spread")).map(Math.exp) };
    },
  };
}

function inputs(rows: Rows, plain: PlainPredictions, context: number): [string, Tensor][] {
  const shape = [1, rows.count, rows.variables];
  return [
    ["value", tensor(rows.value, shape)],
    ["state", tensor(rows.state, shape)],
    ["known", tensor(rows.known, shape)],
    ["acts", tensor(rows.acts, [...shape, CHANNELS])],
    ["perturbed", tensor(Float64Array.from(rows.perturbed), [1, rows.count])],
    ["added", tensor(plain.added, shape)],
    ["regressed", tensor(plain.regressed, shape)],
    ["alike", tensor(plain.alike, [1, rows.count, context])],
  ];
}

function tensor(data: Float64Array, shape: readonly number[]): Tensor {
  return { data: Float32Array.from(data), shape };
}

function doubles(found: Tensor | undefined): Float64Array {
  return Float64Array.from(found?.data ?? []);
}
