import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import type { EdgeAttributes, NodeAttributes, NodeType } from "./graph-attributes.ts";
import { SIGNS } from "./sign.ts";

export interface NodeEntry extends NodeAttributes {
  readonly id: string;
}

export interface EdgeEntry extends EdgeAttributes {
  readonly source: string;
  readonly target: string;
}

/** A `networks/*.json` file: node-link form. */
export interface RegulatoryFile {
  readonly id: string;
  readonly name: string;
  readonly source: readonly string[];
  readonly nodes: readonly NodeEntry[];
  readonly edges: readonly EdgeEntry[];
}

const NODE_TYPES: readonly NodeType[] = ["gene", "protein", "tf", "sigma", "metabolite", "signal", "imodulon"];

/**
 * Reads and checks the text of a regulatory network.
 * @throws CellweaveError `graph/syntax` or `graph/invalid` saying which entry, what was found and what was expected
 */
export function parseRegulatoryFile(text: string, file?: string): RegulatoryFile {
  try {
    const data = entry(parseJson(text), "the file");
    return {
      id: stringOf(data, "id", "the file"),
      name: stringOf(data, "name", "the file"),
      source: sourceOf(data),
      nodes: listOf(data, "nodes").map((item, i) => nodeEntry(item, `nodes[${i}]`)),
      edges: listOf(data, "edges").map((item, i) => edgeEntry(item, `edges[${i}]`)),
    };
  } catch (error) {
    throw error instanceof CellweaveError && file !== undefined ? error.at({ file }) : error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new CellweaveError("graph/syntax", message, {
      cause,
      hint: "a regulatory network is a networks/*.json file",
    });
  }
}

type Entry = ReadonlyMap<string, unknown>;

function nodeEntry(item: unknown, where: string): NodeEntry {
  const data = entry(item, where);
  const id = stringOf(data, "id", where);
  const place = `${where} ('${id}')`;
  const locus = optionalString(data, "locus", place);
  const synonyms = data.has("synonyms") ? strings(data.get("synonyms"), "synonyms", place) : undefined;
  const regulon = data.has("regulon") ? strings(data.get("regulon"), "regulon", place) : undefined;
  return {
    id,
    type: choiceOf(data, "type", NODE_TYPES, place),
    name: optionalString(data, "name", place) ?? id,
    ...(locus === undefined ? {} : { locus }),
    ...(synonyms === undefined ? {} : { synonyms }),
    ...(data.has("mode") ? { mode: shareOf(data.get("mode"), "mode", place) } : {}),
    ...(regulon === undefined ? {} : { regulon }),
    ...(data.has("reach") ? { reach: reachOf(data, place) } : {}),
  };
}

function edgeEntry(item: unknown, where: string): EdgeEntry {
  const data = entry(item, where);
  const source = stringOf(data, "source", where);
  const target = stringOf(data, "target", where);
  const place = `${where} ('${source}' to '${target}')`;
  return {
    source,
    target,
    sign: choiceOf(data, "sign", SIGNS, place),
    type: optionalString(data, "type", place) ?? "regulates",
    evidence: stringOf(data, "evidence", place),
    origin: stringOf(data, "origin", place),
  };
}

function shareOf(value: unknown, key: string, where: string): number {
  if (typeof value === "number" && Math.abs(value) <= 1) return value;
  throw invalid(where, `'${key}': expected a number from -1 to 1, got ${show(value)}`);
}

function reachOf(data: Entry, where: string): ReadonlyMap<string, number> {
  const shares = entry(data.get("reach"), `${where}: 'reach'`);
  return new Map([...shares].map(([name, value]) => [name, shareOf(value, `reach.${name}`, where)]));
}

function invalid(where: string, message: string, hint?: string): CellweaveError {
  return new CellweaveError("graph/invalid", `${where}: ${message}`, hint === undefined ? {} : { hint });
}

function entry(value: unknown, where: string): Entry {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(where, `expected an object, got ${show(value)}`);
  return new Map(Object.entries(value));
}

function listOf(data: Entry, key: string): readonly unknown[] {
  const value = data.get(key);
  if (Array.isArray(value)) return value;
  throw invalid("the file", `'${key}': expected a list, got ${show(value)}`);
}

function stringOf(data: Entry, key: string, where: string): string {
  const value = optionalString(data, key, where);
  if (value === undefined || value === "") throw invalid(where, `'${key}' is missing`);
  return value;
}

function optionalString(data: Entry, key: string, where: string): string | undefined {
  const value = data.get(key);
  if (value === undefined || typeof value === "string") return value;
  throw invalid(where, `'${key}': expected text, got ${show(value)}`);
}

function choiceOf<T extends string>(data: Entry, key: string, of: readonly T[], where: string): T {
  const value = stringOf(data, key, where);
  const found = of.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw invalid(where, `'${key}': expected one of ${of.join(", ")}, got '${value}'`, didYouMean(value, of));
}

function sourceOf(data: Entry): readonly string[] {
  const value = data.get("source");
  return typeof value === "string" ? [value] : strings(value, "source", "the file");
}

function strings(value: unknown, key: string, where: string): readonly string[] {
  if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) return value;
  throw invalid(where, `'${key}': expected a list of texts, got ${show(value)}`);
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
