import { describe, expect, test } from "vitest";
import {
  accepted,
  type ControllerState,
  couplingFor,
  retreat,
  tooLarge,
} from "../../../../src/engine/step/controller.ts";

const fresh = (): ControllerState => ({
  proposal: 1,
  lastError: 1,
  rejected: false,
  coupling: { factor: 0.2, step: 1, age: 0 },
});

describe("step control", () => {
  test("grows after a small error, by at most five", () => {
    const state = fresh();
    accepted(state, 1, 1e-9, 3);
    expect(state.proposal).toBe(5);
  });

  test("does not grow right after a rejection", () => {
    const state = fresh();
    tooLarge(state, 1, 8, 3);
    expect(state.proposal).toBeCloseTo(0.45, 12);
    accepted(state, 0.45, 1e-3, 3);
    expect(state.proposal).toBe(0.45);
    accepted(state, 0.45, 1e-3, 3);
    expect(state.proposal).toBeGreaterThan(0.45);
  });

  test("a step cut short by an edge does not lower the proposal", () => {
    const state = fresh();
    accepted(state, 0.01, 0.5, 3);
    expect(state.proposal).toBe(1);
  });

  test("a failure shortens to a third", () => {
    const state = fresh();
    retreat(state, 0.9);
    expect(state.proposal).toBeCloseTo(0.3, 12);
  });

  test("coupling scales with the step and has to be measured again after a while", () => {
    const state = fresh();
    expect(couplingFor(state.coupling, 0.5)).toBeCloseTo(0.1, 12);
    expect(couplingFor(state.coupling, 2)).toBeUndefined();
    for (let k = 0; k < 10; k++) accepted(state, 1, 0.5, 3);
    expect(couplingFor(state.coupling, 0.5)).toBeUndefined();
  });
});
