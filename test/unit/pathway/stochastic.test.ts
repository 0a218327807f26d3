import { describe, expect, test } from "vitest";
import { IndexedHeap } from "../../../src/numerics/indexed-heap.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { stochasticModel } from "../../../src/pathway/stochastic/stochastic.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

const reaction = (id: string, law: string, change: string): string =>
  `<reaction id="${id}" reversible="false" fast="false">${change}<kineticLaw>${math(law)}</kineticLaw></reaction>`;
const REFERENCE = '<speciesReference species="X" stoichiometry="1" constant="true"/>';

/** Birth at 5 a unit of time, death at 0.5 X, from 2. */
const BIRTH_DEATH = (death = "<apply><times/><cn>0.5</cn><ci>X</ci></apply>", rest = ""): string =>
  sbml(`<listOfCompartments><compartment id="c" spatialDimensions="3" size="1" constant="true"/></listOfCompartments>
  <listOfSpecies><species id="X" compartment="c" initialAmount="2" hasOnlySubstanceUnits="true" boundaryCondition="false" constant="false"/></listOfSpecies>
  <listOfReactions>${reaction("birth", "<cn>5</cn>", `<listOfProducts>${REFERENCE}</listOfProducts>`)}
  ${reaction("death", death, `<listOfReactants>${REFERENCE}</listOfReactants>`)}</listOfReactions>${rest}`);

function ends(text: string, runs: number, t1 = 4): number[] {
  const { pathway, run } = stochasticModel(readSbml(text));
  const slot = pathway.symbols.get("X")?.slot ?? 0;
  return Array.from({ length: runs }, (_, i) => {
    let last = 0;
    const status = run({ t1, points: 2, seed: i + 1 }, () => {
      last = pathway.values[slot] ?? 0;
    });
    expect(status).toEqual({ ok: true });
    return last;
  });
}

describe("exact stochastic runs", () => {
  test("birth and death have the mean and variance of the master equation", () => {
    const n = 4000;
    const found = ends(BIRTH_DEATH(), n);
    const survive = Math.exp(-2);
    const mean = 10 * (1 - survive) + 2 * survive;
    const variance = 10 * (1 - survive) + 2 * survive * (1 - survive);
    const average = found.reduce((a, b) => a + b, 0) / n;
    const spread = found.reduce((a, b) => a + (b - average) ** 2, 0) / (n - 1);
    expect(Math.abs(average - mean)).toBeLessThan((4 * Math.sqrt(variance)) / Math.sqrt(n));
    expect(Math.abs(spread / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(found.every(Number.isInteger)).toBe(true);
  });

  test("the same seed is the same run", () => {
    expect(ends(BIRTH_DEATH(), 20)).toEqual(ends(BIRTH_DEATH(), 20));
  });

  test("events that time brings about happen between jumps", () => {
    const time = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>';
    const event = `<listOfEvents><event useValuesFromTriggerTime="true"><trigger initialValue="true" persistent="true">${math(`<apply><geq/>${time}<cn>3.999999</cn></apply>`)}</trigger>
      <listOfEventAssignments><eventAssignment variable="X">${math("<cn>70</cn>")}</eventAssignment></listOfEventAssignments></event></listOfEvents>`;
    for (const x of ends(BIRTH_DEATH(undefined, event), 20)) expect(Math.abs(x - 70)).toBeLessThan(3);
  });

  test("a negative rate is a status that names the reaction; what is no jump is refused", () => {
    const { run } = stochasticModel(readSbml(BIRTH_DEATH("<apply><minus/><cn>5</cn><ci>X</ci></apply>")));
    expect(run({ t1: 1000, points: 2, seed: 1 }, () => {})).toMatchObject({ ok: false, code: "out-of-range" });
    const timed = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>';
    expect(() => stochasticModel(readSbml(BIRTH_DEATH(timed)))).toThrow("the rate of 'death' depends on time");
  });
});

test("the indexed heap keeps the earliest on top whatever changes", () => {
  const random = seededRandom(5);
  const heap = new IndexedHeap(20);
  for (let i = 0; i < 2000; i++) {
    heap.set(random.integer(20), random.next());
    expect(heap.times[heap.top]).toBe(Math.min(...heap.times));
  }
});
