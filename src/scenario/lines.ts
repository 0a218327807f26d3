import { didYouMean } from "../suggest.ts";
import { type CellManifest, listsLines, parseCellManifest } from "./cell-manifest.ts";
import { checked, errorAt } from "./documents/check.ts";
import type { Inputs } from "./documents/files.ts";
import { namedText } from "./documents/named-text.ts";
import { type Source, yamlSource } from "./documents/source.ts";
import type { Scenario } from "./scenario.ts";
import { linesSchema } from "./schema/lines.ts";

/**
 * The manifest of a scenario's cell: the file it names or, where that lists lines, the one of the scenario's line.
 * @throws CellweaveError `scenario/line` where a line is missing, unknown or asked of a cell that has none
 */
export async function readManifest(scenario: Scenario, inputs: Inputs): Promise<CellManifest> {
  const file = inputs.files.resolve(scenario.base, scenario.spec.cell);
  const text = await namedText(inputs, file, "cell", scenario.source, ["cell"]);
  const source = yamlSource(text, file);
  if (listsLines(source)) return readLine(scenario, source, file, inputs);
  const manifest = parseCellManifest(text, file);
  if (scenario.spec.line === undefined) return manifest;
  const message = `the cell '${manifest.spec.cell}' has no lines to choose from`;
  throw errorAt(scenario.source, ["line"], "scenario/line", message, "leave it out, or name a manifest with 'lines:'");
}

async function readLine(scenario: Scenario, source: Source, file: string, inputs: Inputs): Promise<CellManifest> {
  const { line } = scenario.spec;
  if (line !== undefined) return listed(source, file, line, inputs, { source: scenario.source, path: ["line"] });
  const { cell, lines } = checked("cell", linesSchema, source);
  const hint = `add 'line:'; ${all(cell, Object.keys(lines))}`;
  throw errorAt(scenario.source, ["cell"], "scenario/line", `'${cell}' has several lines`, hint);
}

/**
 * The manifest of a line: the text itself or, where that lists lines, the file of this one.
 * @throws CellweaveError `scenario/line` for a line that isn't listed
 */
export async function manifestOfLine(text: string, file: string, line: string, inputs: Inputs): Promise<CellManifest> {
  const source = yamlSource(text, file);
  if (!listsLines(source)) return parseCellManifest(text, file);
  return listed(source, file, line, inputs, { source, path: ["lines"] });
}

/** Where a line was asked for, for the words of an error. */
interface Asked {
  readonly source: Source;
  readonly path: readonly string[];
}

async function listed(source: Source, file: string, line: string, inputs: Inputs, asked: Asked): Promise<CellManifest> {
  const { cell, lines } = checked("cell", linesSchema, source);
  const manifests = new Map(Object.entries(lines));
  const name = manifests.get(line);
  if (name === undefined) {
    const hint = didYouMean(line, manifests.keys()) ?? all(cell, [...manifests.keys()]);
    throw errorAt(asked.source, asked.path, "scenario/line", `the cell '${cell}' has no line '${line}'`, hint);
  }
  const manifest = inputs.files.resolve(file, name);
  return parseCellManifest(await namedText(inputs, manifest, "cell", source, ["lines", line]), manifest);
}

function all(cell: string, lines: readonly string[]): string {
  return `lines of '${cell}': ${lines.join(", ")}`;
}
