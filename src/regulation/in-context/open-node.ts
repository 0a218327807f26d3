import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CellweaveError } from "../../errors.ts";
import { type Static, Type, Value } from "../../vendor/typebox.ts";
import { parseJson } from "../trained/card.ts";
import { loadOnnx } from "../trained/onnx-node.ts";
import type { ReaderModel } from "./reader.ts";

const cardSchema = Type.Object({
  id: Type.String(),
  files: Type.Object({ "encode.onnx": Type.String(), "answer.onnx": Type.String() }),
});

/** A reader with the files it was opened from, for provenance. */
export interface OpenedReader extends ReaderModel {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/**
 * Opens a reader of experiments: a folder with `reader.card.json`, `encode.onnx` and `answer.onnx`.
 * @throws CellweaveError `reader/not-found`, `reader/hash`, `card/...` or `onnx/...`
 */
export async function openReader(folder: string): Promise<OpenedReader> {
  const cardFile = join(folder, "reader.card.json");
  const text = await bytesOf(cardFile);
  const card = parseReaderCard(text.toString("utf8"), cardFile);
  const files = [{ path: cardFile, sha256: hashOf(text) }];
  const session = async (name: keyof Static<typeof cardSchema>["files"]) => {
    const file = join(folder, name);
    const bytes = await bytesOf(file);
    const sha256 = hashOf(bytes);
    files.push({ path: file, sha256 });
    if (sha256 !== card.files[name])
      throw new CellweaveError("reader/hash", `the file is not the one of card '${card.id}': SHA-256 ${sha256}`, {
        place: { file },
        hint: `the card wants ${card.files[name]}; the three files belong together`,
      });
    return loadOnnx(bytes, file);
  };
  return { name: card.id, encode: await session("encode.onnx"), answer: await session("answer.onnx"), files };
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function parseReaderCard(text: string, file: string): Static<typeof cardSchema> {
  const data = parseJson(text, file);
  if (Value.Check(cardSchema, data)) return data;
  throw new CellweaveError("card/invalid", "not the card of a reader of experiments", {
    place: { file },
    hint: "it has id and files with the SHA-256 of encode.onnx and answer.onnx",
  });
}

async function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const message = cause.code === "ENOENT" ? `'${file}' does not exist` : cause.message;
    throw new CellweaveError("reader/not-found", message, {
      cause,
      hint: "a reader is a folder with reader.card.json, encode.onnx and answer.onnx, as models/reader",
    });
  });
}
