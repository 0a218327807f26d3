import { type Answer, type Answers, answersOf } from "../module/answers.ts";
import type { Regulator, RegulatorNames } from "../regulator.ts";

/** A regulator that answers in place of another one while that one is asked beyond what it was trained on. */
export interface Fallback {
  /** What a report calls it: its name among the cell's choices. */
  readonly name: string;
  readonly regulator: Regulator;
}

/** What later answers of both depend on. */
export interface FallbackMemory {
  readonly main: readonly Answer[];
  readonly spare: readonly Answer[] | undefined;
}

export interface FallbackAnswers extends Pick<Answers, "ask" | "asked" | "forget"> {
  /** How often the fallback was asked so far; `asked` counts these too. */
  askedFallback(): number;
  snapshot(): FallbackMemory;
  restore(memory: FallbackMemory): void;
}

/** Answers of a regulator, or of its fallback while `isOut`; each remembers its own, so that none is taken for the other's. */
export function answersWithFallback(
  regulator: Regulator,
  fallback: Fallback | undefined,
  tolerance: number,
  isOut: () => boolean,
): FallbackAnswers {
  const main = answersOf(regulator, tolerance);
  const spare = fallback === undefined ? undefined : answersOf(fallback.regulator, tolerance);
  return {
    ask: (inputs) => (isOut() ? (spare ?? main) : main).ask(inputs),
    asked: () => main.asked() + (spare?.asked() ?? 0),
    askedFallback: () => spare?.asked() ?? 0,
    snapshot: () => ({ main: main.snapshot(), spare: spare?.snapshot() }),
    restore(memory) {
      main.restore(memory.main);
      if (memory.spare !== undefined) spare?.restore(memory.spare);
    },
    forget() {
      main.forget();
      spare?.forget();
    },
  };
}

/** What two regulators differ in that would keep one from answering for the other; undefined where nothing does. */
export function mismatch(a: Regulator, b: Regulator): keyof RegulatorNames | "reference" | undefined {
  const lists = ["activities", "environment", "effectors", "genes", "expression"] as const;
  const different = lists.find((list) => a.names[list].join("\n") !== b.names[list].join("\n"));
  if (different !== undefined) return different;
  return a.reference.activity.every((value, i) => value === b.reference.activity[i]) ? undefined : "reference";
}
