import type { InferenceSession, Tensor as OnnxTensor } from "onnxruntime-node";
import { CellweaveError } from "../../errors.ts";
import type { OnnxSession, Row } from "./onnx.ts";

/** One thread, one order: the same machine gives the same bits. */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ["cpu"],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  graphOptimizationLevel: "all",
  enableCpuMemArena: true,
  logSeverityLevel: 3,
};

/**
 * Loads an ONNX model with onnxruntime-node, which is itself loaded only now.
 * @param bytes the file's content
 * @param file its name, for messages
 * @throws CellweaveError `onnx/load` where the file is no model the runtime can run
 */
export async function loadOnnx(bytes: Uint8Array, file: string): Promise<OnnxSession> {
  const { InferenceSession: Session, Tensor } = await loadRuntime();
  let session: InferenceSession;
  try {
    session = await Session.create(bytes, OPTIONS);
  } catch (cause) {
    const message = `not an ONNX model that onnxruntime can run: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new CellweaveError("onnx/load", message, { cause, place: { file }, hint: "is the file whole?" });
  }
  const run = async (feeds: Record<string, OnnxTensor>): Promise<[string, OnnxTensor][]> => {
    try {
      return Object.entries(await session.run(feeds));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CellweaveError("onnx/run", `the model could not be run: ${reason}`, { cause, place: { file } });
    }
  };
  const tensor = (data: Row, shape: readonly number[]): OnnxTensor => new Tensor("float32", data, [...shape]);
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(inputs) {
      const feeds = Object.fromEntries([...inputs].map(([name, row]) => [name, tensor(row, [1, row.length])]));
      return new Map((await run(feeds)).map(([name, { data }]) => [name, data as Row]));
    },
    async runTensors(inputs) {
      const feeds = Object.fromEntries([...inputs].map(([name, { data, shape }]) => [name, tensor(data, shape)]));
      return new Map((await run(feeds)).map(([name, { data, dims }]) => [name, { data: data as Row, shape: dims }]));
    },
    dispose: () => void session.release(),
  };
}

async function loadRuntime() {
  try {
    return await import("onnxruntime-node");
  } catch (cause) {
    throw new CellweaveError("onnx/runtime", "onnxruntime-node is not installed or has no binary for this machine", {
      cause,
      hint: "run 'npm ci' again; on an unsupported platform choose the ridge regulator",
    });
  }
}
