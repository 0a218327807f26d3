/**
 * This project beside libRoadRunner and COPASI on kinetic models, taking turns:
 * `npm run bench:peers -- PYTHON [NAME,...]`, PYTHON with libroadrunner and python-copasi installed.
 * Writes `pathways.json` beside this file, from which `report.ts` makes tables and figure.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { cellweave } from "../pathways/cellweave.ts";
import { type ModelResult, measureModel } from "../pathways/measure-model.ts";
import { benchModels } from "../pathways/models.ts";
import { pythonContender } from "./python-contender.ts";
import { writeReport } from "./report.ts";

const [python = "python3", names] = process.argv.slice(2);
const wanted = names?.split(",");
const file = new URL("pathways.json", import.meta.url);
const scripts = ["roadrunner_contender.py", "copasi_contender.py"];
const contenders = [cellweave(), ...(await Promise.all(scripts.map((script) => pythonContender(python, script))))];
const before =
  wanted === undefined ? [] : (JSON.parse(readFileSync(file, "utf8")) as { results: ModelResult[] }).results;
const results = new Map(before.map((r) => [r.name, r]));
for (const model of benchModels()) {
  if (wanted !== undefined && !wanted.includes(model.name)) continue;
  try {
    results.set(model.name, await measureModel(contenders, model));
    process.stderr.write(`${model.name}\n`);
  } catch (error) {
    process.stderr.write(`${model.name}: ${(error as Error).message}\n`);
  }
}
await Promise.all(contenders.map((c) => c.close()));
const run = {
  contenders: contenders.map((c) => c.name),
  machine: `${cpus().length} x ${cpus()[0]?.model ?? ""}`,
  node: process.version,
  results: [...results.values()],
};
writeFileSync(file, `${JSON.stringify(run, null, 1)}\n`);
writeReport(run);
