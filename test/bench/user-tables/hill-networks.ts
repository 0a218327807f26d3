import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import type { Condition, Intervention } from "../../../src/regulation/in-context/experiments.ts";
import { edgesOnTable, type SignedEdge } from "../../../src/regulation/in-context/signed-edges.ts";
import type { Asked, UserTable } from "./table.ts";

/**
 * Tables of networks of another family than the reader's training: products of Hill terms, regulators beside the table
 * that multiply the production of their regulon, as far as the environment has them active.
 */
export interface Kind {
  readonly family: string;
  /** Environments with a control of their own. */
  readonly projects: number;
  /** Spread of what treated cultures differ by beside what was done, as a logarithm. */
  readonly cultures: number;
  /** Whether losses are of regulators that are no variables. */
  readonly beside: boolean;
  readonly graph: "most edges" | "another's" | "none";
  readonly unit: "amounts" | "log2" | "counts";
}

export const KINDS: readonly Kind[] = [
  { family: "one culture", projects: 1, cultures: 0, beside: false, graph: "most edges", unit: "amounts" },
  { family: "cultures differ", projects: 1, cultures: 0.25, beside: false, graph: "most edges", unit: "amounts" },
  { family: "environments", projects: 5, cultures: 0.25, beside: false, graph: "most edges", unit: "log2" },
  { family: "regulons", projects: 5, cultures: 0.25, beside: true, graph: "most edges", unit: "log2" },
  { family: "regulons, wild cultures", projects: 12, cultures: 0.8, beside: true, graph: "most edges", unit: "log2" },
  { family: "another's graph", projects: 1, cultures: 0.25, beside: false, graph: "another's", unit: "amounts" },
  { family: "no graph, counts", projects: 2, cultures: 0.25, beside: false, graph: "none", unit: "counts" },
];

const [HELD, NOISE, STEPS] = [4, 0.05, 400];
type Random = ReturnType<typeof seededRandom>;

interface Regulator {
  readonly name: string;
  /** Log of the fold that it multiplies production by, of its targets. */
  readonly regulon: ReadonlyMap<number, number>;
}

/** A table of so many sets of interventions; the same seed gives the same table. */
export function hillTable(kind: Kind, sets: number, n: number, seed: number): UserTable {
  const random = seededRandom(seed);
  const names = Array.from({ length: n }, (_, i) => `G${i}`);
  const made = productionOf(random, n);
  const beside = kind.beside ? Array.from({ length: sets + HELD }, (_, r) => regulator(random, n, `R${r}`)) : [];
  const places = Array.from({ length: kind.projects }, () => ({
    rate: factors(random, n, kind.projects > 1 ? 0.5 : 0, 0.5),
    active: beside.map(() => random.next()),
  }));
  const scale = factors(random, n, kind.unit === "counts" ? 1.5 : 0, 1).map((s) =>
    kind.unit === "counts" ? 200 * s : 1,
  );
  const measure = (lost: number | undefined, p: number, rough: number, noise: number): Float64Array => {
    const place = places[p] ?? { rate: new Float64Array(n).fill(1), active: [] };
    const rate = place.rate.slice();
    for (const [r, { regulon }] of beside.entries())
      if (r !== lost)
        for (const [v, fold] of regulon) rate[v] = (rate[v] ?? 1) * Math.exp(fold * (place.active[r] ?? 0));
    const own = factors(random, n, rough, 0.4);
    const x = settle(
      made,
      rate.map((each, v) => each * (own[v] ?? 1)),
      kind.beside ? undefined : lost,
    );
    return x.map((level, v) => read(kind.unit, level * (scale[v] ?? 1) * Math.exp(noise * random.normal()), random));
  };
  const order = names.map((_, i) => i).sort(() => random.next() - 0.5);
  const targets = kind.beside ? beside.map((_, r) => r) : order.slice(0, sets + HELD);
  const done = (t: number): Intervention[] => [
    { kind: "knockout", target: (kind.beside ? beside[t]?.name : names[t]) ?? "", amount: 1 },
  ];
  const conditions = places.map(
    (_, p): Condition => ({
      project: `P${p}`,
      interventions: [],
      values: measure(undefined, p, 0, NOISE),
      replicates: 1,
    }),
  );
  const asked: Asked[] = [];
  for (const [k, t] of targets.entries()) {
    const p = k % places.length;
    const values = measure(t, p, kind.cultures, NOISE);
    const [interventions, project] = [done(t), `P${p}`];
    if (k >= HELD) conditions.push({ project, interventions, values, replicates: 1 });
    else {
      const truth = values.map((value, v) => (!kind.beside && v === t ? Number.NaN : value));
      asked.push({ query: { interventions, project }, truth });
    }
  }
  const edges = edgesOnTable(shownEdges(random, kind, made.edges, beside, names), names);
  return { family: kind.family, sets, experiments: { variables: names, conditions }, edges, asked };
}

function factors(random: Random, n: number, width: number, share: number): Float64Array {
  return Float64Array.from({ length: n }, () => Math.exp(random.next() < share ? width * random.normal() : 0));
}

function regulator(random: Random, n: number, name: string): Regulator {
  const sign = random.next() < 0.7 ? 1 : -1;
  const size = 1 + Math.floor(5 * random.next());
  const targets = Array.from({ length: size }, () => Math.floor(n * random.next()));
  return { name, regulon: new Map(targets.map((v) => [v, sign * (0.4 + random.next())])) };
}

function read(unit: Kind["unit"], level: number, random: Random): number {
  if (unit === "log2") return Math.log2(level + 0.01);
  if (unit === "amounts") return level;
  return Math.max(0, Math.round(level + Math.sqrt(level) * random.normal()));
}

interface Production {
  rate(x: Float64Array, i: number): number;
  readonly edges: readonly { readonly from: number; readonly to: number; readonly sign: 1 | -1 }[];
}

function productionOf(random: Random, n: number): Production {
  const parents = Array.from({ length: n }, (_, i) =>
    Array.from({ length: 1 + Math.floor(3 * random.next()) }, () => ({
      from: Math.floor(n * random.next()),
      sign: (random.next() < 0.6 ? 1 : -1) as 1 | -1,
      fold: 2 + 6 * random.next(),
    })).filter(({ from }) => from !== i),
  );
  return {
    rate: (x, i) =>
      (parents[i] ?? []).reduce((rate, { from, sign, fold }) => {
        const bound = (x[from] ?? 0) ** 2 / (1 + (x[from] ?? 0) ** 2);
        const of = (1 + fold * bound) / (1 + fold / 2);
        return sign > 0 ? rate * of : rate / of;
      }, 1),
    edges: parents.flatMap((all, to) => all.map(({ from, sign }) => ({ from, to, sign }))),
  };
}

function settle({ rate }: Production, factor: Float64Array, lost: number | undefined): Float64Array {
  const x = new Float64Array(factor.length).fill(1);
  for (let step = 0; step < STEPS; step++)
    for (let i = 0; i < x.length; i++) x[i] = i === lost ? 0 : 0.9 * (x[i] ?? 0) + 0.1 * (factor[i] ?? 1) * rate(x, i);
  return x;
}

/** A fifth of the edges isn't shown; another's graph has the same edges between other variables. */
function shownEdges(
  random: Random,
  { graph }: Kind,
  edges: Production["edges"],
  beside: readonly Regulator[],
  names: readonly string[],
): SignedEdge[] {
  if (graph === "none") return [];
  const order = names.map((_, i) => i).sort(() => (graph === "another's" ? random.next() - 0.5 : 0));
  const name = (i: number): string => names[order[i] ?? 0] ?? "";
  const all = [
    ...edges.map(({ from, to, sign }): SignedEdge => ({ source: name(from), target: name(to), sign })),
    ...beside.flatMap(({ name: source, regulon }) =>
      [...regulon].map(([v, fold]): SignedEdge => ({ source, target: names[v] ?? "", sign: fold > 0 ? 1 : -1 })),
    ),
  ];
  return all.filter(() => random.next() < 0.8);
}
