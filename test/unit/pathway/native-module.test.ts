import { describe, expect, test } from "vitest";
import type { Window } from "../../../src/cell/module.ts";
import { pathwayModule } from "../../../src/pathway/module/pathway-module.ts";
import type { SolverName } from "../../../src/pathway/run/solvers.ts";
import { infixModel } from "../../support/infix-model.ts";

/** x' = u - x in minutes, where u follows half of what the cell shows. */
const document = infixModel({ x: "u - x", seen: "0" }, { start: { x: 1 }, constants: { u: 0 } });

const make = (solver: SolverName) =>
  pathwayModule({
    id: "m",
    document,
    timeScale: 60,
    inputs: [{ sbml: "u", variable: "pool:u", factor: 0.5 }],
    owns: [{ sbml: "x", unit: "1", nominal: 1 }],
    rtol: 1e-9,
    atol: 1e-9,
    solver,
  });

function window(contributions: Window["contributions"] = []): Window {
  return {
    t0: 2,
    t1: 2.05,
    reads0: Float64Array.of(4),
    reads1: Float64Array.of(10),
    readsBend: Float64Array.of(2),
    contributions,
    start: Float64Array.of(1),
    owned: new Float64Array(1),
    moved: new Float64Array(contributions.length),
  };
}

/** With s = t / 3 over three minutes, u = 2 + 2 s + s^2, so x - 1 = (u - particular) solved by hand. */
function exact(t: number): number {
  const [a, b, c] = [2, 2 / 3, 1 / 9];
  const particular = (at: number): number => a - b + 2 * c + (b - 2 * c) * at + c * at * at;
  return particular(t) + (1 - particular(0)) * Math.exp(-t);
}

describe("a pathway's window in WebAssembly", () => {
  test.each<SolverName>(["auto", "cvodes", "odex"])("inputs follow their parabola, by %s", (solver) => {
    const module = make(solver);
    const w = window();
    expect(module.advance(w)).toEqual({ ok: true });
    expect(w.owned[0]).toBeCloseTo(exact(3), 7);
    const inside = new Float64Array(1);
    module.interpolate(2.02, inside);
    expect(inside[0]).toBeCloseTo(exact(1.2), 7);
  });

  test("the same window from the same snapshot gives the same bits, in another module too", () => {
    const [module, other] = [make("auto"), make("auto")];
    module.advance(window());
    const kept = JSON.parse(JSON.stringify(module.snapshot()));
    const ends = [module, module, other].map((m) => {
      m.restore(kept);
      const w = window();
      m.advance(w);
      return w.owned[0];
    });
    expect(ends[1]).toBe(ends[0]);
    expect(ends[2]).toBe(ends[0]);
  });

  test("rates from others and clamps are taken as before", () => {
    const w = window([{ from: "other", target: 0, rate0: 60, rate1: 60, feedback: [] }]);
    make("auto").advance(w);
    expect(w.owned[0]).toBeCloseTo(exact(3) + 1 - Math.exp(-3), 7);
    expect(w.moved[0]).toBeCloseTo(3, 12);
    const module = make("auto");
    module.apply([{ kind: "clamp", variable: "species:x", value: 7 }]);
    const held = window();
    module.advance(held);
    expect(held.owned[0]).toBe(7);
  });
});
