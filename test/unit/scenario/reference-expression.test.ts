import { expect, test } from "vitest";
import type { CellModule } from "../../../src/cell/module.ts";
import { OK } from "../../../src/cell/status.ts";
import { referenceExpression } from "../../../src/scenario/reference-expression.ts";

function reader(reads: readonly string[]): CellModule {
  return {
    id: "reader",
    owns: [{ id: "expression:b0002", kind: "expression", unit: "1", role: "state", initial: 1, nominal: 1 }],
    reads,
    adds: [],
    accepts: () => false,
    apply: () => {},
    evaluate: () => OK,
    advance: () => OK,
    interpolate: () => {},
    snapshot: () => null,
    restore: () => {},
    dispose: () => {},
  };
}

test("expression that is read and not owned gets an owner, once, in order", () => {
  const module = referenceExpression([reader(["expression:b9", "pool:x", "expression:b0002", "expression:b3"])], "mu");
  expect(module?.owns.map(({ id, initial }) => [id, initial])).toEqual([
    ["expression:b3", 1],
    ["expression:b9", 1],
  ]);
  expect(module?.accepts({ kind: "gene", gene: "b9", level: 0, genotype: true })).toBe(true);
});

test("where every expression has an owner nothing is added", () => {
  expect(referenceExpression([reader(["expression:b0002", "pool:x"])], undefined)).toBeUndefined();
});
