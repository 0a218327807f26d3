import { describe, expect, test } from "vitest";
import {
  apply,
  choose,
  type Expression,
  host,
  number,
  type Operator,
  slot,
} from "../../../../src/numerics/expressions/expression.ts";
import { gradients, sparseJacobian } from "../../../../src/numerics/expressions/expression-derivative.ts";
import { ExpressionGraph } from "../../../../src/numerics/expressions/expression-graph.ts";
import { evaluateExpressions, evaluateNodes } from "../../../support/evaluate-expressions.ts";

/** Symbolic against central differences, at inputs where the function is smooth. */
function compare(e: Expression, inputs: readonly number[]): void {
  const graph = new ExpressionGraph();
  const [gradient] = gradients(graph, [graph.add(e)], new Set(inputs.keys()));
  inputs.forEach((at, i) => {
    const [symbolic = Number.NaN] = evaluateNodes(graph, [gradient?.get(i) ?? graph.number(0)], inputs);
    const h = 1e-6 * Math.max(1, Math.abs(at));
    const moved = (by: number): number =>
      evaluateExpressions(
        [e],
        inputs.map((v, j) => (j === i ? v + by : v)),
      )[0] ?? Number.NaN;
    const difference = (moved(h) - moved(-h)) / (2 * h);
    expect(Math.abs(symbolic - difference)).toBeLessThan(2e-8 * Math.max(1, Math.abs(difference)));
  });
}

const [x, y] = [slot(0), slot(1)];

describe("symbolic derivatives agree with difference quotients", () => {
  test.each<[Operator, number, number]>([
    ["add", 1.2, 0.7],
    ["subtract", 1.2, 0.7],
    ["multiply", 1.2, 0.7],
    ["divide", 1.2, 0.7],
    ["power", 1.2, 2.3],
    ["min", 1.2, 0.7],
    ["max", 1.2, 0.7],
  ])("%s", (operator, a, b) => compare(apply(operator, x, y), [a, b]));

  test.each([-3, -1, 0.5, 2, 3, 4, 5, 2.5])("power %d", (n) => compare(apply("power", x, number(n)), [1.3]));

  test.each<[string, number]>([
    ...["exp", "ln", "log10", "cbrt", "sin", "cos", "tan", "sinh", "cosh", "tanh"].map((f): [string, number] => [
      f,
      0.6,
    ]),
    ...["arcsin", "arccos", "arctan", "arcsinh", "arctanh"].map((f): [string, number] => [f, 0.4]),
    ...["sec", "csc", "cot", "sech", "csch", "coth", "arccot", "arcsech", "arccsch"].map((f): [string, number] => [
      f,
      0.7,
    ]),
    ...["arccosh", "arcsec", "arccsc", "arccoth"].map((f): [string, number] => [f, 1.7]),
  ])("%s", (name, at) => compare(host(name, x), [at]));

  test("functions of two arguments, branches and bound values", () => {
    compare(host("log", x, y), [2.5, 1.7]);
    compare(host("root", x, y), [2.5, 1.7]);
    compare(host("rem", x, y), [7.3, 2.1]);
    compare(choose(apply("lt", x, y), apply("multiply", x, x, y), host("exp", y)), [0.4, 1.1]);
    compare(apply("abs", apply("negate", x)), [1.5]);
    const squared = apply("multiply", slot(7), slot(7));
    compare({ kind: "bind", slot: 7, value: host("sin", x), body: squared }, [0.8]);
  });

  test("a rate law with everything in it", () => {
    const hill = apply("divide", apply("power", x, y), apply("add", apply("power", slot(2), y), apply("power", x, y)));
    compare(apply("multiply", hill, apply("subtract", number(1), apply("divide", x, slot(3)))), [1.1, 2.4, 0.7, 9]);
  });
});

describe("the sparse Jacobian", () => {
  test("has the entries that may differ from 0, by columns", () => {
    const graph = new ExpressionGraph();
    const rate = graph.add(apply("multiply", slot(3), x, y));
    const outputs = [graph.apply("negate", rate), rate, graph.add(apply("multiply", number(2), slot(2)))];
    const { rows, starts, nodes } = sparseJacobian(graph, outputs, [0, 1, 2]);
    expect([...starts]).toEqual([0, 2, 4, 5]);
    expect([...rows]).toEqual([0, 1, 0, 1, 2]);
    expect(evaluateNodes(graph, nodes, [2, 3, 4, 5])).toEqual([-15, 15, -10, 10, 2]);
  });

  test("equal subexpressions are one node", () => {
    const graph = new ExpressionGraph();
    const sum = graph.add(apply("add", x, y));
    expect(graph.add(apply("add", y, x))).toBe(sum);
    expect(graph.add(apply("multiply", number(1), apply("add", x, y, number(0))))).toBe(sum);
    expect(graph.add(apply("divide", apply("multiply", number(3), number(2)), number(4)))).toBe(graph.number(1.5));
  });
});
