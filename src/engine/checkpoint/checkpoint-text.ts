import { CellweaveError } from "../../errors.ts";
import type { Checkpoint } from "./checkpoint-data.ts";

/** How numbers that JSON cannot carry, and arrays of numbers, are written. */
const ARRAY = "$float64";
const NUMBER = "$number";

/** A checkpoint as JSON that gives back every bit. */
export function checkpointToText(checkpoint: Checkpoint): string {
  return JSON.stringify(checkpoint, (_key, value: unknown) => {
    if (value instanceof Float64Array) return { [ARRAY]: toBase64(value) };
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
      return { [NUMBER]: Object.is(value, -0) ? "-0" : String(value) };
    return value;
  });
}

/** @throws CellweaveError `run/checkpoint` where the text is no checkpoint of this version */
export function checkpointFromText(text: string, file?: string): Checkpoint {
  const place = file === undefined ? {} : { place: { file } };
  const hint = "start the run anew, or resume with the version that wrote it";
  try {
    const data: unknown = JSON.parse(text, revive);
    if ((data as Partial<Checkpoint> | null)?.format === "cellweave-checkpoint/2") return data as Checkpoint;
  } catch (cause) {
    throw new CellweaveError("run/checkpoint", "this is no whole checkpoint", { ...place, hint, cause });
  }
  throw new CellweaveError("run/checkpoint", "this is no checkpoint of the format cellweave-checkpoint/2", {
    ...place,
    hint,
  });
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (ARRAY in value && typeof value[ARRAY] === "string") return fromBase64(value[ARRAY]);
  if (NUMBER in value && typeof value[NUMBER] === "string") return Number(value[NUMBER]);
  return value;
}

function toBase64(values: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    bytes.setFloat64(8 * i, value, true);
  });
  let text = "";
  const chunk = 0x8000;
  for (let i = 0; i < bytes.byteLength; i += chunk)
    text += String.fromCharCode(...new Uint8Array(bytes.buffer, i, Math.min(chunk, bytes.byteLength - i)));
  return btoa(text);
}

function fromBase64(text: string): Float64Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}
