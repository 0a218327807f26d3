/**
 * This project alone on kinetic models: `npm run bench [NAME,...]`.
 * Prints load, first and repeated simulation, a scan of 1,000 values, and the error reached.
 */
import { cellweave } from "./pathways/cellweave.ts";
import { measureModel } from "./pathways/measure-model.ts";
import { benchModels } from "./pathways/models.ts";

const wanted = process.argv[2]?.split(",");
const us = cellweave();
const milliseconds = (seconds: number | undefined) => ((seconds ?? Number.NaN) * 1000).toFixed(2);
console.log("model, load ms, first ms, repeated ms, scan of 1000 s, error at 1e-6");
for (const model of benchModels()) {
  if (wanted !== undefined && !wanted.includes(model.name)) continue;
  const figures = (await measureModel([us], model)).contenders[us.name];
  if (figures === undefined || typeof figures === "string") {
    console.log(`${model.name}, ${figures}`);
    continue;
  }
  const { load, first, repeat, scan, ladder } = figures;
  const error = ladder.find(({ rtol }) => rtol === 1e-6)?.error.toExponential(1);
  const scanned = scan?.cpu.toFixed(2) ?? "-";
  console.log([model.name, ...[load, first, repeat].map(milliseconds), scanned, error].join(", "));
}
