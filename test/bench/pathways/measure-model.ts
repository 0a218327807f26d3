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
/** What is measured; the first simulation comes with every load. */
export const PARTS = ["load", "repeat", "equal error", "scan"] as const;
export type Part = (typeof PARTS)[number];

const ROUNDS = 3;
/** CPU seconds that one round of repeated runs takes about, and the most runs in it. */
const ROUND = 0.05;
const MOST_RUNS = 1000;
/** CPU seconds that a scan may take before it is measured with fewer runs. */
const LONGEST_SCAN = 0.5;
const SCAN = 1000;
const LADDER = [1e-4, 1e-6, 1e-8];

/**
 * Measures all contenders on one model, taking turns. The first contender computes the reference.
 * @param parts what is measured; all else stands as it was
 * @param before what was measured earlier
 */
export async function measureModel(
  contenders: readonly Contender[],
  model: BenchModel,
  parts: ReadonlySet<Part> = new Set(PARTS),
  before?: ModelResult,
): Promise<ModelResult> {
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
  const load = async (c: Contender): Promise<number> => (await c.load(model.file, knob?.id ?? "")).cpu;
  const loads = parts.has("load") ? await rounds(able, load) : undefined;
  const repeats = parts.has("repeat") || parts.has("scan") ? await repeated(able, task) : undefined;
  const ladders = parts.has("equal error") ? await climb(able, task) : undefined;
  const scanning = parts.has("scan") && knob !== undefined && repeats !== undefined;
  const scans = scanning ? await scan(able, task, knob.base, repeats) : undefined;
  for (const c of able) {
    const old = before?.contenders[c.name];
    const known = typeof old === "object" ? old : undefined;
    const { scan: oldScan, scanRuns: oldRuns, ...others } = known ?? NOTHING;
    const kept = {
      ...(oldScan === undefined ? {} : { scan: oldScan }),
      ...(oldRuns === undefined ? {} : { scanRuns: oldRuns }),
    };
    out[c.name] = {
      load: loads?.get(c) ?? others.load,
      first: loads === undefined ? others.first : (firsts.get(c) ?? Number.NaN),
      repeat: (parts.has("repeat") ? repeats?.get(c) : undefined) ?? others.repeat,
      ladder: ladders?.get(c) ?? others.ladder,
      ...(scanning ? scans?.get(c) : kept),
    };
  }
  const { reactions, species } = document;
  return { name: model.name, t1: model.t1, reactions: reactions.length, species: species.length, contenders: out };
}

const NOTHING: Figures = { load: Number.NaN, first: Number.NaN, repeat: Number.NaN, ladder: [] };

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

/** Runs that fill a round, after as many that don't count: what is repeated is no longer what is done the first time. */
async function warmed(c: Contender, task: Task): Promise<number> {
  let count = 3;
  for (let turn = 0; turn < 3; turn++) {
    const each = (await c.repeat(task, count)).cpu / count;
    if (each > ROUND) return 1;
    count = Math.min(MOST_RUNS, Math.ceil(ROUND / each));
  }
  return count;
}

/** CPU seconds of one run among many. */
async function repeated(contenders: readonly Contender[], task: Task): Promise<Map<Contender, number>> {
  const counts = new Map<Contender, number>();
  for (const c of contenders) counts.set(c, await warmed(c, task));
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
  const found = new Map(contenders.map((c) => [c, [] as Spent[]]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [c, spent] of found) {
      try {
        spent.push(await c.scan({ ...task, points: 2 }, values));
      } catch {
        // A value at which the model can't be run ends the scan; the table shows none.
        found.delete(c);
      }
    }
  const scaled = (numbers: readonly number[]): number => (median(numbers) * SCAN) / runs;
  return new Map(
    [...found].map(([c, spent]) => {
      const scan = { cpu: scaled(spent.map(({ cpu }) => cpu)), wall: scaled(spent.map(({ wall }) => wall)) };
      return [c, runs === SCAN ? { scan } : { scan, scanRuns: runs }];
    }),
  );
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
    const count = await warmed(c, task);
    const cpu = (await c.repeat(task, count)).cpu / count;
    return { error: differenceOf(course, reference).worst, cpu };
  } catch {
    return undefined;
  }
}
