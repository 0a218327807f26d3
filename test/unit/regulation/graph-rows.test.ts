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
