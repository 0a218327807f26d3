import { describe, expect, test } from "vitest";
import { loadLp } from "../../../../src/numerics/programs/load-lp.ts";
import type { LinearProgram } from "../../../../src/numerics/programs/lp.ts";

/** max 3x + 2y; x + y <= 4, x + 3y <= 9, 0 <= x <= 3, 0 <= y: the optimum is x = 3, y = 1. */
const program: LinearProgram = {
  sense: "maximize",
  matrix: {
    rowCount: 2,
    starts: Int32Array.of(0, 2, 4),
    rows: Int32Array.of(0, 1, 0, 1),
    values: Float64Array.of(1, 1, 1, 3),
  },
  cost: Float64Array.of(3, 2),
  lower: Float64Array.of(0, 0),
  upper: Float64Array.of(3, Number.POSITIVE_INFINITY),
  rowLower: Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY),
  rowUpper: Float64Array.of(4, 9),
};
const { open } = await loadLp();

describe("linear programs", () => {
  test("optimum, prices and basis", () => {
    using session = disposable(program);
    expect(session.solve()).toBe("optimal");
    expect(session.objective()).toBeCloseTo(11, 12);
    expect([...session.point().values]).toEqual([3, 1]);
    expect(session.point().rowDuals.map(Math.abs)).toEqual(Float64Array.of(2, 0));
    expect(session.basis().columns[0]).toBe(2);
    const basic = [...session.basic()];
    const falls = session.response(0);
    expect(falls[basic.indexOf(1)]).toBeCloseTo(1, 12);
  });

  test("infeasible and unbounded are told apart", () => {
    using session = disposable(program);
    session.setRow(0, 100, Number.POSITIVE_INFINITY);
    expect(session.solve()).toBe("infeasible");
    session.setRow(0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    session.setRow(1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect(session.solve()).toBe("unbounded");
    session.setRow(0, Number.NEGATIVE_INFINITY, 4);
    expect(session.solve()).toBe("optimal");
    expect(session.objective()).toBeCloseTo(11, 12);
  });

  test("proceed goes on from the last vertex, solve from the start basis", () => {
    using session = disposable(program);
    session.solve();
    session.startFrom(session.basis());
    session.setCosts(Float64Array.of(1, 2));
    expect(session.proceed()).toBe("optimal");
    expect([...session.point().values].map((v) => Number(v.toFixed(9)))).toEqual([1.5, 2.5]);
    session.setBound(0, 0, 1);
    expect(session.solve()).toBe("optimal");
    expect(session.point().values[1]).toBeCloseTo(8 / 3, 12);
  });

  test("whole numbers", () => {
    using session = disposable({ ...program, upper: Float64Array.of(2.5, 10), integer: Uint8Array.of(1, 1) });
    expect(session.solve()).toBe("optimal");
    expect(session.objective()).toBeCloseTo(10, 9);
  });
});

function disposable(given: LinearProgram) {
  const session = open(given);
  return { ...session, [Symbol.dispose]: session.dispose };
}
