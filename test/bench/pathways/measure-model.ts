import { readFileSync } from "node:fs";
import { readSbml } from "../../../src/sbml/read.ts";
import { differenceOf } from "./accuracy.ts";
import type { Contender, Course, Spent, Task } from "./contender.ts";
import { median } from "./measure.ts";
import { type BenchModel, scanned, scanValues } from "./models.ts";

/** What one contender needed for one model; CPU seconds unless said otherwise. */
export interface Figures {
  readonly load: number;
  readonly first: number;
  readonly repeat: number;
  /** A scan of 1,000 values: CPU seconds, and seconds on the wall. */
  readonly scan?: Spent;
  /** Runs that the scan was measured with, where 1,000 would have taken too long. */
  readonly scanRuns?: number;
  /** Largest error against the reference and CPU seconds of a run, by relative tolerance asked. */
  readonly ladder: readonly { readonly rtol: number; readonly error: number; readonly cpu: number }[];
}

export interface ModelResult {
  readonly name: string;
  readonly t1: number;
  readonly reactions: number;
  readonly species: number;
  /** Figures by contender, or what it said when it could not. */
  readonly contenders: Readonly<Record<string, Figures | string>>;
}

export const USUAL: Omit<Task, "t1"> = { points: 101, rtol: 1e-6, atol: 1e-12 };
const ROUNDS = 3;
/** CPU seconds that one round of repeated runs takes at least. */
const ROUND = 0.02;
/** CPU seconds that a scan may take before it is measured with fewer runs. */
const LONGEST_SCAN = 0.5;
const SCAN = 1000;
const LADDER = [1e-4, 1e-6, 1e-8];

/** Measures all contenders on one model, taking turns. The first contender computes the reference. */
export async function measureModel(contenders: readonly Contender[], model: BenchModel): Promise<ModelResult> {
  const document = readSbml(readFileSync(model.file, "utf8"), { file: model.file });
  const knob = scanned(document);
  const task = { ...USUAL, t1: model.t1 };
  const out: Record<string, Figures | string> = {};
  const able: Contender[] = [];
  const firsts = new Map<Contender, number>();
  for (const c of contenders) {
    try {
      await c.load(model.file, knob?.id ?? "");
      firsts.set(c, (await c.simulate(task)).spent.cpu);
      await c.repeat(task, 3);
      able.push(c);
    } catch (error) {
      out[c.name] = (error as Error).message;
    }
  }
  const loads = await rounds(able, async (c) => (await c.load(model.file, knob?.id ?? "")).cpu);
  const repeats = await repeated(able, task);
  const ladders = await climb(able, task);
  const scans = knob === undefined ? undefined : await scan(able, task, knob.base, repeats);
  for (const c of able) {
    const scanFigures = scans?.get(c);
    out[c.name] = {
      load: loads.get(c) ?? Number.NaN,
      first: firsts.get(c) ?? Number.NaN,
      repeat: repeats.get(c) ?? Number.NaN,
      ...scanFigures,
      ladder: ladders.get(c) ?? [],
    };
  }
  const { reactions, species } = document;
  return { name: model.name, t1: model.t1, reactions: reactions.length, species: species.length, contenders: out };
}

/** Medians of several rounds in which each contender has its turn. */
async function rounds(
  contenders: readonly Contender[],
  turn: (c: Contender) => Promise<number>,
  count = ROUNDS,
): Promise<Map<Contender, number>> {
  const found = new Map(contenders.map((c) => [c, [] as number[]]));
  for (let round = 0; round < count; round++) for (const c of contenders) found.get(c)?.push(await turn(c));
  return new Map([...found].map(([c, values]) => [c, median(values)]));
}

/** CPU seconds of one run among many. */
async function repeated(contenders: readonly Contender[], task: Task): Promise<Map<Contender, number>> {
  const counts = new Map<Contender, number>();
  for (const c of contenders) {
    const { cpu } = await c.repeat(task, 3);
    counts.set(c, Math.max(1, Math.min(200, Math.ceil((3 * ROUND) / cpu))));
  }
  return rounds(contenders, async (c) => {
    const count = counts.get(c) ?? 1;
    return (await c.repeat(task, count)).cpu / count;
  });
}

async function scan(
  contenders: readonly Contender[],
  task: Task,
  base: number,
  repeats: ReadonlyMap<Contender, number>,
): Promise<Map<Contender, { scan: Spent; scanRuns?: number }>> {
  const slowest = Math.max(...repeats.values());
  const runs = SCAN * slowest <= LONGEST_SCAN ? SCAN : Math.max(10, Math.round(LONGEST_SCAN / slowest));
  const values = scanValues(base, runs);
  const out = new Map<Contender, { scan: Spent; scanRuns?: number }>();
  for (const c of contenders) {
    try {
      const { cpu, wall } = await c.scan({ ...task, points: 2 }, values);
      const scaled = { cpu: (cpu * SCAN) / runs, wall: (wall * SCAN) / runs };
      out.set(c, runs === SCAN ? { scan: scaled } : { scan: scaled, scanRuns: runs });
    } catch {
      // A value at which the model can't be run ends the scan; the table shows none.
    }
  }
  return out;
}

/** Error and cost at each tolerance, against the first contender's run at 1e-12. */
async function climb(contenders: readonly Contender[], task: Task): Promise<Map<Contender, Figures["ladder"]>> {
  const out = new Map(contenders.map((c) => [c, [] as Figures["ladder"][number][]]));
  const reference = await contenders[0]?.simulate({ ...task, rtol: 1e-12, atol: 1e-18 }).catch(() => undefined);
  if (reference === undefined) return out;
  for (const rtol of LADDER)
    for (const c of contenders) {
      const measured = await rung(c, { ...task, rtol, atol: rtol * 1e-6 }, reference.course);
      if (measured !== undefined) out.get(c)?.push({ rtol, ...measured });
    }
  return out;
}

async function rung(c: Contender, task: Task, reference: Course): Promise<{ error: number; cpu: number } | undefined> {
  try {
    const { course } = await c.simulate(task);
    const first = await c.repeat(task, 1);
    const count = Math.max(1, Math.min(50, Math.ceil(ROUND / first.cpu)));
    const cpu = first.cpu > 10 * ROUND ? first.cpu : (await c.repeat(task, count)).cpu / count;
    return { error: differenceOf(course, reference).worst, cpu };
  } catch {
    return undefined;
  }
}
