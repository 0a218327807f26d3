import { describe, expect, test } from "vitest";
import {
  apply,
  choose,
  type Expression,
  host,
  number,
  slot,
  slotsOf,
} from "../../../../src/numerics/expressions/expression.ts";
import { ExpressionGraph } from "../../../../src/numerics/expressions/expression-graph.ts";
import { evaluateExpressions, evaluateNodes } from "../../../support/evaluate-expressions.ts";

function evaluate(e: Expression, inputs: readonly number[] = []): number {
  return evaluateExpressions([e], inputs)[0] ?? Number.NaN;
}

describe("expressions as WebAssembly", () => {
  test("arithmetic is that of doubles", () => {
    expect(evaluate(apply("add", slot(0), slot(1), slot(2)), [0.1, 0.2, 0.3])).toBe(0.1 + 0.2 + 0.3);
    expect(evaluate(apply("divide", slot(0), slot(1)), [1, 3])).toBe(1 / 3);
    expect(evaluate(apply("power", slot(0), number(3)), [1.1])).toBeCloseTo(1.331, 14);
    expect(evaluate(apply("power", slot(0), slot(1)), [2, 0.5])).toBe(2 ** 0.5);
    expect(evaluate(apply("negate", slot(0)), [4])).toBe(-4);
  });

  test("relations are 1 or 0, and chains hold pairwise", () => {
    expect(evaluate(apply("lt", slot(0), slot(1), slot(2)), [1, 2, 3])).toBe(1);
    expect(evaluate(apply("lt", slot(0), slot(1), slot(2)), [1, 3, 2])).toBe(0);
    expect(evaluate(apply("add", apply("geq", slot(0), number(1)), number(2)), [1])).toBe(3);
  });

  test("logic takes any number but 0 for true", () => {
    expect(evaluate(apply("and", slot(0), apply("not", slot(1))), [5, 0])).toBe(1);
    expect(evaluate(apply("xor", slot(0), slot(1), slot(2)), [1, 1, 1])).toBe(1);
    expect(evaluate(apply("or"))).toBe(0);
    expect(evaluate(apply("and"))).toBe(1);
  });

  test("branches are lazy and hosts are called", () => {
    let calls = 0;
    const hosts = new Map([["count", () => ++calls]]);
    const e = choose(apply("gt", slot(0), number(0)), host("exp", slot(0)), host("count", slot(0)));
    expect(evaluateExpressions([e], [2], hosts)[0]).toBeCloseTo(Math.exp(2), 14);
    expect(calls).toBe(0);
    expect(evaluateExpressions([e], [-2], hosts)[0]).toBe(1);
    expect(calls).toBe(1);
  });

  test("a bound value is computed once and seen in the body", () => {
    const e: Expression = {
      kind: "bind",
      slot: 3,
      value: host("exp", slot(0)),
      body: apply("multiply", slot(3), slot(3)),
    };
    expect(evaluate(e, [1])).toBeCloseTo(Math.exp(2), 13);
    expect([...slotsOf(e)]).toEqual([0]);
  });

  test("a function larger than one part hands values from part to part", () => {
    const graph = new ExpressionGraph();
    let node = graph.slot(0);
    let expected = 0.5;
    const some: { node: number; expected: number }[] = [];
    for (let i = 0; i < 20_000; i++) {
      // Each value is used twice, so that none is computed in line.
      node = graph.apply(
        "subtract",
        graph.host("sin", [node]),
        graph.apply("multiply", node, graph.number(i / 20_000)),
      );
      expected = Math.sin(expected) - expected * (i / 20_000);
      if (i % 5000 === 0) some.push({ node, expected });
    }
    some.push({ node, expected });
    const values = evaluateNodes(
      graph,
      some.map((s) => s.node),
      [0.5],
    );
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(some[i]?.expected ?? Number.NaN, 12);
    });
  });

  test("draws are made anew each time they stand, other hosts once", () => {
    let calls = 0;
    const hosts = new Map([
      ["uniform/2", () => ++calls],
      ["count", () => ++calls],
    ]);
    const draws = apply("add", host("uniform/2", slot(0), slot(1)), host("uniform/2", slot(0), slot(1)));
    expect(evaluateExpressions([draws], [0, 1], hosts)[0]).toBe(3);
    const shared = apply("add", host("count", slot(0)), host("count", slot(0)));
    expect(evaluateExpressions([shared], [0], hosts)[0]).toBe(6);
  });

  test("an unknown host is an error", () => {
    expect(() => evaluate(host("nothing"))).toThrow("no host function 'nothing'");
  });
});
