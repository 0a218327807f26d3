import { describe, expect, test } from "vitest";
import { extrapolation } from "../../../src/numerics/ode/ode-extrapolation.ts";
import { simulate } from "../../../src/pathway/run/simulate.ts";
import { conservedMoieties, moietyText } from "../../../src/pathway/steady/moieties.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

const species = (id: string, amount: number, extra = 'boundaryCondition="false" constant="false"') =>
  `<species id="${id}" compartment="c" initialAmount="${amount}" hasOnlySubstanceUnits="false" ${extra}/>`;
const reference = (id: string, n = 1) => `<speciesReference species="${id}" stoichiometry="${n}" constant="true"/>`;
const reaction = (id: string, from: string, to: string, law: string) =>
  `<reaction id="${id}" reversible="false" fast="false"><listOfReactants>${from}</listOfReactants><listOfProducts>${to}</listOfProducts><kineticLaw>${math(law)}</kineticLaw></reaction>`;
const model = (speciesList: string, reactions: string, rest = "") =>
  readSbml(
    sbml(
      `<listOfCompartments><compartment id="c" size="2" constant="true"/></listOfCompartments><listOfSpecies>${speciesList}</listOfSpecies><listOfParameters><parameter id="k" value="1" constant="true"/></listOfParameters>${rest}<listOfReactions>${reactions}</listOfReactions>`,
    ),
  );
const uptake = "<apply><times/><ci>k</ci><ci>S</ci><ci>E</ci></apply>";

describe("conserved moieties", () => {
  const all = species("S", 4) + species("E", 1) + species("ES", 0) + species("P", 0);
  const binding = reaction("bind", reference("S") + reference("E"), reference("ES"), uptake);
  const turnover = reaction("turn", reference("ES"), reference("P", 2) + reference("E"), "<ci>ES</ci>");
  const texts = (document: ReturnType<typeof model>) => conservedMoieties(document).map(moietyText);

  test("are named with their weights", () => {
    expect(texts(model(all, binding + turnover))).toEqual(["E + ES", "2 S + 2 ES + P"]);
  });

  test("leave out boundary species", () => {
    const bounded = species("S", 4, 'boundaryCondition="true" constant="false"') + all.slice(species("S", 4).length);
    expect(texts(model(bounded, binding + turnover))).toEqual(["E + ES"]);
  });

  test("a fractional stoichiometry counts exactly", () => {
    const half = reaction("half", reference("S", 0.25), reference("P", 0.1), "<ci>S</ci>");
    expect(texts(model(species("S", 4) + species("P", 0), half))).toEqual(["2 S + 5 P"]);
  });

  test("a solver that loses some of a total is found out", () => {
    const document = model(all, binding + turnover);
    const options = { t1: 2, points: 3 };
    expect(simulate(document, options).warnings).toEqual([]);
    const leaky = simulate(document, {
      ...options,
      integrator: (problem, t0, y, t1, o, onStep) => {
        const leaking = {
          ...problem,
          rhs: (t: number, at: ArrayLike<number>, dy: Float64Array) => {
            problem.rhs(t, at, dy);
            dy[1] = (dy[1] ?? 0) - 0.01;
          },
        };
        return extrapolation(leaking, t0, y, t1, o, onStep);
      },
    });
    expect(leaky.warnings[0]).toMatch(/^the conserved total E \+ ES went from 1 to 0\.98/);
  });
});
