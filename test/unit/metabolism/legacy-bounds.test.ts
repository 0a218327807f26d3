import { describe, expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { readSbml } from "../../../src/sbml/read.ts";

const parameter = (id: string, value: number): string => `<parameter id="${id}" value="${value}"/>`;
const notes = (...lines: string[]): string =>
  `<notes>${lines.map((line) => `<p xmlns="http://www.w3.org/1999/xhtml">${line}</p>`).join("")}</notes>`;
const species = (id: string, boundary = false, more = ""): string =>
  `<species id="${id}" compartment="c" boundaryCondition="${boundary}">${more}</species>`;
const side = (list: string, id: string): string =>
  id === "" ? "" : `<listOf${list}><speciesReference species="${id}"/></listOf${list}>`;

interface Way {
  readonly notes?: string;
  readonly parameters?: string;
  readonly objective?: number;
}

const bounds = parameter("LOWER_BOUND", 0) + parameter("UPPER_BOUND", 7);
const reaction = (id: string, [from, to]: readonly [string, string], way: Way = {}): string =>
  `<reaction id="${id}">${way.notes ?? ""}${side("Reactants", from)}${side("Products", to)}<kineticLaw>
  <math xmlns="http://www.w3.org/1998/Math/MathML"><ci>FLUX_VALUE</ci></math><listOfParameters>
  ${way.parameters ?? bounds}${parameter("OBJECTIVE_COEFFICIENT", way.objective ?? 0)}${parameter("FLUX_VALUE", 0)}
  </listOfParameters></kineticLaw></reaction>`;

const RULE = notes("GENE_ASSOCIATION: (b1 and b2) or b3", "SUBSYSTEM: Glycolysis", "EC Number: 1.1.1.1");
const TAKE = reaction("R_EX_A", ["M_A_e", "M_A_b"], { parameters: bounds.replace('value="0"', 'value="-5"') });
const GROW = reaction("R_grow", ["M_A_e", ""], { objective: 1, notes: RULE });

const read = (reactions: string, more = "") =>
  fluxModel(
    readSbml(`<sbml xmlns="http://www.sbml.org/sbml/level2" level="2" version="1"><model id="old">
  <listOfCompartments><compartment id="c"/></listOfCompartments><listOfSpecies>
  ${species("M_A_e", false, notes("FORMULA: C6H12O6", "CHARGE: -2"))}${species("M_A_b", true)}${more}
  </listOfSpecies><listOfReactions>${reactions}</listOfReactions></model></sbml>`),
  );

describe("SBML with bounds in kinetic laws", () => {
  test("bounds, objective, rules, formulas and charges", async () => {
    const model = read(TAKE + GROW);
    expect(model.reactions.map(({ id, boundary }) => [id, boundary])).toEqual([
      ["EX_A", true],
      ["grow", true],
    ]);
    expect([...model.bounds.lower, ...model.bounds.upper]).toEqual([-5, 0, 7, 7]);
    expect(model.metabolites).toMatchObject([{ id: "A_e", formula: "C6H12O6", charge: -2 }]);
    expect(model.genes.map(({ id }) => id)).toEqual(["b1", "b2", "b3"]);
    expect(model.reactions[1]?.rule).toEqual({
      kind: "or",
      of: [
        { kind: "and", of: [0, 1].map((gene) => ({ kind: "gene", gene })) },
        { kind: "gene", gene: 2 },
      ],
    });
    expect(await fba(model)).toMatchObject({ status: "optimal", objective: 5 });
    expect(model.remarks).toEqual(["no fbc: bounds, objective and gene rules are read from kinetic laws and notes"]);
  });

  test("a rule without a key after it, and an empty one", () => {
    const ruled = (text: string) => read(reaction("R_x", ["M_A_e", ""], { notes: notes(text) })).genes;
    expect(ruled("GENE ASSOCIATION: HGNC:5 and b2").map(({ id }) => id)).toEqual(["HGNC:5", "b2"]);
    expect(ruled("GENE_ASSOCIATION: SUBSYSTEM:")).toEqual([]);
    expect(() => ruled("GENE_ASSOCIATION: (b1 or")).toThrow("reaction 'R_x': gene association in the notes: expected");
  });

  test("a reaction without a bound is refused; boundary species that are not marked are named", () => {
    const half = reaction("R_half", ["M_A_e", ""], { parameters: parameter("LOWER_BOUND", 0) });
    expect(() => read(TAKE + half)).toThrow("reaction 'R_half' has no UPPER_BOUND in its kinetic law");
    expect(read(TAKE, species("M_B_b")).remarks?.[0]).toContain("1 species end in _b and aren't marked as boundary");
  });

  test("an exchange of a boundary species alone limits nothing, and that is said", () => {
    const [, remark] = read(TAKE + reaction("R_EX_b", ["M_A_b", ""])).remarks ?? [];
    expect(remark).toContain("R_EX_b exchange boundary species (boundaryCondition), which nothing balances");
  });

  test("a kinetic model is no flux balance model", () => {
    const kinetic = () => read(reaction("R_k", ["M_A_e", ""], { parameters: parameter("k", 1) }));
    expect(kinetic).toThrow("the model has no flux bounds (fbc)");
  });
});
