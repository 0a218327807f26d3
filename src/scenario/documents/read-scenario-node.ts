import { resolve } from "node:path";
import { parseScenario, type Scenario } from "../scenario.ts";
import { nodeFiles } from "./files-node.ts";

/**
 * Reads a `*.scenario.yaml` from disk.
 * @param file path, relative to the working directory
 * @throws CellweaveError with file, line and column, what was found and what was expected
 */
export async function readScenario(file: string): Promise<Scenario> {
  const path = resolve(file);
  return parseScenario(new TextDecoder().decode(await nodeFiles.read(path)), path, file);
}
