import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CellweaveError } from "../../errors.ts";
import { parseConditions } from "../range/conditions.ts";
import { type TrainingDistance, trainingDistance } from "../range/distance.ts";
import type { Regulator } from "../regulator.ts";
import { type Card, parseCard } from "./card.ts";
import { checkFit } from "./fit.ts";
import { fitOfIntervals } from "./intervals.ts";
import { onnxRegulator } from "./onnx.ts";
import { loadOnnx } from "./onnx-node.ts";
import { parsePlainRows, plainCard, plainRegulator } from "./plain-rows.ts";
import { parseRidge, ridgeRegulator } from "./ridge.ts";

/** A regulator with what it was opened from. */
export interface OpenedRegulator {
  readonly regulator: Regulator;
  readonly card: Card;
  /** How far a state lies from what it was trained on, where the card names the conditions. */
  readonly distance?: TrainingDistance;
  /** Files that were read, for provenance. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

const CARD = "regulator.card.json";

/**
 * Opens a regulator: a card (`*.card.json`) with its ONNX file beside it, a ridge (`*.json` with weights), a plain row
 * (`plain.json#stack`), or a folder that holds `regulator.card.json`.
 * @throws CellweaveError `regulator/not-found`, `regulator/hash`, `card/...`, `ridge/...`, `plain/...` or `onnx/...`
 */
export async function openRegulator(path: string): Promise<OpenedRegulator> {
  const row = /^(?<file>.*\.json)#(?<name>[^#]*)$/u.exec(path)?.groups;
  if (row !== undefined) return openPlainRow(row.file ?? "", row.name ?? "");
  const cardFile = (await isFolder(path)) ? join(path, CARD) : path;
  const bytes = await readOr(cardFile, "a regulator is a folder with regulator.card.json, a card, or a ridge .json");
  const text = bytes.toString("utf8");
  const files = [{ path: cardFile, sha256: hashOf(bytes) }];
  if (!basename(cardFile).endsWith(".card.json")) {
    const model = parseRidge(text, cardFile);
    return withConditions({ regulator: ridgeRegulator(model), card: model.card, files }, cardFile);
  }
  const card = parseCard(text, cardFile);
  if (card.file === undefined)
    throw new CellweaveError("card/invalid", `card '${card.id}' names no ONNX file`, { place: { file: cardFile } });
  const onnxFile = join(dirname(cardFile), card.file);
  const model = await readOr(
    onnxFile,
    `card '${card.id}' expects it: restore it, train it with models/training, or choose another regulator (--regulator ridge)`,
  );
  const sha256 = hashOf(model);
  if (card.sha256 !== undefined && card.sha256 !== sha256)
    throw new CellweaveError("regulator/hash", `the file is not the one of card '${card.id}': SHA-256 ${sha256}`, {
      place: { file: onnxFile },
      hint: `the card wants ${card.sha256}; file and card belong together, restore or export both`,
    });
  const regulator = onnxRegulator(card, await loadOnnx(model, onnxFile));
  return withConditions({ regulator, card, files: [...files, { path: onnxFile, sha256 }] }, cardFile);
}

async function openPlainRow(file: string, name: string): Promise<OpenedRegulator> {
  const bytes = await readOr(file, "a plain row is named as plain.json#stack");
  const plain = parsePlainRows(bytes.toString("utf8"), file);
  const base = await openRegulator(join(dirname(file), plain.base));
  checkFit({ name: basename(file), fit: plain.fit }, { name: plain.base, fit: base.card.fit });
  const card = plainCard(plain, name, base.card);
  checkFit(
    { name: `the part "intervals" of row ${name}`, fit: fitOfIntervals(card) },
    { name: plain.base, fit: card.fit },
  );
  return {
    ...base,
    regulator: plainRegulator(plain, name, base.regulator),
    card,
    files: [{ path: file, sha256: hashOf(bytes) }, ...base.files],
  };
}

async function withConditions(opened: OpenedRegulator, cardFile: string): Promise<OpenedRegulator> {
  const { card, regulator, files } = opened;
  const name = basename(cardFile);
  checkFit({ name: `the part "intervals" of ${name}`, fit: fitOfIntervals(card) }, { name, fit: card.fit });
  if (card.conditions === undefined) return opened;
  const file = join(dirname(cardFile), card.conditions);
  const bytes = await readOr(
    file,
    `card '${card.id}' names it: restore it, or write it with models/training/conditions.py`,
  );
  const distance = trainingDistance(parseConditions(bytes.toString("utf8"), regulator.names, file));
  return { ...opened, distance, files: [...files, { path: file, sha256: hashOf(bytes) }] };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function readOr(file: string, hint: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const message = missing ? `'${file}' does not exist` : `'${file}' cannot be read: ${(cause as Error).message}`;
    throw new CellweaveError(missing ? "regulator/not-found" : "regulator/unreadable", message, { cause, hint });
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
