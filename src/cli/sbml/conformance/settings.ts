import { CellweaveError } from "../../../errors.ts";

/** What a case of the SBML test suite asks for; see its README, section "The format of the settings file". */
export interface CaseSettings {
  readonly start: number;
  readonly duration: number;
  readonly steps: number;
  readonly variables: readonly string[];
  readonly absolute: number;
  readonly relative: number;
  readonly amount: ReadonlySet<string>;
  readonly concentration: ReadonlySet<string>;
  /** Stochastic cases: statistics to compare, and the ranges of their scores. */
  readonly output: readonly string[];
  readonly meanRange: readonly [number, number];
  readonly sdRange: readonly [number, number];
}

/** Reads `NNNNN-settings.txt`. */
export function parseSettings(text: string): CaseSettings {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const list = (name: string): string[] =>
    (fields.get(name) ?? "")
      .split(",")
      .map((s) => s.trim())
      .filter((s) => s !== "");
  const number = (name: string): number => Number(fields.get(name) || 0);
  const range = (name: string): [number, number] => {
    const [low = -3, high = 3] = (fields.get(name) ?? "").match(/-?[\d.]+/g)?.map(Number) ?? [];
    return [low, high];
  };
  return {
    start: number("start"),
    duration: number("duration"),
    steps: number("steps"),
    variables: list("variables"),
    absolute: number("absolute"),
    relative: number("relative"),
    amount: new Set(list("amount")),
    concentration: new Set(list("concentration")),
    output: list("output"),
    meanRange: range("meanRange"),
    sdRange: range("sdRange"),
  };
}

export interface ExpectedTable {
  readonly header: readonly string[];
  /** Shape [rows][columns]. */
  readonly rows: readonly (readonly number[])[];
}

/** Reads `NNNNN-results.csv`: INF, -INF and NaN in any case. */
export function parseResults(text: string): ExpectedTable {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const [head, ...rest] = lines;
  if (head === undefined) throw new CellweaveError("conformance/results", "The results file is empty");
  return { header: cells(head), rows: rest.map((line) => cells(line).map(parseCell)) };
}

function cells(line: string): string[] {
  return line.split(",").map((cell) => cell.trim().replace(/^"|"$/g, ""));
}

function parseCell(cell: string): number {
  const lower = cell.toLowerCase();
  if (lower === "inf") return Number.POSITIVE_INFINITY;
  if (lower === "-inf") return Number.NEGATIVE_INFINITY;
  return Number(cell);
}

/** Tags and type of a case, from `NNNNN-model.m`. */
export interface CaseDescription {
  readonly tags: readonly string[];
  readonly type: string;
}

export function parseDescription(text: string): CaseDescription {
  const field = (name: string): string => new RegExp(`^${name}:(.*)$`, "m").exec(text)?.[1]?.trim() ?? "";
  const tags = `${field("componentTags")},${field("testTags")}`.split(",").map((t) => t.trim());
  return { tags: tags.filter((t) => t !== ""), type: field("testType") };
}
