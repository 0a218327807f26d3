import { fileURLToPath } from "node:url";
import { progressOn } from "../progress.ts";
import { writeText } from "../write-text.ts";
import type { EvaluateRequest } from "./evaluate-options.ts";
import { writePlot } from "./evaluate-page.ts";

const MODELS = fileURLToPath(new URL("../../../models/ecoli", import.meta.url));
const CELL = fileURLToPath(new URL("../../../models/ecoli/ecoli.cell.yaml", import.meta.url));
const CORE = fileURLToPath(new URL("../../../sbml/ecoli-core.xml", import.meta.url));

/** By name on the command line; each measures and writes what it found. */
export const BENCHMARKS: ReadonlyMap<string, (request: EvaluateRequest) => Promise<void>> = new Map([
  ["ecoli-knockouts", knockouts],
  ["knockouts", knockouts],
  ["ecoli-edges", edges],
  ["breast-inhibitors", breast],
  ["ecoli-fluxes", fluxes],
  ["ecoli-growth", growth],
]);

async function knockouts({ benchmark, folder, bootstrap, options, streams }: EvaluateRequest): Promise<void> {
  const { evaluateKnockouts } = await import("./evaluate-knockouts.ts");
  await evaluateKnockouts(benchmark, folder, bootstrap, options, streams);
}

async function breast({ folder: data, bootstrap, options, streams }: EvaluateRequest): Promise<void> {
  const { cell, reader, json, plot } = options;
  const { evaluateBreast } = await import("./evaluate-breast.ts");
  await evaluateBreast({ data, cell, reader, json, plot }, bootstrap, streams);
}

async function edges(request: EvaluateRequest): Promise<void> {
  const { folder, bootstrap, options } = request;
  const { evaluateEdges } = await import("./evaluate-edges.ts");
  const models = options.model ?? [MODELS, `${MODELS}/ridge.json`];
  const { markdown, tables } = await evaluateEdges(folder, models, bootstrap);
  await write({ markdown, json: { benchmark: "ecoli-edges", bootstrap, tables } }, request);
}

async function fluxes(request: EvaluateRequest): Promise<void> {
  const { evaluateFluxes } = await import("./evaluate-fluxes.ts");
  const progress = progressOn(request.streams, false);
  const onProgress = (done: number) => progress.update("strains in the chemostat", done);
  const found = await evaluateFluxes(request.folder, { cell: CELL, model: CORE }, request.bootstrap, onProgress);
  progress.end();
  await write(found, request);
}

async function growth(request: EvaluateRequest): Promise<void> {
  const { folder, bootstrap, options, streams } = request;
  const { evaluateGrowth } = await import("./evaluate-growth.ts");
  const progress = progressOn(streams, false);
  const onProgress = (done: number) => progress.update("strains of the cell", done);
  const found = await evaluateGrowth(folder, CELL, bootstrap, onProgress);
  progress.end();
  if (options.csv !== undefined) await writeText(options.csv, found.csv);
  await writePlot(options.plot, async () => found.figure, streams);
  await write(found, request);
}

interface Found {
  readonly markdown: string;
  readonly json: object;
}

/** The Markdown on stdout and the JSON where it was asked to go; `-` has it in place of the Markdown. */
async function write({ markdown, json }: Found, { options, streams }: EvaluateRequest): Promise<void> {
  const text = `${JSON.stringify(json, null, 1)}\n`;
  streams.out.write(options.json === "-" ? text : markdown);
  if (options.json !== undefined && options.json !== "-") await writeText(options.json, text);
}
