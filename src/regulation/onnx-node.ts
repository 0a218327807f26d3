import type { InferenceSession, Tensor as OnnxTensor } from "onnxruntime-node";
import { CellweaveError } from "../errors.ts";
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
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(inputs) {
      const feeds = Object.fromEntries([...inputs].map(([name, row]) => [name, tensorOf(Tensor, row)]));
      let results: InferenceSession.ReturnType;
      try {
        results = await session.run(feeds);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new CellweaveError("onnx/run", `the model could not be run: ${reason}`, { cause, place: { file } });
      }
      return new Map(Object.entries(results).map(([name, value]) => [name, value.data as Row]));
    },
    dispose: () => void session.release(),
  };
}

function tensorOf(Tensor: typeof OnnxTensor, row: Row): OnnxTensor {
  return new Tensor("float32", row, [1, row.length]);
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
