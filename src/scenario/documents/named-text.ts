import { CellweaveError } from "../../errors.ts";
import type { Inputs } from "./files.ts";
import type { Path } from "./problem.ts";
import type { Source } from "./source.ts";

/** Text of a file that a document names at `path`; noted under its role, and an error says where it was named. */
export async function namedText(
  inputs: Inputs,
  file: string,
  role: string,
  source: Source,
  path: Path,
): Promise<string> {
  try {
    return await inputs.text(file, role);
  } catch (error) {
    throw error instanceof CellweaveError ? error.at(source.place(path)) : error;
  }
}
