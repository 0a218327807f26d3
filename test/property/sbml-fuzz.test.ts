import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../src/errors.ts";
import { smallRandom } from "../../src/numerics/random.ts";
import { compilePathway } from "../../src/pathway/compile.ts";
import { simulate } from "../../src/pathway/simulate.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { FUZZ_SEEDS } from "../support/fuzz-models.ts";

const MUTANTS = Number(process.env.MUTANTS ?? (process.env.CI === undefined ? 3000 : 20_000));
/** A mutant that takes more processor time counts as a hang, ms. */
const HANG = 2000;

/** Processor time of this process, ms. */
const clock = (): number => process.cpuUsage().user / 1000;

const random = smallRandom(20_240_131);
const below = (n: number): number => Math.floor(random.next() * n);
const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;

const TOKENS = [
  ...[
    '"',
    "<",
    ">",
    "/>",
    "&",
    "</apply>",
    "<apply>",
    "<math>",
    "<ci>x</ci>",
    "<cn>1e999</cn>",
    "]]>",
    "\u0000",
    "\uffff",
  ],
  ...[
    "NaN",
    "INF",
    "-1",
    "0",
    "1e-300",
    "1e300",
    "true",
    "__proto__",
    "constructor",
    "<!DOCTYPE a>",
    "<!-- ",
    "&#x0;",
    "é",
  ],
  ...['id="x"', 'variable="x"', "<piecewise/>", '<cn type="rational">1<sep/>0</cn>', 'stoichiometry="-1"', 'size="0"'],
];

/** One to four edits: cut, double, swap, overwrite with a token, or exchange two attribute values. */
function mutate(seed: string): string {
  let text = seed;
  for (let edits = 1 + below(4); edits > 0; edits--) {
    const [a, b] = [below(text.length), below(text.length)];
    const [from, to] = [Math.min(a, b), Math.min(Math.max(a, b), Math.min(a, b) + 1 + below(80))];
    const kind = below(5);
    if (kind === 0) text = text.slice(0, from) + text.slice(to);
    else if (kind === 1) text = text.slice(0, to) + text.slice(from, to) + text.slice(to);
    else if (kind === 2) text = text.slice(0, from) + pick(TOKENS) + text.slice(to);
    else if (kind === 3) text = text.slice(0, from) + pick(TOKENS) + text.slice(from);
    else text = exchangeValues(text);
  }
  return text;
}

function exchangeValues(text: string): string {
  const values = [...text.matchAll(/"([^"<>]{1,40})"/g)];
  if (values.length < 2) return text;
  const [one, other] = [pick(values), pick(values)];
  return text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
}

describe("mutated models", () => {
  test(`${MUTANTS} mutants end in a model or in an error of ours, and none hangs`, { timeout: 900_000 }, () => {
    const counts = { read: 0, compiled: 0, simulated: 0, refused: 0 };
    let slowest = 0;
    for (let i = 0; i < MUTANTS; i++) {
      const text = mutate(pick(FUZZ_SEEDS));
      const start = clock();
      try {
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
      slowest = Math.max(slowest, clock() - start);
    }
    expect(slowest).toBeLessThan(HANG);
    expect(counts.read).toBeGreaterThan(MUTANTS / 50);
    expect(counts.simulated).toBeGreaterThan(0);
    expect(counts.refused).toBeGreaterThan(MUTANTS / 2);
  });
});

describe("hostile models are refused fast", () => {
  const hostile = (lists: string): string =>
    `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model>${lists}</model></sbml>`;
  const refusal = (text: string): CellweaveError => {
    const start = clock();
    try {
      compilePathway(readSbml(text));
    } catch (error) {
      expect(clock() - start).toBeLessThan(HANG);
      if (error instanceof CellweaveError) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  };

  test("a rate law of a million nodes", () => {
    const sum = `<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><plus/>${"<cn>1</cn>".repeat(1_000_000)}</apply></math>`;
    expect(refusal(hostile(`<listOfRules><algebraicRule>${sum}</algebraicRule></listOfRules>`)).code).toBe(
      "sbml/too-large",
    );
  });

  test("200 MB of text", () => {
    expect(refusal(`<sbml>${" ".repeat(200_000_000)}</sbml>`).code).toBe("sbml/too-large");
  });

  test("functions that double at every level", () => {
    const f = (i: number): string => {
      const inner = i === 0 ? "<ci>x</ci>" : `<apply><ci>f${i - 1}</ci><ci>x</ci></apply>`;
      return `<functionDefinition id="f${i}"><math xmlns="http://www.w3.org/1998/Math/MathML"><lambda><bvar><ci>x</ci></bvar><apply><plus/>${inner}${inner}</apply></lambda></math></functionDefinition>`;
    };
    const functions = Array.from({ length: 60 }, (_, i) => f(i)).join("");
    const rule = `<assignmentRule variable="y"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><ci>f59</ci><cn>1</cn></apply></math></assignmentRule>`;
    const text = hostile(
      `<listOfFunctionDefinitions>${functions}</listOfFunctionDefinitions><listOfParameters><parameter id="y" constant="false"/></listOfParameters><listOfRules>${rule}</listOfRules>`,
    );
    expect(refusal(text).code).toBe("sbml/too-large");
  });
});

test("what ships is among the models that are mutated", () => {
  expect(FUZZ_SEEDS).toContain(readFileSync("sbml/repressilator.xml", "utf8"));
});
