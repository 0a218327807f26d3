import { dirname } from "node:path";
import { CellweaveError } from "../../errors.ts";
import { compilePathway } from "../../pathway/code/compile.ts";
import { checkSbml } from "../../sbml/check/check-sbml.ts";
import type { SbmlFinding } from "../../sbml/check/finding.ts";
import type { ReadLimits } from "../../sbml/limits.ts";
import { readSbml } from "../../sbml/read.ts";
import { readText, siblings } from "./sbml-file.ts";

/** One thing that is wrong, doubtful, or could not be checked in a file. */
export interface Finding {
  readonly file: string;
  readonly severity: "error" | "warning" | "note";
  readonly code: string;
  /** What was found. */
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  /** Id of the element, or what it sets or names. */
  readonly id?: string;
  /** Number of the validation rule of the SBML specification. */
  readonly rule?: string;
  /** The rule as a sentence. */
  readonly expected?: string;
  readonly hint?: string;
}

/**
 * Everything that the rules of the specification say of a file, and then what a simulation would: reading, compiling.
 * What both say is told once.
 */
export async function checkFile(file: string, limits: Partial<ReadLimits> = {}): Promise<Finding[]> {
  try {
    const text = await readText(file, limits.characters);
    const { findings, notes } = checkSbml(text, { file, limits });
    const told = findings.map((f) => fromRule(file, f));
    const more = simulationFindings(text, file, limits).filter((f) => !isTold(f, told));
    return [
      ...[...told, ...more].sort(inFileOrder),
      ...notes.map((message) => ({ file, severity: "note", code: "sbml/unchecked", message }) as const),
    ];
  } catch (error) {
    if (!(error instanceof CellweaveError)) throw error;
    return [fromError(file, error)];
  }
}

function inFileOrder(a: Finding, b: Finding): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** What reading and compiling would say. */
function simulationFindings(text: string, file: string, limits: Partial<ReadLimits>): Finding[] {
  let warnings: readonly string[] = [];
  try {
    const document = readSbml(text, { file, external: siblings(dirname(file)), limits });
    warnings = document.warnings;
    warnings = compilePathway(document).warnings;
    return warnings.map((w) => fromWarning(file, w));
  } catch (error) {
    if (!(error instanceof CellweaveError)) throw error;
    return [fromError(file, error), ...warnings.map((w) => fromWarning(file, w))];
  }
}

/** Whether a rule has told what a simulation says: on the same line, or the same rule. */
function isTold(found: Finding, told: readonly Finding[]): boolean {
  const errors = told.filter((f) => f.severity === "error");
  if (found.severity === "error" && found.rule !== undefined) return errors.some((f) => f.rule === found.rule);
  return (found.severity === "error" ? errors : told).some((f) => f.line === found.line);
}

function fromRule(file: string, { code, ...finding }: SbmlFinding): Finding {
  return { file, code: code ?? "sbml/rule", ...finding };
}

function fromError(file: string, error: CellweaveError): Finding {
  const { line, column } = error.place ?? {};
  return {
    file,
    severity: "error",
    code: error.code,
    ...withRule(error.message, error.hint),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function fromWarning(file: string, warning: string): Finding {
  const match = /^line (\d+): (.*)$/s.exec(warning);
  const line = match === null ? {} : { line: Number(match[1]) };
  return { file, severity: "warning", code: "sbml/doubtful", ...withRule(match?.[2] ?? warning, undefined), ...line };
}

/** Takes "(SBML rule N)" out of message or hint. */
function withRule(message: string, hint: string | undefined): { message: string; rule?: string; hint?: string } {
  const pattern = / \(SBML rules? (\d{5})[^)]*\)/;
  const rule = (pattern.exec(message) ?? pattern.exec(hint ?? ""))?.[1];
  const clean = hint?.replace(pattern, "");
  return {
    message: message.replace(pattern, ""),
    ...(rule === undefined ? {} : { rule }),
    ...(clean === undefined ? {} : { hint: clean }),
  };
}
