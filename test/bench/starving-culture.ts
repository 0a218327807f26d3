/**
 * What long stretches cost in which a demand can't be met: CPU seconds of whole dynamic runs, the programs they solved
 * and spared, and evaluations. A chemostat is fed ever so little, so that pools move all the time, and the strain is
 * asked for ethanol that it can't make.
 * Run with `npx tsx test/bench/starving-culture.ts MODEL.xml.gz [hours]`.
 */
import { readFluxModel } from "../../src/cli/flux/flux-input.ts";
import { dynamicFba } from "../../src/metabolism/dynamic/dynamic-fba.ts";
import { bounded } from "../../src/metabolism/model/edits.ts";

const model = await readFluxModel(process.argv[2] ?? "sbml/ecoli-core.xml");
const to = Number(process.argv[3] ?? 100);

const rows = [
  ["no demand beyond maintenance", model.bounds],
  ["1 mmol/gDW/h of ethanol", bounded(model, model.bounds, "EX_etoh_e", 1, 1000)],
  ["2 mmol/gDW/h through PGI", bounded(model, model.bounds, "PGI", 2, 1000)],
] as const;

console.log(`${model.id}, ${to} h in a chemostat of 0.02 1/h on 2 mmol/L of glucose in pulses\n`);
console.log("| asked for | CPU, s | steps | evaluations | programs solved | spared | let go until, h |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const [name, bounds] of rows) {
  const begin = process.cpuUsage();
  const { statistics, warnings, status } = await dynamicFba({
    strains: [{ name: "strain", model: { ...model, bounds }, biomass: 0.2 }],
    compounds: [{ id: "glc__D_e", initial: 2, feed: 2 }],
    dilution: 0.02,
    to,
    jumps: Array.from({ length: Math.floor(to / 20) }, (_, k) => ({
      variable: "pool:glc__D_e",
      value: 2,
      at: 20 * k + 10,
    })),
  });
  const { user, system } = process.cpuUsage(begin);
  const [solved, spared] = statistics.work.map(({ count }) => count);
  const last = warnings.findLast(({ message }) => message.startsWith("infeasible"));
  const cells = [name, ((user + system) / 1e6).toFixed(2), statistics.steps, statistics.evaluations, solved, spared];
  console.log(`| ${[...cells, last === undefined ? "-" : (last.until ?? status.t)].join(" | ")} |`);
}
