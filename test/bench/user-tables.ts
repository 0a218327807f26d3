/**
 * What the stack and its intervals are worth on tables of few and many experiments: `npx tsx test/bench/user-tables.ts`.
 * Networks of another family than the reader's training (products of Hill terms), single knockouts, half of the tables
 * with differences between cultures; four knockouts of each are left out and predicted.
 */
import { fileURLToPath } from "node:url";
import { predictQuery } from "../../src/analysis/experiments/predict.ts";
import { trial } from "../../src/analysis/experiments/trial.ts";
import { seededRandom } from "../../src/numerics/seeded-random.ts";
import type { Condition } from "../../src/regulation/in-context/experiments.ts";
import { openReader } from "../../src/regulation/in-context/open-node.ts";
import { allPredictors } from "../../src/regulation/in-context/predictors.ts";
import { edgesOnTable, type SignedEdge } from "../../src/regulation/in-context/signed-edges.ts";

const [HELD, NOISE, CULTURE, TABLES] = [4, 0.05, 0.25, Number(process.argv[2] ?? 16)];
const SIZES = [
  { perturbations: 3, variables: 16 },
  { perturbations: 5, variables: 16 },
  { perturbations: 10, variables: 16 },
  { perturbations: 40, variables: 48 },
];
const random = seededRandom(11);
const predictors = allPredictors(await openReader(fileURLToPath(new URL("../../models/reader", import.meta.url))));

interface World {
  readonly names: readonly string[];
  readonly edges: readonly SignedEdge[];
  /** Levels with one gene lost, or none. */
  state(lost: number): Float64Array;
}

function draw(n: number): World {
  const names = Array.from({ length: n }, (_, i) => `G${i}`);
  const parents = names.map((_, i) =>
    Array.from({ length: 1 + Math.floor(3 * random.next()) }, () => ({
      from: Math.floor(n * random.next()),
      sign: random.next() < 0.6 ? 1 : -1,
      fold: 2 + 6 * random.next(),
    })).filter(({ from }) => from !== i),
  );
  const made = (x: Float64Array, i: number): number =>
    (parents[i] ?? []).reduce((rate, { from, sign, fold }) => {
      const bound = (x[from] ?? 0) ** 2 / (1 + (x[from] ?? 0) ** 2);
      return sign > 0 ? (rate * (1 + fold * bound)) / (1 + fold / 2) : (rate * (1 + fold / 2)) / (1 + fold * bound);
    }, 1);
  const edges = parents.flatMap((from, i) =>
    from.map(({ from: p, sign }) => ({ source: names[p] ?? "", target: names[i] ?? "", sign: sign as 1 | -1 })),
  );
  return {
    names,
    edges: edges.filter(() => random.next() < 0.8),
    state(lost) {
      const x = new Float64Array(n).fill(1);
      for (let step = 0; step < 3000; step++)
        for (let i = 0; i < n; i++) x[i] = i === lost ? 0 : 0.9 * (x[i] ?? 0) + 0.1 * made(x, i);
      return x;
    },
  };
}

function measured(world: World, lost: number, disturbed: boolean): Condition {
  const cultures = disturbed && lost >= 0 ? CULTURE : 0;
  const values = world.state(lost).map((level) => {
    const own = random.next() < 0.4 ? cultures * random.normal() : 0;
    return level * Math.exp(NOISE * random.normal() + own);
  });
  const interventions = lost < 0 ? [] : [{ kind: "knockout", target: world.names[lost] ?? "", amount: 1 } as const];
  return { project: "", interventions, values, replicates: 1 };
}

/** Errors against no change, and the share inside 90 % intervals, on one table. */
async function one(perturbations: number, variables: number, disturbed: boolean) {
  const world = draw(variables);
  const order = world.names.map((_, i) => i).sort(() => random.next() - 0.5);
  const control = measured(world, -1, false);
  const conditions = [control, ...order.slice(HELD, HELD + perturbations).map((i) => measured(world, i, disturbed))];
  const experiments = { variables: world.names, conditions };
  const edges = edgesOnTable(world.edges, world.names);
  const found = await trial(experiments, edges, predictors, { seed: 1 });
  const errors = new Float64Array(found.tried.length + 1);
  let [inside, count] = [0, 0];
  for (const lost of order.slice(0, HELD)) {
    const truth = measured(world, lost, disturbed);
    const query = { interventions: truth.interventions, project: "" };
    for (const [p, chosen] of [...found.tried, found.chosen].entries()) {
      const { variables: said } = await predictQuery(experiments, edges, query, { chosen, fallback: found.fallback });
      for (const [v, { held, predicted, low, high }] of said.entries()) {
        if (held) continue;
        const value = truth.values[v] ?? 0;
        errors[p] = (errors[p] ?? 0) + (predicted - value) ** 2;
        if (p < found.tried.length) continue;
        inside += low <= value && value <= high ? 1 : 0;
        count++;
      }
    }
  }
  return { errors: errors.map((error) => error / (errors[0] ?? 1)), inside: inside / count, chosen: found.chosen };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const names = [...predictors.map(({ name }) => name), "stack", "as answered"];
console.log(`| perturbations | variables | ${names.slice(1).join(" | ")} | stack answers | inside 90 % |`);
for (const { perturbations, variables } of SIZES) {
  const tables: Awaited<ReturnType<typeof one>>[] = [];
  for (let t = 0; t < TABLES; t++) tables.push(await one(perturbations, variables, t % 2 === 1));
  const ratios = names.slice(1).map((_, p) => Math.exp(mean(tables.map(({ errors }) => Math.log(errors[p + 1] ?? 1)))));
  const stacks = tables.filter(({ chosen }) => chosen.predictor.name.startsWith("stack")).length;
  const cells = [
    ...ratios.map((ratio) => ratio.toFixed(3)),
    `${stacks} of ${TABLES}`,
    mean(tables.map((t) => t.inside)).toFixed(3),
  ];
  console.log(`| ${perturbations} | ${variables} | ${cells.join(" | ")} |`);
}
