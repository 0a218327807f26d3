import { inflateSync } from "node:zlib";
import { modelOfArchive } from "../../sbml/archive-node.ts";
import { readSbml } from "../../sbml/read.ts";
import { unpackBytes } from "../../sbml/unpack-node.ts";
import { isZip } from "../../sbml/zip-node.ts";
import type { FluxModel } from "../model/flux-model.ts";
import { isMatFile } from "./mat/read.ts";
import { modelFault } from "./model-parts.ts";
import { fluxModelFromJson, fluxModelFromYaml } from "./read-cobra-json.ts";
import { fluxModelFromMat } from "./read-cobra-mat.ts";
import { fluxModel } from "./read-model.ts";

/** Most bytes that a compressed model, or a compressed part of it, may unfold to. */
const LARGEST = 2 ** 29;

/**
 * The constraint-based model in a file's bytes, by what they look like: SBML with fbc, COBRA JSON, COBRA YAML or a COBRA
 * MAT file (versions 5 to 7), plain or gzipped; or the SBML model of a COMBINE archive.
 * @param file its name, for messages
 * @throws CellweaveError for other formats by name, and for whatever is wrong in the model
 */
export function fluxModelFromFile(bytes: Uint8Array, file: string): FluxModel {
  const model = modelIn(bytes, file);
  if (model.reactions.length > 0) return model;
  throw modelFault("empty", `model '${model.id}' has no reactions`, file, "is it the right file?");
}

function modelIn(bytes: Uint8Array, file: string): FluxModel {
  if (isZip(bytes)) {
    const { name, text, external } = modelOfArchive(file, bytes, LARGEST);
    const inside = `${file}:${name}`;
    return fluxModel(readSbml(text, { file: inside, external }));
  }
  const plain = unpackBytes(file, bytes, LARGEST);
  if (isMatFile(plain)) return fluxModelFromMat(plain, (part) => inflateSync(part, { maxOutputLength: LARGEST }), file);
  const text = new TextDecoder().decode(plain);
  const start = text.slice(0, 4096).trimStart();
  if (start.startsWith("{")) return fluxModelFromJson(text, file);
  if (start.startsWith("<")) return fluxModel(readSbml(text, { file }));
  if (/^(?:#|---|%YAML|!!omap|- (?:metaData|metabolites|reactions)|\w+:)/.test(start))
    return fluxModelFromYaml(text, file);
  throw modelFault(
    "format",
    "this is no model: neither SBML, COBRA JSON, COBRA YAML nor a MAT file",
    file,
    "save it as SBML with fbc, COBRA JSON, COBRA YAML or a MAT file of version 5 to 7",
  );
}
