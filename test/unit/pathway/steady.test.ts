import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type SteadyState, steadyState, totalsText } from "../../../src/pathway/steady/steady.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

const DATA = process.env.CELLWEAVE_DATA ?? "../shared/data";
const there = existsSync(`${DATA}/biomodels`);
if (!there) process.stderr.write(`SKIPPED: steady states of BioModels, no data at ${DATA} (set CELLWEAVE_DATA)\n`);
const biomodel = (number: number) =>
  readSbml(readFileSync(`${DATA}/biomodels/BIOMD${String(number).padStart(10, "0")}.xml`, "utf8"));

const species = (id: string, amount: number) =>
  `<species id="${id}" compartment="c" initialAmount="${amount}" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>`;
const rateRule = (id: string, content: string) => `<rateRule variable="${id}">${math(content)}</rateRule>`;
const parameter = (id: string, value: number) => `<parameter id="${id}" value="${value}" constant="false"/>`;
const times = (...factors: string[]) => `<apply><times/>${factors.join("")}</apply>`;
const minus = (a: string, b: string) => `<apply><minus/>${a}${b}</apply>`;
const ci = (id: string) => `<ci>${id}</ci>`;
const cn = (value: number) => `<cn>${value}</cn>`;
const ruled = (parameters: string, rules: string) =>
  readSbml(sbml(`<listOfParameters>${parameters}</listOfParameters><listOfRules>${rules}</listOfRules>`));
const valueAt = (state: SteadyState, id: string) => state.values.get(id)?.value ?? Number.NaN;

describe("steady states", () => {
  const reversible = readSbml(
    sbml(`<listOfCompartments><compartment id="c" size="2" constant="true"/></listOfCompartments>
<listOfSpecies>${species("A", 6)}${species("B", 2)}</listOfSpecies>
<listOfParameters><parameter id="k" value="3" constant="true"/></listOfParameters>
<listOfReactions><reaction id="r" reversible="true" fast="false"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants><listOfProducts><speciesReference species="B" stoichiometry="1" constant="true"/></listOfProducts><kineticLaw>${math(times(ci("c"), minus(times(ci("k"), ci("A")), ci("B"))))}</kineticLaw></reaction></listOfReactions>`),
  );

  test("a conserved total decides where an exchange comes to rest", () => {
    const state = steadyState(reversible);
    expect(state.status).toBe("stable");
    expect(valueAt(state, "A")).toBeCloseTo(1, 10);
    expect(valueAt(state, "B")).toBeCloseTo(3, 10);
    expect(valueAt(state, "r")).toBeCloseTo(0, 10);
    expect(state.eigenvalues).toEqual([{ re: expect.closeTo(-4, 10), im: 0 }]);
    expect(totalsText(state)).toEqual(["A + B = 8"]);
  });

  test("slopes of the state follow the closed form, through the total too", () => {
    // A = 8 / (1 + k), with A's start value adding to the total
    const { control } = steadyState(reversible, { control: ["k", "A", "r"] });
    const slope = (k: number) => control?.slopes[k * 3];
    expect(control?.columns).toEqual(["A", "B", "r"]);
    expect(slope(0)).toBeCloseTo(-4 / 16, 10);
    expect(slope(1)).toBeCloseTo(1 / 4, 10);
    expect(slope(2)).toBeCloseTo(0, 10);
  });

  test("values of the start may be changed", () => {
    const state = steadyState(reversible, {
      values: new Map([
        ["k", 1],
        ["A", 9],
      ]),
    });
    expect(valueAt(state, "A")).toBeCloseTo(5, 10);
  });

  test("of several states that the model goes to is found along the time course", () => {
    // dx/dt = (x - 1)(2 - x)(x - 3) from 1.9: Newton's method lands on the unstable state 2
    const cubic = times(minus(ci("x"), cn(1)), minus(cn(2), ci("x")), minus(ci("x"), cn(3)));
    const state = steadyState(ruled(parameter("x", 1.9), rateRule("x", cubic)));
    expect(state).toMatchObject({ status: "stable", method: "time course" });
    expect(valueAt(state, "x")).toBeCloseTo(1, 9);
    expect(state.eigenvalues[0]?.re).toBeCloseTo(-2, 8);
  });

  test("a harmonic pair turns for ever", () => {
    const model = ruled(
      parameter("x", 1) + parameter("y", 0),
      rateRule("x", times(cn(2), ci("y"))) + rateRule("y", times(cn(-2), ci("x"))),
    );
    const state = steadyState(model);
    expect(state.status).toBe("oscillates");
    expect(Number(/period of ([\d.]+)/.exec(state.message)?.[1])).toBeCloseTo(Math.PI, 3);
  });

  test("what only grows is named", () => {
    const state = steadyState(ruled(parameter("x", 1), rateRule("x", cn(2))), { longest: 100 });
    expect(state.status).toBe("none-found");
    expect(state.message).toContain("'x' changes most");
  });

  test("a product that piles up is named with its rate, while all else rests", () => {
    // x' = 3 - 2 x, p' = 5 x, q' = -x
    const rules =
      rateRule("x", minus(cn(3), times(cn(2), ci("x")))) +
      rateRule("p", times(cn(5), ci("x"))) +
      rateRule("q", times(cn(-1), ci("x")));
    for (const follow of [false, true]) {
      const state = steadyState(ruled(parameter("x", 1) + parameter("p", 0) + parameter("q", 4), rules), { follow });
      expect(state.status).toBe("stable");
      expect(valueAt(state, "x")).toBeCloseTo(1.5, 10);
      expect(state.values.has("p")).toBe(false);
      expect(state.accumulating).toEqual([
        { id: "p", rate: expect.closeTo(7.5, 8) },
        { id: "q", rate: expect.closeTo(-1.5, 8) },
      ]);
      expect(state.message).toContain("all but 'p' (7.5 per unit of time), 'q' (-1.5 per unit of time)");
    }
  });

  test("with delays it is that of the model without them", () => {
    // x' = 6 - x(t - 4) - 2 x
    const past = `<apply><csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/delay">d</csymbol>${ci("x")}${cn(4)}</apply>`;
    const state = steadyState(
      ruled(parameter("x", 1), rateRule("x", minus(minus(cn(6), past), times(cn(2), ci("x"))))),
    );
    expect(state.status).toBe("at-rest");
    expect(valueAt(state, "x")).toBeCloseTo(2, 8);
    expect(state.eigenvalues).toEqual([]);
  });

  test("a model that depends on time is refused, unless the time is held", () => {
    const clock = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>';
    const model = ruled(parameter("x", 1), rateRule("x", minus(clock, ci("x"))));
    expect(() => steadyState(model)).toThrow("depend on the time itself");
    expect(valueAt(steadyState(model, { at: 7 }), "x")).toBeCloseTo(7, 9);
  });
});

describe.skipIf(!there)("steady states of BioModels", () => {
  test("the repressilator's is unstable, and the model oscillates with its period", () => {
    const state = steadyState(biomodel(12));
    expect(state.status).toBe("oscillates");
    expect(Number(/period of ([\d.]+)/.exec(state.message)?.[1])).toBeCloseTo(125, 0);
  });

  test("control coefficients of glycolysis keep the summation theorems: 1 over fluxes, 0 over concentrations", () => {
    const document = biomodel(64);
    const { control } = steadyState(document, { control: document.reactions.map((r) => r.id) });
    const reactions = new Set(document.reactions.map((r) => r.id));
    control?.columns.forEach((id, q) => {
      const value = control.values[q] ?? 0;
      if (value === 0) return;
      const sum = control.parameters.reduce((s, _, k) => s + (control.slopes[k * control.columns.length + q] ?? 0), 0);
      expect(sum / value).toBeCloseTo(reactions.has(id) ? 1 : 0, 10);
    });
    expect(control?.parameters.length).toBe(17);
  });

  test("Huang and Ferrell's cascade rests with its seven totals kept", () => {
    const state = steadyState(biomodel(9));
    expect(state.status).toBe("stable");
    expect(state.totals.length).toBe(7);
    for (const { moiety, total } of state.totals) {
      const sum = moiety.species.reduce((s, { id, weight }) => s + weight * (state.values.get(id)?.amount ?? 0), 0);
      expect(Math.abs(sum / total - 1)).toBeLessThan(1e-12);
    }
  });
});
