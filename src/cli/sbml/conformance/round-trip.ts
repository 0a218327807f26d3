import { CellweaveError } from "../../../errors.ts";
import type { SbmlDocument } from "../../../sbml/document.ts";
import { type ReadOptions, readSbml } from "../../../sbml/read.ts";
import { convertSbml } from "../../../sbml/write/convert.ts";

/**
 * The model as it is read after it was written as Level 3 Version 2, or as Version 1 where it has fast reactions.
 * Throws `sbml/inexpressible` for what neither can say.
 */
export function throughConversion(text: string, options: ReadOptions): SbmlDocument {
  return readSbml(convertedText(text, options), options);
}

function convertedText(text: string, options: ReadOptions): string {
  try {
    return convertSbml(text, options).text;
  } catch (error) {
    if (!(error instanceof CellweaveError) || error.code !== "sbml/inexpressible") throw error;
    return convertSbml(text, { ...options, version: 1 }).text;
  }
}
