import { didYouMean } from "../../suggest.ts";
import type { TSchema } from "../../vendor/typebox.ts";
import { Value } from "../../vendor/typebox.ts";
import type { Path, Problem } from "./problem.ts";
import { expected, type Schema, show, typeOf } from "./schema-words.ts";

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
  if (isNumber(schema) && typeof value === "number" && !Number.isFinite(value))
    yield { path, at: "value", message: `expected a finite number, found ${show(value)}` };
  else if (schema.anyOf !== undefined) yield* alternatives(schema.anyOf, value, path);
  else if (typeOf(value) !== schema.type && !(schema.type === "number" && typeOf(value) === "integer"))
    yield* wrongType(schema, value, path);
  else if (schema.type === "object") yield* members(schema, value as Record<string, unknown>, path);
  else if (schema.type === "array") yield* items(schema, value as unknown[], path);
  else yield* scalar(schema, value as string | number, path);
}

function isNumber({ type }: Schema): boolean {
  return type === "number" || type === "integer";
}

function* wrongType(schema: Schema, value: unknown, path: Path): Generator<Problem> {
  if (schema.enum !== undefined && typeof value === "string") yield* scalar(schema, value, path);
  else yield mismatch([schema], value, path);
}

function mismatch(schemas: readonly Schema[], value: unknown, path: Path): Problem {
  const wanted = [...new Set(schemas.map(expected))].join(" or ");
  const problem: Problem = { path, at: "value", message: `expected ${wanted}, got ${show(value)}` };
  const keys = schemas.flatMap(({ properties = {} }) => Object.keys(properties));
  const glued = typeof value === "string" && keys.some((key) => value.startsWith(`${key}:`));
  return glued ? { ...problem, hint: "put a space after the colon" } : problem;
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
  if (schema.uniqueItems === true)
    for (const [i, item] of value.entries())
      if (value.indexOf(item) < i)
        yield { path: [...path, i], at: "value", message: `expected every entry once, got ${show(item)} again` };
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
  else yield mismatch(branches, value, path);
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
    if (leading.length > 1 && score(best) < 2) yield* undecided(leading, value, path);
    else yield* problems(best, value, path);
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

/** Several shapes share the leading key, and no other key that one of them needs tells which was meant. */
function* undecided(
  branches: readonly Schema[],
  value: Readonly<Record<string, unknown>>,
  path: Path,
): Generator<Problem> {
  const shapes = branches.map(({ properties = {} }) => Object.keys(properties));
  const known = new Set(shapes.flat());
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  const wanted = shapes.map((keys) => `'${keys.join(", ")}'`).join(" or ");
  for (const key of unknown)
    yield {
      path: [...path, key],
      at: "key",
      message: `unknown key '${key}'`,
      hint: didYouMean(key, known) ?? `the keys here are ${wanted}`,
    };
  if (unknown.length > 0) return;
  yield { path, at: "value", message: `expected the keys ${wanted}, got '${Object.keys(value).join(", ")}'` };
}
