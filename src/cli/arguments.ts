import { parseArgs } from "node:util";
import { CellweaveError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import { type Drawn, nameFault } from "./drawn-file.ts";

/**
 * One option of a command. `flag` takes no value; `number` must be finite, and more than 0 where `positive`; `list` is
 * comma-separated and may repeat, each of `of` once; `choice` is one of `of`; `figure` and `page` are files to write, SVG
 * and HTML.
 */
export type OptionSpec =
  | { readonly type: "flag"; readonly short?: string }
  | { readonly type: "text"; readonly short?: string }
  | { readonly type: Drawn; readonly short?: string }
  | ({ readonly type: "number"; readonly short?: string } & NumberRange)
  | { readonly type: "list"; readonly short?: string; readonly of?: readonly string[] }
  | { readonly type: "choice"; readonly short?: string; readonly of: readonly string[] };

interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly positive?: boolean;
  readonly integer?: boolean;
}

type Parsed<S extends OptionSpec> = S extends { type: "flag" }
  ? true
  : S extends { type: "number" }
    ? number
    : S extends { type: "list" }
      ? readonly string[]
      : S extends { type: "choice"; of: readonly (infer C)[] }
        ? C
        : string;

/** The options given, by long name; absent ones are absent. */
export type OptionValues<S extends Readonly<Record<string, OptionSpec>>> = {
  readonly [K in keyof S]?: Parsed<S[K]>;
};

/** What a command takes beside its options: how many words, and what they are called in messages. */
export interface Positionals {
  readonly min: number;
  readonly max: number;
  /** For example `FILE`. */
  readonly name: string;
}

export interface Arguments<S extends Readonly<Record<string, OptionSpec>>> {
  readonly options: OptionValues<S>;
  readonly positionals: readonly string[];
}

const GLOBAL = { help: { type: "boolean", short: "h" }, debug: { type: "boolean" } } as const;

/**
 * The arguments of one command, checked.
 * @param verb the command's name, for messages
 * @param args what follows the verb
 * @throws CellweaveError of kind `usage` for unknown options, missing or malformed values, too few or many words
 */
export function parseArguments<const S extends Readonly<Record<string, OptionSpec>>>(
  verb: string,
  args: readonly string[],
  specs: S,
  expected: Positionals = { min: 0, max: 0, name: "argument" },
): Arguments<S> {
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...GLOBAL, ...nodeOptions(specs) },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, unknown>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option" || Object.hasOwn(GLOBAL, token.name)) continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw unknownOption(verb, token.rawName, specs);
    values.set(token.name, parseValue(verb, token.rawName, spec, token.value, values.get(token.name)));
  }
  checkPositionals(verb, positionals, expected);
  return { options: Object.fromEntries(values) as OptionValues<S>, positionals };
}

function nodeOptions(specs: Readonly<Record<string, OptionSpec>>) {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { type, short }]) => [
      name,
      { type: type === "flag" ? ("boolean" as const) : ("string" as const), ...(short === undefined ? {} : { short }) },
    ]),
  );
}

/** How a command was called wrongly. */
export function usageError(verb: string, message: string, hint = `see 'cellweave ${verb} --help'`): CellweaveError {
  return new CellweaveError("cli/usage", `${verb}: ${message}`, { kind: "usage", hint });
}

function unknownOption(verb: string, raw: string, specs: Readonly<Record<string, OptionSpec>>): CellweaveError {
  const known = [...Object.keys(specs), ...Object.keys(GLOBAL)].map((name) => `--${name}`);
  return usageError(verb, `unknown option '${raw}'`, didYouMean(raw, known) ?? `see 'cellweave ${verb} --help'`);
}

function parseValue(verb: string, raw: string, spec: OptionSpec, text: string | undefined, before: unknown): unknown {
  if (spec.type === "flag") {
    if (text !== undefined) throw usageError(verb, `option '${raw}' takes no value, got '${text}'`);
    return true;
  }
  const looksLikeOption = text !== undefined && /^-[^\d.-]|^--./.test(text);
  if (text === undefined || text === "" || looksLikeOption) throw usageError(verb, `option '${raw}' needs a value`);
  if (before !== undefined && spec.type !== "list") throw usageError(verb, `option '${raw}' is given twice`);
  if (spec.type === "number") return numberOf(verb, raw, spec, text);
  if (spec.type === "choice") return choiceOf(verb, raw, spec.of, text);
  if (spec.type === "text") return text;
  if (spec.type !== "list") return drawnFile(verb, raw, spec.type, text);
  const items = text.split(",").map((item) => item.trim());
  const chosen = items.map((item) => (spec.of === undefined ? item : choiceOf(verb, raw, spec.of, item)));
  const all = [...((before as readonly string[] | undefined) ?? []), ...chosen];
  const again = spec.of === undefined ? undefined : all.find((item, i) => all.indexOf(item) < i);
  if (again !== undefined) throw usageError(verb, `option '${raw}': '${again}' is given twice`);
  return all;
}

function numberOf(verb: string, raw: string, spec: NumberRange, text: string): number {
  const value = Number(text);
  const wrong = (expected: string) => usageError(verb, `option '${raw}': expected ${expected}, got '${text}'`);
  if (!Number.isFinite(value)) throw wrong("a number");
  if (spec.integer === true && !Number.isInteger(value)) throw wrong("a whole number");
  if (spec.positive === true && value <= 0) throw wrong("a positive number");
  if (spec.min !== undefined && value < spec.min) throw wrong(`at least ${spec.min}`);
  if (spec.max !== undefined && value > spec.max) throw wrong(`at most ${spec.max}`);
  return value;
}

function choiceOf(verb: string, raw: string, of: readonly string[], text: string): string {
  if (of.includes(text)) return text;
  const message = `option '${raw}': expected one of ${of.join(", ")}, got '${text}'`;
  throw usageError(verb, message, didYouMean(text, of));
}

function drawnFile(verb: string, raw: string, kind: Drawn, text: string): string {
  const fault = nameFault(kind, text);
  if (fault === undefined) return text;
  throw usageError(verb, `option '${raw}': ${fault.message}`, fault.hint);
}

function checkPositionals(verb: string, found: readonly string[], { min, max, name }: Positionals): void {
  if (found.length < min) throw usageError(verb, min === 1 ? `${name} is missing` : `expected ${min} ${name}s`);
  if (found.length > max) throw usageError(verb, `unexpected argument '${found[max]}'`);
}
