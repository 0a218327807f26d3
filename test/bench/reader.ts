/** How long a reader of experiments takes: `npx tsx test/bench/reader.ts [FOLDER]` (50 variables, 50 experiments, one thread). */
import { fileURLToPath } from "node:url";
import { seededRandom } from "../../src/numerics/seeded-random.ts";
import { CHANNELS, type Rows } from "../../src/regulation/in-context/design.ts";
import { openReader } from "../../src/regulation/in-context/open-node.ts";
import { plainPredictions } from "../../src/regulation/in-context/plain-predictions.ts";
import { readContext } from "../../src/regulation/in-context/reader.ts";

const [VARIABLES, EXPERIMENTS, ROUNDS] = [50, 50, 21];
const random = seededRandom(1);

function rowsOf(count: number): Rows {
  const normal = () => Float64Array.from({ length: count * VARIABLES }, () => random.normal());
  const acts = new Float64Array(count * VARIABLES * CHANNELS);
  for (let r = 0; r < count; r++) acts[(r * VARIABLES + (r % VARIABLES)) * CHANNELS + 1] = 1;
  const known = new Float64Array(count * VARIABLES).fill(1);
  const perturbed = new Uint8Array(count).fill(1);
  const beyond = Array.from({ length: count }, () => new Map());
  const shape = { count, variables: VARIABLES, known, acts, perturbed, beyond, project: new Array(count).fill("") };
  return { ...shape, value: normal(), state: normal(), away: normal() };
}

function median(times: number[]): string {
  return `${(times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN).toFixed(2)} ms`;
}

async function timed(work: () => Promise<unknown>): Promise<string> {
  await work();
  const times: number[] = [];
  for (let k = 0; k < ROUNDS; k++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return median(times);
}

const model = await openReader(process.argv[2] ?? fileURLToPath(new URL("../../models/reader", import.meta.url)));
const rows = rowsOf(EXPERIMENTS);
const edges = { matrix: new Float64Array(VARIABLES ** 2), outside: new Map(), beyond: new Map() };
const query = rowsOf(1);
const read = await readContext(model, { rows, edges });
const plain = plainPredictions(query, { rows, edges }, false);
console.log(`encoding, plain predictions included: ${await timed(() => readContext(model, { rows, edges }))}`);
console.log(`a query: ${await timed(() => read.answer(query, plain))}`);
console.log(`its plain predictions: ${await timed(async () => plainPredictions(query, { rows, edges }, false))}`);
