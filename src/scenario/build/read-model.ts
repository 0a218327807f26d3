import type { SbmlDocument } from "../../sbml/document.ts";
import { readSbml } from "../../sbml/read.ts";
import type { BuildContext } from "./context.ts";

/** An SBML file that a manifest names. @throws CellweaveError for a file that is missing or wrong */
export async function readModel(name: string, { inputs, manifest }: BuildContext): Promise<SbmlDocument> {
  const file = inputs.files.resolve(manifest.base, name);
  return readSbml(await inputs.text(file, "sbml"), { file });
}
