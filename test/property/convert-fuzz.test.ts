import { expect, test } from "vitest";
import { CellweaveError } from "../../src/errors.ts";
import { smallRandom } from "../../src/numerics/random.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { convertSbml } from "../../src/sbml/write/convert.ts";
import { FUZZ_SEEDS } from "../support/fuzz-models.ts";
import { mutate } from "../support/mutate-sbml.ts";
import { essence } from "../support/same-document.ts";

const MUTANTS = 400;

/** The written model, or undefined where it is refused by an error of ours. */
function converted(text: string) {
  try {
    return convertSbml(text);
  } catch (error) {
    if (error instanceof CellweaveError) return undefined;
    throw new Error(`${String(error)}\n${text}`, { cause: error });
  }
}

test(`${MUTANTS} mutated models are refused in words, or written and read back as the same model`, () => {
  const random = smallRandom(7);
  let written = 0;
  for (let i = 0; i < MUTANTS; i++) {
    const seed = FUZZ_SEEDS[i % FUZZ_SEEDS.length] ?? "";
    const text = mutate(seed, (n) => Math.floor(random.next() * n));
    const done = converted(text);
    if (done === undefined) continue;
    written++;
    if (done.document.level === 3) expect(essence(readSbml(done.text)), text).toEqual(essence(done.document));
    else expect(() => readSbml(done.text), text).not.toThrow();
  }
  expect(written).toBeGreaterThan(MUTANTS / 10);
});
