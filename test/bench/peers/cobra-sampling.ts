/**
 * Flux sampling here, by COBRApy's OptGP and ACHR, and by plain walks in NumPy from COBRApy's warmup points: means and
 * standard deviations of every flux against their Monte Carlo errors, CPU seconds. All are judged by the same split R-hat
 * and effective sample size.
 *
 * Usage: npx tsx test/bench/peers/cobra-sampling.ts PYTHON MODEL.xml[.gz] [SAMPLES [THINNING [A~B,...]]]
 * A, B: `here` or a method of cobra_sampling.py.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { sampleFluxes } from "../../../src/metabolism/sampling/sample.ts";
import { convergence } from "../../../src/numerics/sampling/chain-convergence.ts";
import { readSbml } from "../../../src/sbml/read.ts";

const CHAINS = 4;
/** A flux that moves less is none, mmol/gDW/h. */
const STILL = 1e-6;
const PAIRS = "here~plain,here~optgp-shifted,here~optgp,plain-halves~optgp";
const [python = "", file = "", samples = "1000", thinning = "500", pairs = PAIRS] = process.argv.slice(2);

interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly effective: number;
  readonly rHat: number;
}

/** What the chains of one flux say. */
function spread(chains: readonly Float64Array[]): Spread {
  const all = chains.flatMap((chain) => [...chain]);
  const mean = all.reduce((sum, v) => sum + v, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / all.length);
  return { mean, deviation, ...convergence(chains) };
}

interface Drawn {
  readonly seconds: number;
  readonly spreads: ReadonlyMap<string, Spread>;
}

async function ours(): Promise<Drawn> {
  const bytes = readFileSync(file);
  const model = fluxModel(readSbml((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")));
  const before = process.cpuUsage();
  const options = { chains: CHAINS, thinning: Number(thinning) };
  const found = await sampleFluxes(model, CHAINS * Number(samples), options);
  const { user, system } = process.cpuUsage(before);
  const chains = found.draws.map((count, k) => found.samples.slice(k * count, (k + 1) * count));
  const of = (j: number) => chains.map((chain) => Float64Array.from(chain, (v) => v[j] ?? 0));
  return {
    seconds: (user + system) / 1e6,
    spreads: new Map(model.reactions.map(({ id }, j) => [id, spread(of(j))])),
  };
}

function theirs(method: string): Drawn {
  const script = join(dirname(fileURLToPath(import.meta.url)), "cobra_sampling.py");
  // Their chains have no burn-in: twice the samples, the first half of them thrown away.
  const words = [script, file, method, String(CHAINS), String(2 * Number(samples)), thinning];
  const text = execFileSync(python, words, {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  const { seconds, fluxes } = JSON.parse(text) as { seconds: number; fluxes: Record<string, number[][]> };
  const spreads = Object.entries(fluxes).map(
    ([id, chains]) => [id, spread(chains.map((chain) => Float64Array.from(chain)))] as const,
  );
  return { seconds, spreads: new Map(spreads) };
}

const share = (values: readonly number[], most: number) => values.filter((v) => v <= most).length / values.length;
const row = (cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);

row([
  "A",
  "B",
  "fluxes",
  "means within 2 errors",
  "within 3",
  "largest",
  "deviations, A to B",
  "least effective A",
  "B",
  "largest R-hat A",
  "B",
  "A, s",
  "B, s",
]);
row(Array.from({ length: 13 }, () => "---"));
const drawn = new Map<string, Drawn>();
for (const pair of pairs.split(",")) {
  const [one, other] = pair.split("~") as [string, string];
  for (const method of [one, other])
    if (!drawn.has(method)) drawn.set(method, method === "here" ? await ours() : theirs(method));
  const [left, right] = [drawn.get(one), drawn.get(other)];
  if (left !== undefined && right !== undefined) compare(one, left, other, right);
}

function compare(one: string, left: Drawn, other: string, right: Drawn): void {
  const both = [...left.spreads].flatMap(([id, a]) => {
    const b = right.spreads.get(id);
    return b === undefined || !(a.deviation > STILL) || !(b.deviation > STILL) ? [] : [{ id, a, b }];
  });
  const error = ({ deviation, effective }: Spread) => deviation / Math.sqrt(effective);
  const away = both.map(({ a, b }) => Math.abs(a.mean - b.mean) / Math.hypot(error(a), error(b)));
  const ratios = both.map(({ a, b }) => a.deviation / b.deviation).sort((x, y) => x - y);
  const worst = Math.max(...away);
  row([
    one,
    other,
    both.length,
    share(away, 2).toFixed(3),
    share(away, 3).toFixed(3),
    `${worst.toFixed(1)} (${both[away.indexOf(worst)]?.id})`,
    `${ratios[0]?.toFixed(2)} to ${ratios.at(-1)?.toFixed(2)}`,
    Math.min(...both.map(({ a }) => a.effective)).toFixed(0),
    Math.min(...both.map(({ b }) => b.effective)).toFixed(0),
    Math.max(...both.map(({ a }) => a.rHat)).toFixed(3),
    Math.max(...both.map(({ b }) => b.rHat)).toFixed(3),
    left.seconds.toFixed(1),
    right.seconds.toFixed(1),
  ]);
}
