import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CHANNELS, contextOf, queryRows, type Rows } from "../../../src/regulation/in-context/design.ts";
import { type Condition, type Intervention, meanOfReplicates } from "../../../src/regulation/in-context/experiments.ts";
import { plainPredictions } from "../../../src/regulation/in-context/plain-predictions.ts";
import { ask } from "../../../src/regulation/in-context/predictors.ts";
import { queryRange } from "../../../src/regulation/in-context/query-range.ts";
import { edgesOnTable } from "../../../src/regulation/in-context/signed-edges.ts";

/** Seven rows (five of context) of four variables, and what models/training/incontext/experiments.py makes of them. */
const fixture = JSON.parse(readFileSync(new URL("../../support/in-context-rows.json", import.meta.url), "utf8"));
const N = 4;

function rowsOf(from: number, to: number): Rows {
  const part = (name: string, width: number) => Float64Array.from(fixture[name].slice(from * width, to * width));
  const acts = part("acts", N * CHANNELS);
  const perturbed = Uint8Array.from({ length: to - from }, (_, r) =>
    acts.subarray(r * N * CHANNELS, (r + 1) * N * CHANNELS).some((a) => a !== 0) ? 1 : 0,
  );
  const project: string[] = fixture.group.slice(from, to).map(String);
  const beyond = project.map(() => new Map());
  const shape = { count: to - from, variables: N, acts, perturbed, project, beyond };
  return { ...shape, value: part("value", N), state: part("state", N), away: part("away", N), known: part("known", N) };
}

describe("plain predictions from a context", () => {
  const edges = { matrix: Float64Array.from(fixture.graph), outside: new Map(), beyond: new Map() };
  const context = { rows: rowsOf(0, 5), edges };
  test.each([
    ["of the context itself, each row left out", 0, 5, true],
    ["of queries", 5, 7, false],
  ] as const)("%s, as the training program makes them", (_, from, to, own) => {
    const found = plainPredictions(rowsOf(from, to), context, own);
    for (const name of ["process", "kin", "added", "regressed"] as const) {
      const wanted: number[] = fixture[name].slice(from * N, to * N);
      for (const [i, value] of wanted.entries()) expect(found[name][i], `${name} ${i}`).toBeCloseTo(value, 5);
    }
    expect([...found.alike]).toEqual(fixture.alike.slice(from * 5, to * 5));
  });
});

const lost = (target: string): Intervention => ({ kind: "knockout", target, amount: 1 });
const condition = (interventions: Intervention[], values: number[], project = ""): Condition => ({
  project,
  interventions,
  values: Float64Array.from(values),
  replicates: 1,
});
const variables = ["A", "B", "C"];
const edges = edgesOnTable(
  [
    { source: "A", target: "B", sign: 1 },
    { source: "R", target: "C", sign: -1 },
    { source: "R", target: "B", sign: 0 },
    { source: "B", target: "elsewhere", sign: 1 },
  ],
  variables,
);

describe("experiments as rows", () => {
  const conditions = meanOfReplicates([
    condition([], [1, 2, 4], "p"),
    condition([], [3, 2, 4], "p"),
    condition([], [5, 5, 5], "q"),
    condition([lost("A")], [0, 1, Number.NaN], "p"),
    condition([lost("B"), lost("A")], [0, 0, 9], "q"),
  ]);
  const context = contextOf({ variables, conditions }, edges);

  test("replicates are averaged, each project has its own control, missing values are not known", () => {
    expect(conditions.map(({ replicates }) => replicates)).toEqual([2, 1, 1, 1]);
    expect([...(context.controls.get("p") ?? [])]).toEqual([2, 2, 4]);
    const row = 2 * variables.length;
    expect([...context.rows.known.subarray(row, row + 3)]).toEqual([1, 1, 0]);
    const changes = [-2, -1].map((change, v) => change / (context.spread[v] ?? 1));
    expect([...context.rows.value.subarray(row, row + 2)]).toEqual(changes);
  });

  test("a knocked-out variable is held at nothing; a regulator beside the table acts along its edges", () => {
    const rows = queryRows(context, [
      { interventions: [lost("B")], project: "q" },
      { interventions: [lost("R")], project: "p" },
    ]);
    expect([...rows.known]).toEqual([0, 1, 0, 0, 0, 0]);
    expect(rows.value[1]).toBe(-5 / (context.spread[1] ?? 1));
    const outside = [0, 1, 2].map((v) => rows.acts[(3 + v) * CHANNELS + 4]);
    expect(outside).toEqual([0, -0.5, 1]);
  });

  test("without a control nothing can be said", () => {
    const all = [condition([lost("A")], [0, 1, 1]), condition([lost("B")], [1, 0, 1])];
    expect(() => contextOf({ variables, conditions: all }, edges)).toThrow("no experiment is free of interventions");
  });

  test("in a table of logarithms, absence is the least that is ever read", () => {
    const logs = [condition([], [1, 0, 2]), condition([lost("A")], [-6, 1, 2]), condition([lost("B")], [1, -3, 2])];
    expect([...contextOf({ variables, conditions: logs }, edges).absent]).toEqual([-6, -3, 0]);
  });

  test("a single intervention says nothing of another, however often it was done; of itself it does", () => {
    const table = ["p", "q", "r"].flatMap((project) => [
      condition([], [1, 2, 4], project),
      condition([lost("A")], [0, 1, 4], project),
    ]);
    const one = contextOf({ variables, conditions: table }, edges);
    const queries = [[lost("B")], [lost("A")]].map((interventions) => ({ interventions, project: "p" }));
    const { plain } = ask(one, queries);
    expect([...plain.process.subarray(0, 3), ...plain.added.subarray(0, 3)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(plain.process[4]).toBeLessThan(0);
    const two = contextOf({ variables, conditions: [...table, condition([lost("C")], [1, 1, 0], "r")] }, edges);
    expect(ask(two, queries).plain.process[1]).toBeLessThan(0);
  });

  test("IN, EDGE and OUT", () => {
    const names = ["A", "B", "C", "D", "E"];
    const values = [1, 1, 1, 1, 1];
    const many = [condition([], values), ...["A", "B", "C", "D"].map((name) => condition([lost(name)], values))];
    const wide = contextOf(
      { variables: names, conditions: many },
      edgesOnTable(
        [
          { source: "R", target: "A", sign: 1 },
          { source: "S", target: "elsewhere", sign: 1 },
          { source: "T", target: "shared", sign: 1 },
          { source: "B", target: "shared", sign: -1 },
        ],
        names,
      ),
    );
    const rangeOf = (...targets: string[]) => queryRange(wide, { interventions: targets.map(lost), project: "" });
    expect(rangeOf("A", "B")).toEqual({ code: "IN", reasons: [] });
    expect(rangeOf("A", "E")).toEqual({ code: "EDGE", reasons: ["E was never perturbed"] });
    expect(rangeOf("R").code).toBe("EDGE");
    expect(rangeOf("X")).toEqual({
      code: "OUT",
      reasons: ["X is neither measured nor in the graph, nor ever perturbed"],
    });
    expect(rangeOf("T")).toEqual({ code: "EDGE", reasons: ["T was never perturbed"] });
    expect(rangeOf("S").reasons).toEqual(["S was never perturbed, and acts on nothing that is measured"]);
    expect(queryRange(context, { interventions: [lost("A")], project: "" }).code).toBe("OUT");
  });
});
