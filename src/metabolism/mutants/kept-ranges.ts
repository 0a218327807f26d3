import type { LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { Reference } from "../presolve/reference.ts";
import { elastic } from "./elastic.ts";
import type { ToleratedRange } from "./tolerated-ranges.ts";

/** Flux outside ranges, summed, that counts as none, mmol gDW^-1 h^-1. */
const NOTHING = 1e-6;
/** A reduced cost below this is zero. */
const FREE = 1e-7;

/** Chains' changes held in tolerated ranges, and which of those can't all be kept; held in the solver. */
export interface KeptRanges {
  /** Keeps each chain in its narrowest range that isn't left, and sets it free where there is none. */
  keep(left: Uint8Array): void;
  /** Sets the chains of some ranges free. */
  free(ranges: readonly number[]): void;
  /** Kept ranges that can't all be kept, none of which could be spared; undefined where all can, none without any. */
  conflict(): readonly number[] | undefined;
  /** Each chain's change where all ranges are kept, after `conflict` found none; shape [chains]. */
  change(): Float64Array;
  /** Linear programs solved so far. */
  solved(): number;
  dispose(): void;
}

/**
 * Opens the ranges of all chains, none of them kept yet.
 * @param reach bounds of each chain's change
 * @see Chinneck 2008, Feasibility and Infeasibility in Optimization, chapter 6: elastic and deletion filter
 */
export function openKeptRanges(
  runtime: LpRuntime,
  reference: Reference,
  { lower, upper }: FluxBounds,
  ranges: readonly ToleratedRange[],
): KeptRanges {
  const n = lower.length;
  const session = elastic(runtime, reference);
  const byChain = Array.from({ length: n }, (): number[] => []);
  ranges.forEach(({ chain }, k) => {
    byChain[chain]?.push(k);
  });
  /** The range that each chain is kept in, -1 for none. */
  const kept = new Int32Array(n).fill(-2);
  let solved = 0;

  function place(c: number, k: number, isHard = false): void {
    kept[c] = k;
    const half = ranges[k]?.half ?? Number.POSITIVE_INFINITY;
    const [low, high] = [Math.max(lower[c] ?? 0, -half), Math.min(upper[c] ?? 0, half)];
    const beyond = (room: number) => (k < 0 || isHard ? 0 : Math.max(0, room));
    session.setBound(3 * c, low, Math.max(low, high));
    session.setBound(3 * c + 1, 0, beyond((upper[c] ?? 0) - high));
    session.setBound(3 * c + 2, 0, beyond(low - (lower[c] ?? 0)));
  }

  function solve(): "optimal" | "infeasible" {
    let status = solved++ === 0 ? session.solve() : session.proceed();
    if (status === "failed") status = session.solve();
    if (status === "optimal" || status === "infeasible") return status;
    throw new RangeError(`a program of kept ranges ended with ${status}`);
  }

  const chains = (is: (c: number) => boolean): number[] =>
    [...kept.keys()].filter((c) => (kept[c] ?? -1) >= 0 && is(c));

  /** Chains that together can't be kept: those that had to leave one after another while what left before was held. */
  function conflicting(): number[] | undefined {
    const hard: number[] = [];
    while (solve() === "optimal") {
      if (session.objective() <= NOTHING) return undefined;
      const { values } = session.point();
      const out = chains((c) => (values[3 * c + 1] ?? 0) + (values[3 * c + 2] ?? 0) > FREE);
      for (const c of out) place(c, kept[c] ?? -1, true);
      hard.push(...out);
    }
    for (const c of hard) place(c, kept[c] ?? -1);
    return hard;
  }

  /** Those that the last program's infeasibility rests on. */
  function resting(): ReadonlySet<number> {
    const { reducedCosts } = session.point();
    return new Set(chains((c) => Math.abs(reducedCosts[3 * c] ?? 0) > FREE));
  }

  /** Without those that aren't needed for the conflict. */
  function filtered(hard: readonly number[]): number[] {
    let needed: readonly number[] = hard;
    const narrow = () => {
      const rest = resting();
      for (const c of needed) if (!rest.has(c)) place(c, -1);
      needed = needed.filter((c) => rest.has(c));
    };
    solve();
    narrow();
    for (const c of needed) {
      const k = kept[c] ?? -1;
      if (k < 0) continue;
      place(c, -1);
      solve();
      if (session.objective() > NOTHING) narrow();
      else place(c, k);
    }
    return needed.map((c) => kept[c] ?? -1);
  }

  return {
    keep(left) {
      for (let c = 0; c < n; c++) {
        const k = byChain[c]?.find((range) => left[range] === 0) ?? -1;
        if (k !== kept[c]) place(c, k);
      }
    },
    free(released) {
      for (const k of released) place(ranges[k]?.chain ?? -1, -1);
    },
    conflict() {
      const hard = conflicting();
      if (hard === undefined || hard.length === 0) return hard;
      const before = kept.slice();
      const inHard = new Set(hard);
      for (const c of chains((chain) => !inHard.has(chain))) place(c, -1);
      const found = filtered(hard);
      for (let c = 0; c < n; c++) if (kept[c] !== before[c]) place(c, before[c] ?? -1);
      return found;
    },
    change() {
      const { values } = session.point();
      return Float64Array.from({ length: n }, (_, c) => values[3 * c] ?? 0);
    },
    solved: () => solved,
    dispose: () => session.dispose(),
  };
}
