import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { didYouMean } from "../suggest.ts";
import type { Path, Problem } from "./problem.ts";

/** The part of JSON Schema our schemas use. */
interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
}

/** Everything wrong with a value against a schema, in words; empty where nothing is. */
export function explain(schema: TSchema, value: unknown): Problem[] {
  if (Value.Check(schema, value)) return [];
  const found = [...problems(schema as Schema, value, [])];
  if (found.length > 0) return found;
  return Value.Errors(schema, value).map(({ instancePath, message }) => ({
    path: instancePath.split("/").slice(1),
    at: "value",
    message,
  }));
}

function* problems(schema: Schema, value: unknown, path: Path): Generator<Problem> {
  if (schema.anyOf !== undefined) yield* alternatives(schema.anyOf, value, path);
  else if (typeOf(value) !== schema.type && !(schema.type === "number" && typeOf(value) === "integer"))
    yield* wrongType(schema, value, path);
  else if (schema.type === "object") yield* members(schema, value as Record<string, unknown>, path);
  else if (schema.type === "array") yield* items(schema, value as unknown[], path);
  else yield* scalar(schema, value as string | number, path);
}

function* wrongType(schema: Schema, value: unknown, path: Path): Generator<Problem> {
  if (schema.enum !== undefined && typeof value === "string") yield* scalar(schema, value, path);
  else yield { path, at: "value", message: `expected ${expected(schema)}, got ${show(value)}` };
}

function* scalar(schema: Schema, value: string | number, path: Path): Generator<Problem> {
  const got = `got ${show(value)}`;
  const wrong = (message: string, hint?: string): Problem => ({
    path,
    at: "value",
    message: `expected ${message}, ${got}`,
    ...(hint === undefined ? {} : { hint }),
  });
  if (schema.enum?.includes(String(value)) === false)
    yield wrong(`one of ${schema.enum.join(", ")}`, didYouMean(String(value), schema.enum));
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(String(value)))
    yield wrong(`text that matches ${schema.pattern}`);
  if (typeof value !== "number") return;
  if (schema.minimum !== undefined && value < schema.minimum) yield wrong(`at least ${schema.minimum}`);
  if (schema.maximum !== undefined && value > schema.maximum) yield wrong(`at most ${schema.maximum}`);
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum)
    yield wrong(`more than ${schema.exclusiveMinimum}`);
}

function* items(schema: Schema, value: readonly unknown[], path: Path): Generator<Problem> {
  if (value.length < (schema.minItems ?? 0))
    yield { path, at: "value", message: `expected at least ${schema.minItems} entry, got an empty list` };
  for (const [i, item] of value.entries()) yield* problems(schema.items ?? {}, item, [...path, i]);
}

function* members(schema: Schema, value: Readonly<Record<string, unknown>>, path: Path): Generator<Problem> {
  const properties = new Map(Object.entries(schema.properties ?? {}));
  const any = Object.values(schema.patternProperties ?? {})[0];
  for (const [key, member] of Object.entries(value)) {
    const inner = properties.get(key) ?? any;
    if (inner !== undefined) yield* problems(inner, member, [...path, key]);
    else yield unknownKey(key, properties.keys(), path);
  }
  for (const key of schema.required ?? [])
    if (!Object.hasOwn(value, key)) yield { path, at: "value", message: `'${key}' is missing` };
}

function unknownKey(key: string, known: Iterable<string>, path: Path): Problem {
  const names = [...new Set(known)];
  const hint = didYouMean(key, names) ?? `the keys here are ${names.join(", ")}`;
  return { path: [...path, key], at: "key", message: `unknown key '${key}'`, hint };
}

/** Of several shapes, the one that was meant: the first whose leading key is there, then the one with most in common. */
function* alternatives(branches: readonly Schema[], value: unknown, path: Path): Generator<Problem> {
  if (branches.some((branch) => Value.Check(branch as TSchema, value))) return;
  const sameType = branches.filter((branch) => branch.type === typeOf(value));
  const [only] = sameType;
  if (sameType.length === 1 && only !== undefined) yield* problems(only, value, path);
  else if (only?.type === "object") yield* objectAlternatives(sameType, value as Record<string, unknown>, path);
  else {
    const message = `expected ${branches.map(expected).join(" or ")}, got ${show(value)}`;
    yield { path, at: "value", message };
  }
}

function* objectAlternatives(
  branches: readonly Schema[],
  value: Readonly<Record<string, unknown>>,
  path: Path,
): Generator<Problem> {
  const score = (branch: Schema) =>
    (branch.required ?? []).filter((key) => Object.hasOwn(value, key)).length +
    Object.keys(branch.properties ?? {}).filter((key) => Object.hasOwn(value, key)).length / 100;
  const leading = branches.filter((branch) => Object.hasOwn(value, branch.required?.[0] ?? ""));
  const [best] = [...leading].sort((a, b) => score(b) - score(a));
  if (best !== undefined) {
    yield* problems(best, value, path);
    return;
  }
  const heads = [...new Set(branches.map((branch) => branch.required?.[0] ?? ""))];
  const [first] = Object.keys(value);
  const hint = first === undefined ? undefined : didYouMean(first, heads);
  yield {
    path: first === undefined ? path : [...path, first],
    at: first === undefined ? "value" : "key",
    message: `expected one of the keys ${heads.join(", ")}, got ${first === undefined ? "none" : `'${first}'`}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

function expected({ type, enum: values }: Schema): string {
  if (values !== undefined) return `one of ${values.join(", ")}`;
  const names: Readonly<Record<string, string>> = {
    string: "text",
    integer: "a whole number",
    number: "a number",
    boolean: "true or false",
    array: "a list",
    object: "keys with values",
    null: "nothing",
  };
  return names[type ?? ""] ?? String(type);
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number" && Number.isInteger(value)) return "integer";
  return typeof value;
}

function show(value: unknown): string {
  const type = typeOf(value);
  if (type === "array") return "a list";
  if (type === "object") return "keys with values";
  if (type === "null") return "nothing";
  return type === "string" ? `'${String(value)}'` : String(value);
}
