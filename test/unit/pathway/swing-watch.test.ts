import { describe, expect, test } from "vitest";
import { compilePathway } from "../../../src/pathway/compile.ts";
import { runPathway, type Simulation } from "../../../src/pathway/simulate.ts";
import { SwingWatch, swingsUndamped } from "../../../src/pathway/swing-watch.ts";
import { infixModel } from "../../support/infix-model.ts";

const matrix = (...data: number[]) => ({ rows: 2, columns: 2, data: Float64Array.from(data) });

describe("swings that are hardly damped", () => {
  test("count where they swing 20 times faster than they decay and steps follow them", () => {
    expect(swingsUndamped(matrix(-1, 1000, -1000, -1), 1e-4)).toBe(true);
    expect(swingsUndamped(matrix(-1, 10, -10, -1), 1e-2)).toBe(false);
    expect(swingsUndamped(matrix(-1, 1000, -1000, -1), 1e-2)).toBe(false);
    expect(swingsUndamped(matrix(-3, 0, 0, -1), 0.1)).toBe(false);
  });

  test("are looked for ever more rarely", () => {
    const watch = new SwingWatch(10);
    const looks = Array.from({ length: 5000 }, (_, i) => i + 1).filter(() => watch.passed(1));
    expect(looks).toEqual([1000, 2000, 4000]);
    expect(new SwingWatch(100).left).toBe(40_000);
  });
});

describe("the choice of a solver by itself", () => {
  using pendulum = compilePathway(infixModel({ y: "v", v: "-y" }, { start: { y: 1 } }));
  const run = (t1: number, points: number): Simulation => runPathway(pendulum, { t1, points });

  test("a pendulum is given to Radau once it has swung for long", () => {
    expect(run(10, 11).statistics?.solver).toBe("cvodes");
    const long = run(1000, 11);
    expect(long.statistics?.solver).toBe("radau");
    expect(long.columns.get("y")?.values.at(-1)).toBeCloseTo(Math.cos(1000), 5);
  });

  test("doesn't depend on the output times", () => {
    const [few, many] = [run(1000, 11), run(1000, 10_001)];
    expect(many.statistics).toEqual(few.statistics);
    expect(many.columns.get("y")?.values.at(-1)).toBe(few.columns.get("y")?.values.at(-1));
  });
});
