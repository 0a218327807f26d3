import { CellweaveError } from "../errors.ts";
import type { SbmlDocument } from "../sbml/document.ts";

/** An error placed in a document. */
export function pathwayError(
  document: Pick<SbmlDocument, "file">,
  line: number | undefined,
  code: string,
  message: string,
  hint?: string,
): CellweaveError {
  const place = {
    ...(document.file === undefined ? {} : { file: document.file }),
    ...(line === undefined ? {} : { line }),
  };
  return new CellweaveError(code, message, hint === undefined ? { place } : { place, hint });
}

/** Refuses a construct by name. */
export function unsupportedIn(document: Pick<SbmlDocument, "file">, line: number, construct: string): never {
  throw pathwayError(document, line, "sbml/unsupported", `${construct} is not supported`);
}
