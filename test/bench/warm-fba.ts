/**
 * What one flux balance of a genome-scale model costs in a coupled step: CPU milliseconds of an evaluation of the
 * metabolic module (unique fluxes, rates and slopes) along a batch, with and without enzyme levels that move. After each
 * the module is snapshot, as by an engine whose every step is accepted.
 * Run with `npx tsx test/bench/warm-fba.ts MODEL.xml.gz [points]`.
 */
import type { CellModule } from "../../src/cell/module.ts";
import { readFluxModel } from "../../src/cli/flux/flux-input.ts";
import { metabolicModule } from "../../src/metabolism/module/metabolic-module.ts";
import { seededRandom } from "../../src/numerics/seeded-random.ts";

const model = await readFluxModel(process.argv[2] ?? "");
const points = Number(process.argv[3] ?? 300);
const fed = [
  { reaction: "EX_glc__D_e", pool: "pool:glc__D_e", vmax: 10, km: 0.015 },
  { reaction: "EX_o2_e", pool: "pool:o2_e", vmax: 18, km: 0.001 },
  { reaction: "EX_nh4_e", pool: "pool:nh4_e", vmax: 15, km: 0.01 },
  { reaction: "EX_ac_e", pool: "pool:ac_e", vmax: 5, km: 0.5 },
];
const named = new Set(fed.map(({ reaction }) => reaction));
const unlimited = model.reactions.flatMap(({ id, boundary }, j) =>
  boundary && !named.has(id) && (model.bounds.lower[j] ?? 0) <= -1000 ? [id] : [],
);

/** Evaluations one after the other; CPU milliseconds of each. */
async function costs(module: CellModule, readsAt: (k: number) => Float64Array): Promise<number[]> {
  const owned = new Float64Array(module.owns.length);
  const rates = new Float64Array(module.adds.length);
  const feedback = new Float64Array(module.adds.reduce((sum, add) => sum + add.feedback.length, 0));
  const found: number[] = [];
  for (let k = 0; k < points; k++) {
    const reads = readsAt(k);
    module.beginStep?.();
    const begin = process.cpuUsage();
    const status = await module.evaluate({ t: k, reads, owned, rates, feedback });
    const { user, system } = process.cpuUsage(begin);
    if (!status.ok) throw new Error(status.message);
    found.push((user + system) / 1e3);
    module.restore(module.snapshot());
  }
  return found;
}

function row(name: string, all: readonly number[]): string {
  const sorted = all.slice(Math.min(20, all.length >> 1)).sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2);
  return `| ${name} | ${at(0.5)} | ${at(0.9)} | ${at(1)} |`;
}

console.log(`${model.id}, ${points} evaluations each, CPU ms; the first 20 left out\n`);
console.log("|  | median | 90 % | most |\n| --- | ---: | ---: | ---: |");
const random = seededRandom(3);
for (const [name, expression, spread] of [
  ["a batch: glucose falls from 10 to 0 mmol/L", [], 0],
  ["the same, all enzyme levels moving by 1 % from instant to instant", undefined, 0.01],
  ["the same, all enzyme levels drawn anew by 30 %", undefined, 0.3],
] as const) {
  const module = await metabolicModule({
    id: "metabolism",
    model,
    exchanges: fed,
    unlimited,
    drains: "others",
    ...(expression === undefined ? {} : { expression }),
  });
  const measured = await costs(module, (k) => {
    const left = 1 - k / points;
    return Float64Array.from(module.reads, (id) => {
      if (id === "pool:glc__D_e") return 10 * left ** 2;
      if (id === "pool:o2_e") return 0.2 * left + 0.002;
      if (id === "pool:nh4_e") return 20;
      if (id === "pool:ac_e") return 2 * (1 - left);
      return id === "biomass" ? 0.5 : 1 + spread * (2 * random.next() - 1);
    });
  });
  console.log(row(name, measured));
  module.dispose?.();
}
