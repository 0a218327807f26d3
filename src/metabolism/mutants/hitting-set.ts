import type { LpRuntime } from "../../numerics/programs/lp.ts";
import { matrixBuilder } from "../model/program.ts";

/** After which the search for whole numbers gives up. */
const BRANCHES = 20_000;

/** Elements to choose from. */
export interface Elements {
  /** What choosing an element costs, shape [elements]. */
  readonly cost: Float64Array;
  /** An element that has to be chosen with another, -1 for none; shape [elements]. */
  readonly with: Int32Array;
}

/**
 * The cheapest choice that holds one element of every set, and for every element the one it has to be chosen with.
 * @returns 1 for each element chosen, shape [elements]; undefined where the search for whole numbers failed
 */
export function cheapestHittingSet(
  runtime: LpRuntime,
  elements: Elements,
  sets: readonly (readonly number[])[],
): Uint8Array | undefined {
  const used = withCompanions(sets, elements);
  const column = new Map(used.map((element, i) => [element, i]));
  const pairs = used.filter((element) => (elements.with[element] ?? -1) >= 0);
  const rows = sets.length + pairs.length;
  const entries = Array.from(used, (): [row: number, value: number][] => []);
  const put = (element: number, row: number, value: number) => entries[column.get(element) ?? -1]?.push([row, value]);
  sets.forEach((set, row) => {
    for (const element of set) put(element, row, 1);
  });
  pairs.forEach((element, k) => {
    put(element, sets.length + k, -1);
    put(elements.with[element] ?? -1, sets.length + k, 1);
  });
  const matrix = matrixBuilder(rows);
  for (const own of entries) {
    for (const [row, value] of own) matrix.entry(row, value);
    matrix.end();
  }
  const session = runtime.open({
    sense: "minimize",
    matrix: matrix.matrix(),
    cost: Float64Array.from(used, (element) => elements.cost[element] ?? 0),
    lower: new Float64Array(used.length),
    upper: new Float64Array(used.length).fill(1),
    rowLower: Float64Array.from({ length: rows }, (_, row) => (row < sets.length ? 1 : 0)),
    rowUpper: new Float64Array(rows).fill(Number.POSITIVE_INFINITY),
    integer: new Uint8Array(used.length).fill(1),
    branches: BRANCHES,
  });
  try {
    if (session.solve() !== "optimal") return undefined;
    const { values } = session.point();
    const chosen = new Uint8Array(elements.cost.length);
    for (const [i, element] of used.entries()) chosen[element] = (values[i] ?? 0) > 0.5 ? 1 : 0;
    return chosen;
  } finally {
    session.dispose();
  }
}

/** The elements of all sets with those that come along. */
function withCompanions(sets: readonly (readonly number[])[], elements: Elements): number[] {
  const found = new Set(sets.flat());
  for (const element of found) {
    const other = elements.with[element] ?? -1;
    if (other >= 0) found.add(other);
  }
  return [...found];
}
