/**
 * This project beside libRoadRunner and COPASI on kinetic models, taking turns:
 * `npm run bench:peers -- PYTHON [--models NAME,...] [--only "PART,..."] [--resume]`, PYTHON with libroadrunner and
 * python-copasi installed. Parts are load, repeat, equal error, scan; what is not measured stands as it was.
 * Writes `pathways.json` beside this file, from which `report.ts` makes tables and figure. What an interrupted run
 * measured lies in `pathways.unfinished.json`; `--resume` goes on from there.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { cellweave } from "../pathways/cellweave.ts";
import { type ModelResult, measureModel, PARTS } from "../pathways/measure-model.ts";
import { benchModels } from "../pathways/models.ts";
import { pythonContender } from "./python-contender.ts";
import { writeReport } from "./report.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { models: { type: "string" }, only: { type: "string" }, resume: { type: "boolean", default: false } },
});
const [python = "python3"] = positionals;
const only = options.only?.split(",");
const parts = new Set(PARTS.filter((part) => only?.includes(part) ?? true));
if (only !== undefined && parts.size < only.length) throw new Error(`--only takes ${PARTS.join(", ")}`);
const file = new URL("pathways.json", import.meta.url);
const unfinished = new URL("pathways.unfinished.json", import.meta.url);
const resultsIn = (url: URL): Map<string, ModelResult> => {
  const { results } = JSON.parse(readFileSync(url, "utf8")) as { results: ModelResult[] };
  return new Map(results.map((r) => [r.name, r]));
};

const scripts = ["roadrunner_contender.py", "copasi_contender.py"];
const contenders = [cellweave(), ...(await Promise.all(scripts.map((script) => pythonContender(python, script))))];
const measured = options.resume && existsSync(unfinished) ? resultsIn(unfinished) : new Map<string, ModelResult>();
const before = resultsIn(file);
const wanted = options.models?.split(",");
const models = benchModels().filter(({ name }) => wanted?.includes(name) ?? true);
const start = performance.now();
for (const [i, model] of models.entries()) {
  if (measured.has(model.name)) continue;
  try {
    measured.set(model.name, await measureModel(contenders, model, parts, before.get(model.name)));
  } catch (error) {
    process.stderr.write(`${model.name}: ${(error as Error).message}\n`);
  }
  writeFileSync(unfinished, JSON.stringify({ results: [...measured.values()] }));
  process.stderr.write(
    `${i + 1} of ${models.length}, ${Math.round((performance.now() - start) / 1000)} s: ${model.name}\n`,
  );
}
await Promise.all(contenders.map((c) => c.close()));
const names = new Set(benchModels().map(({ name }) => name));
const run = {
  contenders: contenders.map((c) => c.name),
  machine: `${cpus().length} x ${cpus()[0]?.model ?? ""}`,
  node: process.version,
  results: [...names].flatMap((name) => measured.get(name) ?? before.get(name) ?? []),
};
writeFileSync(file, `${JSON.stringify(run, null, 1)}\n`);
rmSync(unfinished, { force: true });
writeReport(run);
