import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import type { CellModule } from "../../../src/cell/module.ts";
import { checkpointFromText, checkpointToText } from "../../../src/engine/checkpoint/checkpoint-text.ts";
import { startRun } from "../../../src/engine/run.ts";
import { simulate } from "../../../src/engine/simulate.ts";
import { columnOf, type Trajectory } from "../../../src/engine/trajectory.ts";
import { stochasticPathwayModule } from "../../../src/pathway/stochastic/module.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { describeModule } from "../../support/describe-module.ts";
import { math, sbml } from "../../support/sbml-text.ts";
import { algebraModule, odeModule, state } from "../../support/toys.ts";

const reference = (list: string, species: string, n = 1): string =>
  `<listOf${list}><speciesReference species="${species}" stoichiometry="${n}" constant="true"/></listOf${list}>`;
const reaction = (id: string, change: string, law: string): string =>
  `<reaction id="${id}" reversible="false" fast="false">${change}<kineticLaw>${math(law)}</kineticLaw></reaction>`;
const product = (...factors: string[]): string =>
  `<apply><times/>${factors.map((f) => `<ci>${f}</ci>`).join("")}</apply>`;

/** X is made at k x signal, in a volume of `size`, and lost at d X; all in hours and amounts. */
const birthDeath = (size = 1, rest = ""): string =>
  sbml(`<listOfCompartments><compartment id="c" spatialDimensions="3" size="${size}" constant="true"/></listOfCompartments>
  <listOfSpecies><species id="X" compartment="c" initialAmount="4" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></listOfSpecies>
  <listOfParameters><parameter id="k" value="10" constant="false"/><parameter id="d" value="2" constant="true"/>
    <parameter id="signal" value="1" constant="false"/></listOfParameters>
  <listOfReactions>${reaction("birth", reference("Products", "X"), product("k", "signal"))}
    ${reaction("death", reference("Reactants", "X"), product("d", "X", "c"))}</listOfReactions>${rest}`);

interface Options {
  readonly seed?: number;
  readonly molecules?: number;
  readonly size?: number;
  readonly text?: string;
}

function module({ seed = 1, molecules = 1, size = 1, text = birthDeath(size) }: Options = {}): CellModule {
  return stochasticPathwayModule({
    id: "ssa",
    document: readSbml(text),
    inputs: [{ sbml: "signal", variable: "u" }],
    owns: [{ sbml: "X", variable: "x", unit: "1/L", nominal: 1 }],
    genes: [{ gene: "g", parameter: "k" }],
    molecules,
    seed,
  });
}

describeModule("a stochastic pathway", () => ({
  module: module({ molecules: 2000 }),
  reads0: [1],
  reads1: [2],
  t0: 0,
  t1: 0.3,
  rates: [{ target: 0, rate0: 30, rate1: 20 }],
  tolerance: 1e-2,
}));

/** u relaxes from 3 to 1 at 1/h; `gift` molecules an hour are added to x from outside. */
const cell = (options: Options, gift = 0): CellModule[] => [
  odeModule({
    id: "around",
    owns: [state("u", 3)],
    f: (_t, x, _r, dx) => {
      dx[0] = 1 - (x[0] ?? 0);
    },
  }),
  ...(gift === 0 ? [] : [algebraModule({ id: "giver", reads: [], adds: [GIFT], f: ({ rates }) => rates.fill(gift) })]),
  module(options),
];
const GIFT = { target: "x", feedback: [] };

const run = (modules: CellModule[], options = {}): Promise<Trajectory> =>
  simulate(composeCell(modules), {
    ...{ t0: 0, t1: 1, output: Float64Array.of(0.5, 1), rtol: 0.05, maxStep: 0.1, initialStep: 0.1 },
    ...options,
  });

const moments = (values: readonly number[]): { mean: number; variance: number } => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1) };
};

async function ensemble(runs: number, options: Options, gift = 0): Promise<{ mean: number; variance: number }> {
  const ends: number[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const trajectory = await run(cell({ ...options, seed }, gift));
    ends.push(columnOf(trajectory, "x")?.at(-1) ?? Number.NaN);
  }
  return moments(ends);
}

/** Mean at one hour, d = 2, births at 10 u(t) + gift with u = 1 + 2 exp(-t). */
const meanAt1 = (gift: number): number => {
  const decay = Math.exp(-2);
  return 4 * decay + ((10 + gift) * (1 - decay)) / 2 + 20 * (Math.exp(-1) - decay);
};

describe("birth and death in a coupled cell", () => {
  const runs = 150;
  const z = (found: { mean: number }, mean: number, variance: number): number =>
    Math.abs(found.mean - mean) / Math.sqrt(variance / runs);

  test("with an input that changes: mean and variance of the master equation", { timeout: 60_000 }, async () => {
    const found = await ensemble(runs, {});
    const variance = meanAt1(0) - 4 * Math.exp(-4);
    expect(z(found, meanAt1(0), variance)).toBeLessThan(3.5);
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / runs));
  });

  test("with a rate added from outside: its molecules come one by one", { timeout: 60_000 }, async () => {
    const found = await ensemble(runs, {}, 15);
    const variance = meanAt1(15) - 4 * Math.exp(-4);
    expect(z(found, meanAt1(15), variance)).toBeLessThan(3.5);
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / runs));
  });

  test("concentrations and amounts: variance falls with the molecules in a unit", { timeout: 60_000 }, async () => {
    const found = await ensemble(runs, { size: 2, molecules: 50 });
    const amount = meanAt1(0);
    const variance = (amount - 4 * Math.exp(-4)) / 50 / 4;
    expect(z(found, amount / 2, variance)).toBeLessThan(3.5);
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / runs));
  });
});

describe("a stochastic pathway", () => {
  const whole = (trajectory: Trajectory): boolean =>
    columnOf(trajectory, "x")?.every((x) => Number.isInteger(x)) ?? false;

  test("counts whole molecules; the ledger says who moved them", async () => {
    const trajectory = await run(cell({}, 15));
    expect(whole(trajectory)).toBe(true);
    const moved = trajectory.ledger.filter((e) => e.variable === "x");
    expect(moved.map((e) => e.module).sort()).toEqual(["giver", "ssa"]);
    expect(moved.every((e) => Number.isInteger(e.moved))).toBe(true);
    expect(4 + moved.reduce((sum, e) => sum + e.moved, 0)).toBe(columnOf(trajectory, "x")?.at(-1));
  });

  test("the same seed is the same run, whatever the order of modules", async () => {
    const [a, b, c] = [await run(cell({})), await run(cell({}).reverse()), await run(cell({ seed: 2 }))];
    expect(b.columns).toEqual(a.columns);
    expect(c.columns).not.toEqual(a.columns);
  });

  test("a run resumed at any step is the straight run, to the bit", async () => {
    const settings = { t0: 0, t1: 1, output: Float64Array.of(0.5, 1), rtol: 0.05, maxStep: 0.1, initialStep: 0.1 };
    const checkpoints: string[] = [];
    const straight = await startRun(composeCell(cell({}, 15)), settings);
    do checkpoints.push(checkpointToText(straight.checkpoint()));
    while (await straight.step());
    for (const text of checkpoints) {
      const resumed = await simulate(composeCell(cell({}, 15)), { ...settings, resume: checkpointFromText(text) });
      expect(resumed.columns).toEqual(straight.trajectory().columns);
      expect(resumed.ledger).toEqual(straight.trajectory().ledger);
    }
  });

  test("drains take no molecule that is not there", async () => {
    const trajectory = await run(cell({}, -1000), {
      output: Float64Array.from({ length: 50 }, (_, i) => (i + 1) / 50),
    });
    const x = columnOf(trajectory, "x") ?? new Float64Array(0);
    expect(trajectory.status.code).toBe("done");
    expect(Math.min(...x)).toBe(0);
  });

  test("edits: a knockout stops births, a clamp holds, and both end", async () => {
    const edits = [
      { edit: { kind: "gene" as const, gene: "g", level: 0, genotype: false }, from: 0, to: 3 },
      { edit: { kind: "clamp" as const, variable: "x", value: 7.5 }, from: 5, to: 6 },
    ];
    const output = Float64Array.of(2.9, 5.1, 5.9, 6.5);
    const x = columnOf(await run(cell({}), { t1: 7, output, edits }), "x");
    expect(x?.[0]).toBe(0);
    expect([x?.[1], x?.[2]]).toEqual([7.5, 7.5]);
    expect(Number.isInteger(x?.[3])).toBe(true);
  });

  test("SBML events happen inside windows", async () => {
    const event = `<listOfEvents><event useValuesFromTriggerTime="true"><trigger initialValue="true" persistent="true">${math("<apply><geq/><ci>X</ci><cn>8</cn></apply>")}</trigger>
      <listOfEventAssignments><eventAssignment variable="X">${math("<cn>1</cn>")}</eventAssignment></listOfEventAssignments></event></listOfEvents>`;
    const trajectory = await run(cell({ text: birthDeath(1, event) }), {
      t1: 5,
      output: Float64Array.from({ length: 200 }, (_, i) => (i + 1) / 40),
    });
    expect(Math.max(...(columnOf(trajectory, "x") ?? []))).toBe(7);
  });

  test("what cannot jump is refused by name", () => {
    const half = birthDeath().replace('stoichiometry="1"', 'stoichiometry="0.5"');
    expect(() => module({ text: half })).toThrow("A stochastic run with 0.5 of 'X' in a reaction is not supported");
    const rule = `<listOfRules><rateRule variable="d">${math("<cn>1</cn>")}</rateRule></listOfRules>`;
    const ruled = birthDeath()
      .replace('id="d" value="2" constant="true"', 'id="d" value="2" constant="false"')
      .replace("<listOfReactions>", `${rule}<listOfReactions>`);
    expect(() => module({ text: ruled })).toThrow("A stochastic run with rate rules is not supported");
  });
});
