import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import type { Contribution, Window } from "../../../src/cell/module.ts";
import { simulate } from "../../../src/engine/simulate.ts";
import { columnOf } from "../../../src/engine/trajectory.ts";
import { pathwayModule } from "../../../src/pathway/module/pathway-module.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { describeModule } from "../../support/describe-module.ts";
import { sbml } from "../../support/sbml-text.ts";

/** A -> B at k1 A with a driven input and an assigned total; time in seconds. */
const CHAIN = sbml(`
  <listOfCompartments><compartment id="c" spatialDimensions="3" size="2" constant="true"/></listOfCompartments>
  <listOfSpecies>
    <species id="A" compartment="c" initialConcentration="3" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
    <species id="B" compartment="c" initialConcentration="1" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
  </listOfSpecies>
  <listOfParameters>
    <parameter id="k1" value="0.001" constant="true"/>
    <parameter id="signal" value="1" constant="false"/>
    <parameter id="total" constant="false"/>
  </listOfParameters>
  <listOfRules><assignmentRule variable="total"><math xmlns="http://www.w3.org/1998/Math/MathML">
    <apply><plus/><ci>A</ci><ci>B</ci></apply></math></assignmentRule></listOfRules>
  <listOfReactions><reaction id="r" reversible="false" fast="false">
    <listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants>
    <listOfProducts><speciesReference species="B" stoichiometry="1" constant="true"/></listOfProducts>
    <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML">
      <apply><times/><ci>c</ci><ci>k1</ci><ci>signal</ci><ci>A</ci></apply></math></kineticLaw>
  </reaction></listOfReactions>`);

/** x' = -3 x from 1, and its double by a rule. */
const SUM = sbml(`
  <listOfParameters>
    <parameter id="x" value="1" constant="false"/>
    <parameter id="twice" constant="false"/>
  </listOfParameters>
  <listOfRules>
    <rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML">
      <apply><times/><cn>-3</cn><ci>x</ci></apply></math></rateRule>
    <assignmentRule variable="twice"><math xmlns="http://www.w3.org/1998/Math/MathML">
      <apply><times/><cn>2</cn><ci>x</ci></apply></math></assignmentRule>
  </listOfRules>`);

function chain(rtol = 1e-9) {
  return pathwayModule({
    id: "chain",
    document: readSbml(CHAIN),
    timeScale: 3600,
    inputs: [{ sbml: "signal", variable: "flux:X", factor: 0.5 }],
    owns: [
      { sbml: "A", unit: "mmol/L", nominal: 1 },
      { sbml: "B", unit: "mmol/L", nominal: 1 },
      { sbml: "total", variable: "activity:total", kind: "activity", unit: "mmol/L", nominal: 1 },
    ],
    genes: [{ gene: "b0001", parameter: "k1" }],
    rtol,
    atol: 1e-12,
  });
}

function window(
  contributions: readonly Contribution[] = [],
  start = [3, 1, 4],
  reads: [number, number] = [2, 2],
): Window {
  return {
    t0: 0,
    t1: 0.5,
    reads0: Float64Array.of(reads[0]),
    reads1: Float64Array.of(reads[1]),
    contributions,
    start: Float64Array.from(start),
    owned: new Float64Array(3),
    moved: new Float64Array(contributions.length),
    before: new Float64Array(3),
  };
}

describeModule("a pathway with an input", () => ({
  module: chain(),
  reads0: [2],
  reads1: [1],
  t0: 0,
  t1: 0.3,
  rates: [{ target: 0, rate0: 1, rate1: 2 }],
  tolerance: 1e-6,
}));

describe("a pathway as a module", () => {
  test("declares species, outputs and inputs", () => {
    const { owns, reads } = chain();
    expect(owns.map((o) => [o.id, o.kind, o.role, o.initial])).toEqual([
      ["species:A", "species", "state", 3],
      ["species:B", "species", "state", 1],
      ["activity:total", "activity", "output", 4],
    ]);
    expect(reads).toEqual(["flux:X"]);
  });

  test("integrates in its own time unit with its input", () => {
    const w = window();
    expect(chain().advance(w)).toEqual({ ok: true });
    const expected = 3 * Math.exp(-0.001 * 1800);
    expect(w.owned[0]).toBeCloseTo(expected, 7);
    expect(w.owned[1]).toBeCloseTo(4 - expected, 7);
  });

  test("an input that moves over the window is followed", () => {
    const w = window([], [3, 1, 4], [0, 4]);
    chain().advance(w);
    expect(w.owned[0]).toBeCloseTo(3 * Math.exp(-0.001 * 1800), 7);
  });

  test("rates of others arrive in the unit of the variable per hour", () => {
    const c: Contribution = { from: "x", target: 1, rate0: 2, rate1: 4, feedback: [] };
    const w = window([c]);
    chain().advance(w);
    expect(w.moved[0]).toBe(1.5);
    expect(w.owned[1]).toBeCloseTo(4 - 3 * Math.exp(-1.8) + 1.5, 7);
  });

  test("a rate that feeds back is integrated with the states, and its movement closes the ledger", () => {
    const feedback = [{ variable: 1, slope0: -2, slope1: -2, anchor0: 0, anchor1: 0 }];
    const w = window([{ from: "x", target: 1, rate0: 0, rate1: 0, feedback }]);
    const module = chain();
    module.apply([{ kind: "parameter", module: "chain", parameter: "k1", value: 0 }]);
    module.advance(w);
    expect(w.owned[1]).toBeCloseTo(Math.exp(-1), 8);
    expect(w.moved[0]).toBeCloseTo(Math.exp(-1) - 1, 8);
  });

  test("gene, parameter and clamp edits act, and end", () => {
    const module = chain();
    expect(module.accepts({ kind: "gene", gene: "b0001", level: 0, genotype: true })).toBe(true);
    expect(module.accepts({ kind: "gene", gene: "b0002", level: 0, genotype: true })).toBe(false);
    expect(module.accepts({ kind: "parameter", module: "chain", parameter: "total", value: 0 })).toBe(false);
    module.apply([{ kind: "gene", gene: "b0001", level: 0, genotype: false }]);
    const still = window();
    module.advance(still);
    expect(still.owned[0]).toBeCloseTo(3, 12);
    module.apply([{ kind: "clamp", variable: "species:A", value: 5 }]);
    const held = window();
    module.advance(held);
    expect(held.owned[0]).toBe(5);
    expect(held.owned[1]).toBeCloseTo(1 + 5 * 1.8, 8);
    module.apply([]);
    const free = window();
    module.advance(free);
    expect(free.owned[0]).toBeCloseTo(3 * Math.exp(-1.8), 7);
  });

  test("edits of one gene multiply", () => {
    const module = chain();
    const level = (value: number) => ({ kind: "gene", gene: "b0001", level: value, genotype: false }) as const;
    module.apply([level(0), level(5)]);
    const still = window();
    module.advance(still);
    expect(still.owned[0]).toBeCloseTo(3, 12);
  });

  test("an id the model does not have is named with its neighbour", () => {
    const owns = [{ sbml: "totl", unit: "1", nominal: 1 }];
    expect(() => pathwayModule({ id: "m", document: readSbml(CHAIN), owns })).toThrow("'totl'");
  });
});

const EVENT = sbml(`
  <listOfParameters>
    <parameter id="x" value="0" constant="false"/><parameter id="hidden" value="1" constant="false"/>
  </listOfParameters>
  <listOfRules><rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><ci>hidden</ci></math></rateRule></listOfRules>
  <listOfEvents><event id="e" useValuesFromTriggerTime="true"><trigger initialValue="false" persistent="true">
    <math xmlns="http://www.w3.org/1998/Math/MathML"><apply><geq/><ci>x</ci><cn>0.3</cn></apply></math></trigger>
    <listOfEventAssignments>
      <eventAssignment variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>10</cn></math></eventAssignment>
      <eventAssignment variable="hidden"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>2</cn></math></eventAssignment>
    </listOfEventAssignments></event></listOfEvents>`);

describe("events inside a window", () => {
  const make = () =>
    pathwayModule({ id: "m", document: readSbml(EVENT), owns: [{ sbml: "x", unit: "1", nominal: 1 }] });
  const open = (t0: number, t1: number, x: number): Window => ({
    t0,
    t1,
    reads0: new Float64Array(0),
    reads1: new Float64Array(0),
    contributions: [],
    start: Float64Array.of(x),
    owned: new Float64Array(1),
    moved: new Float64Array(0),
    before: new Float64Array(1),
  });

  test("are executed, reported, and reached exactly when the window is cut there", () => {
    const module = make();
    const snapshot = module.snapshot();
    const whole = open(0, 1, 0);
    expect(module.advance(whole)).toEqual({ ok: true });
    expect(whole.owned[0]).toBeCloseTo(10 + 2 * 0.7, 9);
    const at = module.suddenChange?.() ?? Number.NaN;
    expect(at).toBeCloseTo(0.3, 9);
    module.restore(snapshot);
    const cut = open(0, at, 0);
    module.advance(cut);
    expect(module.suddenChange?.()).toBeCloseTo(at, 12);
    expect(cut.before?.[0]).toBeCloseTo(0.3, 9);
    expect(cut.owned[0]).toBeCloseTo(10, 12);
    const rest = open(at, 1, 10);
    module.advance(rest);
    expect(module.suddenChange?.()).toBeUndefined();
    expect(rest.owned[0]).toBeCloseTo(whole.owned[0] ?? 0, 9);
  });

  test("hidden memory travels with the snapshot", () => {
    const [one, other] = [make(), make()];
    one.advance(open(0, 1, 0));
    other.restore(JSON.parse(JSON.stringify(one.snapshot())));
    const [a, b] = [open(1, 2, 11.4), open(1, 2, 11.4)];
    one.advance(a);
    other.advance(b);
    expect(a.owned[0]).toBeCloseTo(13.4, 9);
    expect(b.owned).toEqual(a.owned);
  });
});

describe("an event that changes a state which the cell does not see", () => {
  const SWITCH = sbml(`
  <listOfParameters>
    <parameter id="x" value="0" constant="false"/><parameter id="hidden" value="1" constant="false"/>
    <parameter id="shown" constant="false"/>
  </listOfParameters>
  <listOfRules>
    <rateRule variable="x"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>1</cn></math></rateRule>
    <rateRule variable="hidden"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>0</cn></math></rateRule>
    <assignmentRule variable="shown"><math xmlns="http://www.w3.org/1998/Math/MathML">
      <apply><times/><cn>2</cn><ci>hidden</ci></apply></math></assignmentRule>
  </listOfRules>
  <listOfEvents><event id="e" useValuesFromTriggerTime="true"><trigger initialValue="false" persistent="true">
    <math xmlns="http://www.w3.org/1998/Math/MathML"><apply><geq/><ci>x</ci><cn>0.3</cn></apply></math></trigger>
    <listOfEventAssignments>
      <eventAssignment variable="hidden"><math xmlns="http://www.w3.org/1998/Math/MathML"><cn>5</cn></math></eventAssignment>
    </listOfEventAssignments></event></listOfEvents>`);

  test("shows in what follows from that state at once", async () => {
    const owns = ["x", "shown"].map((id) => ({ sbml: id, unit: "1", nominal: 1 }));
    const cell = composeCell([pathwayModule({ id: "m", document: readSbml(SWITCH), owns })]);
    const output = Float64Array.of(0.29, 0.31, 0.4, 1);
    const trajectory = await simulate(cell, { t0: 0, t1: 1, output });
    expect([...(columnOf(trajectory, "species:shown") ?? [])]).toEqual(
      [2, 10, 10, 10].map((v) => expect.closeTo(v, 9)),
    );
  });

  test("where only assigned quantities are shown they move inside long steps as they do beside states", async () => {
    const output = Float64Array.from({ length: 21 }, (_, i) => i / 10);
    const levelsWith = async (...ids: string[]) => {
      const owns = ids.map((id) => ({ sbml: id, unit: "1", nominal: 1 }));
      const cell = composeCell([pathwayModule({ id: "m", document: readSbml(SUM), owns })]);
      return columnOf(await simulate(cell, { t0: 0, t1: 2, output }), "species:twice");
    };
    const alone = Array.from((await levelsWith("twice")) ?? []);
    const beside = Array.from((await levelsWith("x", "twice")) ?? []);
    expect(alone).toEqual(beside.map((v) => expect.closeTo(v, 5)));
    expect(alone).toEqual(Array.from(output, (t) => expect.closeTo(2 * Math.exp(-3 * t), 4)));
  });
});
