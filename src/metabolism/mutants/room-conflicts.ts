import type { LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { Reference } from "../presolve/reference.ts";
import { cheapestHittingSet } from "./hitting-set.ts";
import { type KeptRanges, openKeptRanges } from "./kept-ranges.ts";
import type { ToleratedRange } from "./room-program.ts";

/** What the search for the fewest switches ended with. */
export interface FewestSwitches {
  /** No flux distribution switches fewer. */
  readonly least: number;
  /** Where it is found: each chain's change, shape [chains]. Absent where the search gave up. */
  readonly change?: Float64Array;
}

/**
 * The fewest reactions that leave their ranges, from conflicts: sets of ranges that can't all be kept. As many conflicts
 * as are found side by side are collected, the cheapest choice of ranges that hits them all is left, and so on until
 * nothing else conflicts; that choice is a least one, as every other has to hit the same conflicts. A model's size matters
 * less to it than how many reactions switch.
 * @param change bounds of each chain's change
 * @param programs linear programs after which it gives up
 * @returns undefined where the bounds admit no flux distribution
 * @see Moreno-Centeno, Karp 2013, Operations Research 61:453 (implicit hitting sets)
 */
export function fewestByConflicts(
  runtime: LpRuntime,
  reference: Reference,
  change: FluxBounds,
  ranges: readonly ToleratedRange[],
  programs: number,
): FewestSwitches | undefined {
  const leaves = ({ chain, half }: ToleratedRange) =>
    (change.lower[chain] ?? 0) > half || (change.upper[chain] ?? 0) < -half;
  const always = Uint8Array.from(ranges, (range) => (leaves(range) ? 1 : 0));
  const elements = {
    cost: Float64Array.from(ranges, ({ count }, k) => (always[k] === 1 ? 0 : count)),
    with: Int32Array.from(ranges, ({ chain }, k) => (ranges[k - 1]?.chain === chain ? k - 1 : -1)),
  };
  const settled = ranges.reduce((sum, { count }, k) => sum + (always[k] === 1 ? count : 0), 0);
  const conflicts: (readonly number[])[] = [];
  const kept = openKeptRanges(runtime, reference, change, ranges);
  try {
    for (let left: Uint8Array | undefined = always, least = settled; ; ) {
      kept.keep(left);
      const found = collect(kept, conflicts);
      if (found === "infeasible") return undefined;
      if (found === "none") return { least, change: kept.change() };
      left = cheapestHittingSet(runtime, elements, conflicts);
      if (left === undefined || kept.solved() > programs) return { least };
      least = settled + left.reduce((sum, is, k) => sum + is * (elements.cost[k] ?? 0), 0);
      for (const [k, is] of always.entries()) if (is === 1) left[k] = 1;
    }
  } finally {
    kept.dispose();
  }
}

/** Adds conflicts, each without the ranges of those before it. */
function collect(kept: KeptRanges, conflicts: (readonly number[])[]): "some" | "none" | "infeasible" {
  let outcome: "some" | "none" = "none";
  for (let found = kept.conflict(); found !== undefined; found = kept.conflict()) {
    if (found.length === 0) return "infeasible";
    conflicts.push(found);
    kept.free(found);
    outcome = "some";
  }
  return outcome;
}
