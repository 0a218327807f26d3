import { parseDocument } from "../../vendor/yaml.ts";
import { modelFault } from "./model-parts.ts";

/** A JSON object, or the mapping of a YAML file. */
export type Tree = Readonly<Record<string, unknown>>;

/**
 * The object of a JSON text. Python writes `NaN` and `Infinity`, which JSON doesn't have; they become texts, which
 * `numberOf` reads.
 * @throws CellweaveError `metabolism/json`
 */
export function parseJson(text: string, file: string | undefined): Tree {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    value = parsePythonJson(text, (cause as Error).message, file);
  }
  if (isTree(value)) return value;
  throw modelFault("json", "expected an object with metabolites, reactions and genes", file);
}

function parsePythonJson(text: string, message: string, file: string | undefined): unknown {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
  try {
    return JSON.parse(quoted);
  } catch {
    throw modelFault("json", `not JSON: ${message.replaceAll(/\s+/g, " ")}`, file);
  }
}

/**
 * The mapping of a YAML text as COBRApy and RAVEN write it: ordered mappings (`!!omap`) and plain ones alike.
 * @throws CellweaveError `metabolism/yaml`
 */
export function parseYaml(text: string, file: string | undefined): Tree {
  const document = parseDocument(text, { customTags: ["omap"], uniqueKeys: false, logLevel: "error" });
  const [error] = document.errors;
  if (error !== undefined) throw modelFault("yaml", `not YAML: ${error.message.split("\n")[0]}`, file);
  const value = plain(document.toJS({ mapAsMap: true, maxAliasCount: 0 }));
  if (isTree(value)) return value;
  throw modelFault("yaml", "expected a mapping with metabolites, reactions and genes", file);
}

/** Mappings as objects; what is no text or number as a key becomes one. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A number, or one written as text, as Python's infinities are; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const [, sign] = /^([+-]?)inf(?:inity)?$/i.exec(value.trim()) ?? [];
  if (sign !== undefined) return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const number = Number(value);
  return value.trim() === "" || Number.isNaN(number) ? undefined : number;
}
