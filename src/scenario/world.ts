import { type RegulatoryGraph, regulatoryGraph } from "../regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../regulation/graph/graph-file.ts";
import { askedRegulator } from "./asked-regulator.ts";
import { type CellManifest, parseCellManifest } from "./cell-manifest.ts";
import { type Inputs, sha256 } from "./documents/files.ts";
import { namedText } from "./documents/named-text.ts";
import { manifestOfLine, readManifest } from "./lines.ts";
import type { Scenario } from "./scenario.ts";

/** What the arms of a scenario are composed from. */
export interface World {
  readonly manifest: CellManifest;
  readonly graph: RegulatoryGraph | undefined;
  readonly inputs: Inputs;
  /** The regulator that was asked for; the manifest's default where undefined. */
  readonly regulator: string | undefined;
  /** Whether the regulator's fallback may answer in its place; true where undefined. */
  readonly fallback?: boolean | undefined;
}

/** What a run asks for in place of the scenario. */
export interface Asked {
  readonly regulator?: string | undefined;
  readonly fallback?: boolean | undefined;
}

/**
 * Reads the manifest and the graph that a scenario names; notes every file.
 * @param asked in place of the scenario's
 */
export async function readWorld(scenario: Scenario, inputs: Inputs, asked: Asked): Promise<World> {
  await noteScenario(scenario, inputs);
  const manifest = await readManifest(scenario, inputs);
  const fallback = asked.fallback ?? scenario.spec.fallback;
  return worldOf(manifest, inputs, { regulator: askedRegulator(scenario, manifest, asked.regulator), fallback });
}

/**
 * The world of a manifest whose text is at hand.
 * @param line which one, where the manifest may list lines
 */
export async function readCell(
  text: string,
  file: string,
  inputs: Inputs,
  regulator: string | undefined,
  line?: string,
  fallback?: boolean,
): Promise<World> {
  const manifest = line === undefined ? parseCellManifest(text, file) : await manifestOfLine(text, file, line, inputs);
  return worldOf(manifest, inputs, { regulator, fallback });
}

async function worldOf(manifest: CellManifest, inputs: Inputs, { regulator, fallback }: Asked): Promise<World> {
  return { manifest, graph: await readGraph(manifest, inputs), inputs, regulator, fallback };
}

async function noteScenario({ source, base }: Scenario, inputs: Inputs): Promise<void> {
  if (source.text === undefined) return;
  inputs.note({ path: base, role: "scenario", sha256: await sha256(new TextEncoder().encode(source.text)) });
}

async function readGraph(manifest: CellManifest, inputs: Inputs): Promise<RegulatoryGraph | undefined> {
  if (manifest.spec.graph === undefined) return undefined;
  const file = inputs.files.resolve(manifest.base, manifest.spec.graph);
  return regulatoryGraph(parseRegulatoryFile(await namedText(inputs, file, "graph", manifest.source, ["graph"]), file));
}
