/** Time of one right-hand side, compiled: `npx tsx test/bench/pathway-rhs.ts FILE...` */
import { readFileSync } from "node:fs";
import { compilePathway } from "../../src/pathway/code/compile.ts";
import { readSbml } from "../../src/sbml/read.ts";

const EVALUATIONS = 200_000;
const files = process.argv.slice(2);

console.log("file, states, reactions, compile ms, microseconds per right-hand side (fastest of 5)");
for (const file of files.length > 0 ? files : ["sbml/repressilator.xml", "sbml/ecoli-carbon-sensing.xml"]) {
  const document = readSbml(readFileSync(file, "utf8"), { file });
  const start = performance.now();
  const pathway = compilePathway(document);
  pathway.initialise(0);
  const compiled = performance.now() - start;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const begin = performance.now();
    for (let i = 0; i < EVALUATIONS; i++) pathway.differentiate();
    best = Math.min(best, ((performance.now() - begin) * 1000) / EVALUATIONS);
  }
  console.log(
    [file, pathway.states.length, document.reactions.length, compiled.toFixed(1), best.toFixed(3)].join(", "),
  );
}
