import { CellweaveError } from "../errors.ts";
import { compilePathway } from "../pathway/compile.ts";
import { readSbmlFile } from "./sbml-file.ts";

/** One thing that is wrong or doubtful in a file. */
export interface Finding {
  readonly file: string;
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  /** Number of the validation rule of the SBML specification. */
  readonly rule?: string;
  readonly hint?: string;
}

/** Everything a simulation of a file would say: reading, then compiling. */
export async function checkFile(file: string): Promise<Finding[]> {
  let warnings: readonly string[] = [];
  try {
    const document = await readSbmlFile(file);
    warnings = document.warnings;
    warnings = compilePathway(document).warnings;
    return warnings.map((w) => fromWarning(file, w));
  } catch (error) {
    if (!(error instanceof CellweaveError)) throw error;
    return [fromError(file, error), ...warnings.map((w) => fromWarning(file, w))];
  }
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
