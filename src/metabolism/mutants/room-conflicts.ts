import type { LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { Reference } from "../presolve/reference.ts";
import type { FewSwitches } from "./few-switches.ts";
import { cheapestHittingSet } from "./hitting-set.ts";
import { type KeptRanges, openKeptRanges } from "./kept-ranges.ts";
import { switched, type ToleratedRange } from "./tolerated-ranges.ts";

/** A search for the fewest reactions that leave their ranges, held in the solver. */
export interface ConflictSearch {
  /**
   * Goes on until about so many linear programs have been solved in all.
   * @returns "infeasible" where the bounds admit no flux distribution
   */
  advance(programs: number): "solved" | "open" | "infeasible";
  /** No flux distribution switches fewer. */
  least(): number;
  /** The best flux distribution found. */
  best(): FewSwitches;
  /** Sets of ranges that can't all be kept. */
  conflicts(): readonly (readonly number[])[];
  dispose(): void;
}

/**
 * The fewest reactions that leave their ranges, from conflicts: sets of ranges that can't all be kept. As many conflicts
 * as are found side by side are collected, the cheapest choice of ranges that hits them all is left, and so on until
 * nothing else conflicts; that choice is a least one, as every other has to hit the same conflicts. A model's size matters
 * less to it than how many reactions switch.
 * @param reach bounds of each chain's change
 * @param few the best flux distribution known
 * @see Moreno-Centeno, Karp 2013, Operations Research 61:453 (implicit hitting sets)
 */
export function openConflicts(
  runtime: LpRuntime,
  reference: Reference,
  reach: FluxBounds,
  ranges: readonly ToleratedRange[],
  few: FewSwitches,
): ConflictSearch {
  const leaves = ({ chain, half }: ToleratedRange) =>
    (reach.lower[chain] ?? 0) > half || (reach.upper[chain] ?? 0) < -half;
  const always = Uint8Array.from(ranges, (range) => (leaves(range) ? 1 : 0));
  const elements = {
    cost: Float64Array.from(ranges, ({ count }, k) => (always[k] === 1 ? 0 : count)),
    with: Int32Array.from(ranges, ({ chain }, k) => (ranges[k - 1]?.chain === chain ? k - 1 : -1)),
  };
  const settled = ranges.reduce((sum, { count }, k) => sum + (always[k] === 1 ? count : 0), 0);
  const conflicts: (readonly number[])[] = [];
  const kept = openKeptRanges(runtime, reference, reach, ranges);
  let left: Uint8Array = always;
  let least = settled;
  let best = few;

  /** The cheapest ranges to leave; false where the search for them gives up. */
  function choose(): boolean {
    const found = cheapestHittingSet(runtime, elements, conflicts);
    if (found === undefined) return false;
    least = settled + found.reduce((sum, is, k) => sum + is * (elements.cost[k] ?? 0), 0);
    for (const [k, is] of always.entries()) if (is === 1) found[k] = 1;
    left = found;
    return true;
  }

  return {
    advance(programs) {
      while (least < best.count) {
        kept.keep(left);
        const found = collect(kept, conflicts);
        if (found === "infeasible") return "infeasible";
        const change = kept.change();
        const count = switched(ranges, change);
        if (count < best.count) best = { count, change };
        if (found === "none" || least >= best.count) break;
        if (!choose() || kept.solved() > programs) return "open";
      }
      return "solved";
    },
    least: () => least,
    best: () => best,
    conflicts: () => conflicts,
    dispose: () => kept.dispose(),
  };
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
