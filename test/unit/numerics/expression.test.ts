import { describe, expect, test } from "vitest";
import { apply, choose, type Expression, host, number, slot, slotsOf } from "../../../src/numerics/expression.ts";
import { compilePrograms } from "../../../src/numerics/expression-program.ts";

function evaluate(e: Expression, inputs: readonly number[] = []): number {
  const { values, programs } = compilePrograms([[{ slot: 9, value: e }]], 10);
  values.set(inputs);
  programs[0]?.();
  return values[9] ?? Number.NaN;
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
    const e = choose(apply("gt", slot(0), number(0)), host("exp", slot(0)), host("count"));
    const { values, programs } = compilePrograms([[{ slot: 1, value: e }]], 2, hosts);
    values[0] = 2;
    programs[0]?.();
    expect(values[1]).toBe(Math.exp(2));
    expect(calls).toBe(0);
    values[0] = -2;
    programs[0]?.();
    expect(calls).toBe(1);
  });

  test("a bound value is computed once and seen in the body", () => {
    const e: Expression = {
      kind: "bind",
      slot: 3,
      value: host("exp", slot(0)),
      body: apply("multiply", slot(3), slot(3)),
    };
    expect(evaluate(e, [1])).toBe(Math.exp(1) ** 2);
    expect([...slotsOf(e)]).toEqual([0]);
  });

  test("a program of many assignments runs in order", () => {
    const stores = Array.from({ length: 2000 }, (_, i) => ({ slot: i + 1, value: apply("add", slot(i), number(1)) }));
    const { values, programs } = compilePrograms([stores, []], 2001);
    programs[0]?.();
    programs[1]?.();
    expect(values[2000]).toBe(2000);
  });

  test("an unknown host is an error", () => {
    expect(() => compilePrograms([[{ slot: 0, value: host("nothing") }]], 1)).toThrow("no host function 'nothing'");
  });
});
