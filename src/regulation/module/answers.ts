import { createOutputs, type Regulator, type RegulatorInputs, type RegulatorOutputs } from "../regulator.ts";

/** A question and its answer, each in one row of numbers; plain data. */
export interface Answer {
  readonly question: readonly number[];
  readonly answer: readonly number[];
}

/** A regulator that is asked only where its inputs have moved so far that what it said before does not tell. */
export interface Answers {
  /** The answer, within the tolerance; the arrays are valid until the next question. */
  ask(inputs: RegulatorInputs): Promise<RegulatorOutputs>;
  /** How often the regulator itself was asked so far. */
  asked(): number;
  /** What later answers depend on. */
  snapshot(): readonly Answer[];
  restore(known: readonly Answer[]): void;
  /** Forgets what was asked since the last snapshot taken or restored. */
  forget(): void;
}

/** How many answers are kept to estimate from; the newest first. */
const KEPT = 4;
/** How many answers are kept to be given again to the same question. */
const REPEATED = 8;
/** Largest step beyond what is known, in units of the distance between what is known. */
const REACH = 2;

/**
 * Near a point that was asked, the answer is continued on the line through the two nearest answers. How far that may be
 * off is estimated from a third answer (curvature along the line) and from the steepest change seen (off the line).
 * @param tolerance error allowed in log2 expression and activities; with 0 only equal questions are not asked again
 */
export function answersOf(regulator: Regulator, tolerance: number): Answers {
  const outputs = createOutputs(regulator);
  const activities = outputs.activityChange.length;
  let known: readonly Answer[] = [];
  let base = known;
  let repeated: readonly Answer[] = [];
  let asked = 0;
  const give = (answer: ArrayLike<number>): RegulatorOutputs => {
    for (let i = 0; i < activities; i++) outputs.activityChange[i] = answer[i] ?? 0;
    for (let i = activities; i < answer.length; i++) outputs.log2Expression[i - activities] = answer[i] ?? 0;
    return outputs;
  };
  return {
    async ask(inputs) {
      const question = [...inputs.perturbation, ...inputs.effector, ...inputs.environment];
      const estimated = tolerance > 0 ? estimate(known, question, tolerance) : undefined;
      if (estimated !== undefined) return give(estimated);
      const same = repeated.find((entry) => isSame(entry.question, question));
      let found = same;
      if (found === undefined) {
        asked++;
        const fresh = createOutputs(regulator);
        await regulator.predict(inputs, fresh);
        found = { question, answer: [...fresh.activityChange, ...fresh.log2Expression] };
        repeated = [found, ...repeated].slice(0, REPEATED);
      }
      if (tolerance > 0) known = [found, ...known.filter((entry) => entry !== found)].slice(0, KEPT);
      return give(found.answer);
    },
    asked: () => asked,
    snapshot() {
      base = known;
      return known;
    },
    restore(before) {
      if (before === base) return;
      known = before;
      base = before;
    },
    forget() {
      known = base;
    },
  };
}

/** The answer continued from what is known, or undefined where it may be off by more than the tolerance. */
function estimate(known: readonly Answer[], question: readonly number[], tolerance: number): number[] | undefined {
  const near = [...known].sort((a, b) => distance(a.question, question) - distance(b.question, question));
  const [a, b, c] = near;
  if (a === undefined) return undefined;
  const away = distance(a.question, question);
  if (away === 0) return [...a.answer];
  if (b === undefined || c === undefined) return undefined;
  const span = distance(a.question, b.question);
  const s = along(a, b, question);
  if (!(Math.abs(s) <= REACH)) return undefined;
  const off = Math.sqrt(Math.max(0, away ** 2 - (s * span) ** 2));
  const steepest = Math.max(slope(a, b), slope(a, c), slope(b, c));
  if (off * steepest + Math.abs(s * (s + 1)) * curvature(a, b, c) > tolerance) return undefined;
  return a.answer.map((value, i) => value + s * (value - (b.answer[i] ?? 0)));
}

/** Position of a question on the line from b through a, in units of their distance: 0 at a, -1 at b. */
function along(a: Answer, b: Answer, question: readonly number[]): number {
  let [product, square] = [0, 0];
  for (let i = 0; i < question.length; i++) {
    const u = (a.question[i] ?? 0) - (b.question[i] ?? 0);
    product += ((question[i] ?? 0) - (a.question[i] ?? 0)) * u;
    square += u * u;
  }
  return product / square;
}

/** What the line through a and b misses at c, as the factor of s (s + 1); where c tells nothing, all of the change. */
function curvature(a: Answer, b: Answer, c: Answer): number {
  const s = along(a, b, c.question);
  const weight = Math.abs(s * (s + 1));
  const missed = largest(a.answer, (value, i) => value + s * (value - (b.answer[i] ?? 0)) - (c.answer[i] ?? 0));
  return Math.max(missed / Math.max(weight, 0.1), 0);
}

function slope(a: Answer, b: Answer): number {
  const change = largest(a.answer, (value, i) => value - (b.answer[i] ?? 0));
  return change / distance(a.question, b.question);
}

function distance(a: readonly number[], b: readonly number[]): number {
  let square = 0;
  for (let i = 0; i < a.length; i++) square += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(square);
}

function largest(values: readonly number[], of: (value: number, i: number) => number): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(of(values[i] ?? 0, i)));
  return most;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => value === b[i]);
}
