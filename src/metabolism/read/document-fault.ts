import { CellweaveError } from "../../errors.ts";
import type { SbmlDocument } from "../../sbml/document.ts";

/** An error of a constraint-based model, placed in its document; the code is `metabolism/<code>`. */
export function fault(
  document: Pick<SbmlDocument, "file">,
  code: string,
  line: number | undefined,
  message: string,
  { hint }: { hint?: string | undefined } = {},
): CellweaveError {
  const place = {
    ...(document.file === undefined ? {} : { file: document.file }),
    ...(line === undefined ? {} : { line }),
  };
  return new CellweaveError(`metabolism/${code}`, message, { place, ...(hint === undefined ? {} : { hint }) });
}
