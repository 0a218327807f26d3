import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../src/errors.ts";
import { smallRandom } from "../../src/numerics/random.ts";
import { compilePathway } from "../../src/pathway/code/compile.ts";
import { simulate } from "../../src/pathway/run/simulate.ts";
import { checkSbml } from "../../src/sbml/check/check-sbml.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { FUZZ_SEEDS } from "../support/fuzz-models.ts";
import { mutate } from "../support/mutate-sbml.ts";

const MUTANTS = Number(process.env.MUTANTS ?? (process.env.CI === undefined ? 3000 : 20_000));
/** A mutant that takes more processor time counts as a hang, ms. */
const HANG = 2000;

/** Processor time of this process, ms. */
const clock = (): number => process.cpuUsage().user / 1000;

const random = smallRandom(20_240_131);
const below = (n: number): number => Math.floor(random.next() * n);

describe("mutated models", () => {
  const counts = { checked: 0, read: 0, compiled: 0, simulated: 0, refused: 0 };

  /** Checks, reads, compiles and now and then simulates; errors of ours end it, others escape. */
  function tryOut(text: string, i: number): void {
    try {
      checkSbml(text);
      counts.checked++;
      const document = readSbml(text);
      counts.read++;
      compilePathway(document);
      counts.compiled++;
      if (i % 5 === 0 && simulate(document, { t1: 1, points: 2, maxSteps: 300 }).status.ok) counts.simulated++;
    } catch (error) {
      if (!(error instanceof CellweaveError))
        throw new Error(`mutant ${i}: ${String(error)}\n${text}`, { cause: error });
      counts.refused++;
    }
  }

  test(`${MUTANTS} mutants end in a model or in an error of ours, and none hangs`, { timeout: 900_000 }, () => {
    let slowest = 0;
    for (let i = 0; i < MUTANTS; i++) {
      const text = mutate(FUZZ_SEEDS[below(FUZZ_SEEDS.length)] ?? "", below);
      const start = clock();
      tryOut(text, i);
      slowest = Math.max(slowest, clock() - start);
    }
    expect(slowest).toBeLessThan(HANG);
    expect(counts.checked).toBeGreaterThan(MUTANTS / 5);
    expect(counts.read).toBeGreaterThan(MUTANTS / 20);
    expect(counts.simulated).toBeGreaterThan(0);
    expect(counts.refused).toBeGreaterThan(MUTANTS / 2);
  });
});

test("what ships is among the models that are mutated", () => {
  expect(FUZZ_SEEDS).toContain(readFileSync("sbml/repressilator.xml", "utf8"));
});
