import type { LpRuntime, LpSession } from "../../numerics/programs/lp.ts";
import { matrixBuilder } from "../model/program.ts";
import type { Reference } from "../presolve/reference.ts";

/**
 * Changes from the reference within ranges and beyond them: columns 3c, 3c + 1 and 3c + 2 of chain c are its change
 * within its range, and what it goes beyond that, up and down, at a cost of 1. All bounds are 0 at first.
 */
export function elastic(runtime: LpRuntime, { sub, rest }: Reference): LpSession {
  const n = sub.model.reactions.length;
  const columns = matrixBuilder(rest.length);
  for (let c = 0; c < n; c++)
    for (const sign of [1, 1, -1]) {
      columns.column(sub.model.stoichiometry, c, sign);
      columns.end();
    }
  return runtime.open({
    sense: "minimize",
    matrix: columns.matrix(),
    cost: Float64Array.from({ length: 3 * n }, (_, k) => (k % 3 === 0 ? 0 : 1)),
    lower: new Float64Array(3 * n),
    upper: new Float64Array(3 * n),
    rowLower: rest,
    rowUpper: rest,
  });
}
