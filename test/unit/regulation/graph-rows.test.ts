import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { contextOf, type Query } from "../../../src/regulation/in-context/design.ts";
import type { Condition } from "../../../src/regulation/in-context/experiments.ts";
import { krigingPrediction } from "../../../src/regulation/in-context/kriging-row.ts";
import { type Asked, ask, type PredictorContext } from "../../../src/regulation/in-context/predictors.ts";
import { regulonPrediction } from "../../../src/regulation/in-context/regulon-row.ts";
import { edgesOnTable, type SignedEdge } from "../../../src/regulation/in-context/signed-edges.ts";

const N = 20;
const variables = Array.from({ length: N }, (_, i) => `V${i}`);
/** Regulators beside the table, each with four targets; every other represses them. */
const regulators = Array.from({ length: 12 }, (_, r) => ({
  name: `R${r}`,
  sign: (r % 2 === 0 ? 1 : -1) as 1 | -1,
  targets: [0, 1, 2, 3].map((k) => (5 * r + 7 * k) % N),
}));
const edges = regulators.flatMap(({ name, sign, targets }) =>
  targets.map((v): SignedEdge => ({ source: name, target: `V${v}`, sign })),
);

/** A loss lowers what the regulator activates by one, raises what it represses, each log2 reading with noise. */
function conditions(): Condition[] {
  const random = seededRandom(8);
  const row = (lost: (typeof regulators)[number] | undefined): Condition => ({
    project: "",
    interventions: lost === undefined ? [] : [{ kind: "knockout", target: lost.name, amount: 1 }],
    values: Float64Array.from(
      variables,
      (_, v) => (lost?.targets.includes(v) ? -lost.sign : 0) + 0.1 * random.normal(),
    ),
    replicates: 1,
  });
  return [row(undefined), ...regulators.map(row)];
}

type Row = (context: PredictorContext, asked: Asked) => Float64Array;

function said(row: Row, known: readonly SignedEdge[], query: Query, all = conditions()): Float64Array {
  const asked = query.interventions[0]?.target;
  const rest = all.filter(({ interventions }) => interventions[0]?.target !== asked);
  const context = contextOf({ variables, conditions: rest }, edgesOnTable(known, variables));
  return row(context, ask(context, [query])).map((value, v) => value * (context.spread[v] ?? 0));
}

const linear: Row = (context, { rows, plain }) => regulonPrediction(context, rows, plain);
const kriging: Row = (context, { rows }) => krigingPrediction(context, rows);
const lost = (name: string): Query => ({
  interventions: [{ kind: "knockout", target: name, amount: 1 }],
  project: "",
});

describe.each([
  ["linear", linear],
  ["kriging", kriging],
])("the %s row", (_, row) => {
  const pair = regulators.slice(0, 2);

  test("a regulator never lost before moves its own targets, with their sign", () => {
    for (const { name, sign, targets } of pair) {
      const change = said(row, edges, lost(name));
      for (const [v, value] of change.entries())
        if (targets.includes(v)) expect(-sign * value, `${name} on V${v}`).toBeGreaterThan(0.5);
        else expect(Math.abs(value)).toBeLessThan(0.4);
    }
  });

  test("without edges it moves nothing by half as much", () => {
    const change = said(row, [], lost("R0"));
    expect(Math.max(...change.map(Math.abs))).toBeLessThan(0.5);
  });
});

test("kriging: regulators that share targets change alike, whatever the edges' sign", () => {
  const all = conditions();
  const twin = { kind: "knockout", target: "twin", amount: 1 } as const;
  const known = regulators[3]?.targets.map((v): SignedEdge => ({ source: "twin", target: `V${v}`, sign: 0 })) ?? [];
  const open = edges.map((edge): SignedEdge => ({ ...edge, sign: 0 }));
  const change = said(kriging, [...open, ...known], { interventions: [twin], project: "" }, all);
  const others = change.filter((_, v) => !regulators[3]?.targets.includes(v));
  const own = regulators[3]?.targets.map((v) => change[v] ?? 0) ?? [];
  expect(Math.min(...own)).toBeGreaterThan(Math.max(...others));
});

describe("what the table lacks", () => {
  /** Three regulators without an edge to a variable; two of them share a gene beside the table. */
  const beside: SignedEdge[] = [
    { source: "S0", target: "gene", sign: 1 },
    { source: "S1", target: "gene", sign: 1 },
    { source: "S2", target: "other gene", sign: 1 },
  ];
  const knockout = (name: string) => ({ kind: "knockout", target: name, amount: 1 }) as const;
  const table: Condition[] = [
    { project: "", interventions: [], values: new Float64Array(N), replicates: 1 },
    ...["S0", "S2"].map((name, k) => ({
      project: "",
      interventions: [knockout(name)],
      values: Float64Array.from(variables, (_, v) => (v % 2 === k ? 1 : 0)),
      replicates: 1,
    })),
  ];
  const change = (known: SignedEdge[], name: string): Float64Array => said(kriging, known, lost(name), table);

  test("a regulator changes like the one it shares a gene with, though nobody measured that gene", () => {
    const [like, unlike] = [change(beside, "S1")[0] ?? 0, change(beside, "S1")[1] ?? 0];
    expect(like).toBeGreaterThan(1.4 * unlike);
    const [one, other] = change([], "S1");
    expect(one).toBeCloseTo(other ?? Number.NaN, 10);
  });
});

test("kriging: what an intervention holds is no sign of what another does", () => {
  const row = (held: number | undefined): Condition => ({
    project: "",
    interventions: held === undefined ? [] : [{ kind: "knockout", target: `V${held}`, amount: 1 }],
    values: Float64Array.from(variables, (_, v) => (v === held ? 0 : 1)),
    replicates: 1,
  });
  const context = contextOf({ variables, conditions: [row(undefined), row(0), row(1)] }, edgesOnTable([], variables));
  const asked = ask(context, [lost("V2")]);
  expect([...kriging(context, asked)].every((value) => value === 0)).toBe(true);
  expect([...asked.plain.kin].every((value) => value === 0)).toBe(true);
});

test("kriging: a project's cultures drift together", () => {
  const random = seededRandom(5);
  const levels = variables.map(() => random.normal());
  const projects = ["p", "q", "r", "s"].flatMap((project, k) => {
    const drift = k % 2 === 0 ? 0.5 : -0.5;
    const culture = (name?: string): Condition => ({
      project,
      interventions: name === undefined ? [] : [{ kind: "knockout", target: name, amount: 1 }],
      values: Float64Array.from(levels, (level) => level + (name === undefined ? 0 : drift) + 0.01 * random.normal()),
      replicates: 1,
    });
    return [culture(), culture("R0"), culture("R1")];
  });
  const context = contextOf({ variables, conditions: projects }, edgesOnTable([], variables));
  const inProject = (project: string) => ask(context, [{ ...lost("R2"), project }]).plain.kin[0] ?? 0;
  expect(inProject("p")).toBeGreaterThan(0.3);
  expect(inProject("q")).toBeLessThan(-0.3);
});
