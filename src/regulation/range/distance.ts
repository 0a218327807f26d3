import type { RegulatorInputs } from "../regulator.ts";
import type { TrainingConditions } from "./conditions.ts";
import { IN, type Range } from "./range.ts";

/** The largest |log2| of an effector that counts, and what it is divided by. */
const EFFECTOR_LIMIT = 6;
const EFFECTOR_UNIT = 3;
const STATE_UNIT = 0.1;

/** How far a regulator's present question and answer lie from the conditions that it was trained on. */
export interface TrainingDistance {
  /**
   * The larger of two distances to the nearest training condition, of the activities and of medium with effectors: 1 is what
   * 95 % of these conditions stay below, from their nearest one.
   */
  at(inputs: RegulatorInputs, activityChange: Float64Array): number;
  /** EDGE beyond 1, OUT where no training condition is that far from its nearest one. */
  range(distance: number): Range;
}

const EDGE: Range = {
  code: "EDGE",
  reasons: ["the state is farther from every training condition than 95 % of these are from their nearest"],
};
const OUT: Range = {
  code: "OUT",
  reasons: ["the state is farther from every training condition than any of these is from its nearest"],
};

export function trainingDistance(conditions: TrainingConditions): TrainingDistance {
  const { state, question, environment } = conditions.nearest;
  const stateOf = nearestState(conditions);
  const questionOf = nearestQuestion(conditions);
  // One bound for all of them, so that the number alone says where it lies.
  const farthest = Math.max(...[state, question, environment].map(([most, all]) => all / most));
  return {
    at(inputs, activityChange) {
      const told = inputs.effectorKnown.some((known) => known !== 0);
      const [unit] = told ? question : environment;
      return Math.max(stateOf(inputs.referenceActivity, activityChange) / state[0], questionOf(inputs, told) / unit);
    },
    range: (distance) => (distance <= 1 ? IN : distance <= farthest ? EDGE : OUT),
  };
}

/** Root mean square over activities, each in its standard deviations. */
function nearestState({ states, scale }: TrainingConditions) {
  const width = scale.length;
  const known = Float64Array.from(states.flat(), (tenths) => tenths * STATE_UNIT);
  const present = new Float64Array(width);
  // The nearest one of the last question is most often still the nearest: the others are soon given up.
  let last = 0;
  return (reference: Float64Array, change: Float64Array): number => {
    for (let i = 0; i < width; i++) present[i] = ((reference[i] ?? 0) + (change[i] ?? 0)) / (scale[i] ?? 1);
    const apart = (start: number, most: number): number => {
      let square = 0;
      for (let i = 0; i < width && square < most; i++) square += ((present[i] ?? 0) - (known[start + i] ?? 0)) ** 2;
      return square;
    };
    let least = apart(last, Number.POSITIVE_INFINITY);
    for (let start = 0; start < known.length; start += width) {
      const square = apart(start, least);
      if (square >= least) continue;
      least = square;
      last = start;
    }
    return Math.sqrt(least / width);
  };
}

/** Euclidean over the medium's features, and over effectors where both sides know them. */
function nearestQuestion({ questions, environment, effectors }: TrainingConditions) {
  const points = questions.map((entry) => ({
    environment: dense(entry.environment, environment.length, 0),
    effectors: entry.effectors === null ? undefined : dense(entry.effectors, effectors.length, Number.NaN),
  }));
  return (inputs: RegulatorInputs, told: boolean): number => {
    let least = Number.POSITIVE_INFINITY;
    for (const point of points) {
      if (told && point.effectors === undefined) continue;
      let square = 0;
      for (let i = 0; i < environment.length; i++)
        square += ((inputs.environment[i] ?? 0) - (point.environment[i] ?? 0)) ** 2;
      if (told && square < least) square += effectorsApart(inputs, point.effectors);
      least = Math.min(least, square);
    }
    return Math.sqrt(least);
  };
}

function effectorsApart({ effector, effectorKnown }: RegulatorInputs, point: Float64Array | undefined): number {
  let square = 0;
  for (let i = 0; i < effector.length; i++) {
    const level = point?.[i] ?? Number.NaN;
    if (effectorKnown[i] === 0 || Number.isNaN(level)) continue;
    const present = Math.min(EFFECTOR_LIMIT, Math.max(-EFFECTOR_LIMIT, effector[i] ?? 0));
    square += (present / EFFECTOR_UNIT - level) ** 2;
  }
  return square;
}

function dense(entries: readonly (readonly [number, number])[], length: number, empty: number): Float64Array {
  const row = new Float64Array(length).fill(empty);
  for (const [i, value] of entries) row[i] = value;
  return row;
}
