import { CellweaveError } from "../errors.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import { isFluxBalance } from "../sbml/flux-balance.ts";

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

/** Refuses flux balance models, which have no rates to follow in time. Throws `pathway/flux-balance`. */
export function refuseFluxBalance(document: SbmlDocument): void {
  if (!isFluxBalance(document)) return;
  const message = "The model has no time course: it is a flux balance model";
  throw pathwayError(document, undefined, "pathway/flux-balance", message, "cellweave fba computes its fluxes");
}
