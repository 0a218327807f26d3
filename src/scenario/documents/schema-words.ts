/** The part of JSON Schema our schemas use. */
export interface Schema {
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
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
}

/** What a schema asks for, in words. */
export function expected({ type, enum: values }: Schema): string {
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

/** The type of a value as JSON Schema names it. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number" && Number.isInteger(value)) return "integer";
  return typeof value;
}

/** A value as people write it. */
export function show(value: unknown): string {
  const type = typeOf(value);
  if (type === "array") return "a list";
  if (type === "object") return "keys with values";
  if (type === "null") return "nothing";
  if (type === "number" && !Number.isFinite(value))
    return Number.isNaN(value) ? ".nan" : value === Infinity ? ".inf" : "-.inf";
  return type === "string" ? `'${String(value)}'` : String(value);
}
