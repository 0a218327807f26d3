import type { LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { compressed, unreduced } from "../presolve/presolve.ts";
import type { Aims } from "./ordered-program.ts";
import { type MetabolicProgram, metabolicProgram } from "./program.ts";

/**
 * The programs of one module: that of the small model, which stands for every problem within the directions that the
 * run can open, and that of the whole model for edits that go beyond (a flux clamped against its direction).
 */
export interface MetabolicPrograms {
  readonly present: MetabolicProgram;
  /** The present program is one that holds for these bounds and everything narrower, 0 included. */
  cover(bounds: FluxBounds): void;
  /** Linear programs solved and spared, of all. */
  work(): { readonly solved: number; readonly saved: number };
  dispose(): void;
}

/** @param open bounds that a run can reach without edits; only their directions matter */
export function metabolicPrograms(
  runtime: LpRuntime,
  model: FluxModel,
  open: FluxBounds,
  aims: Aims,
): MetabolicPrograms {
  const hull = {
    lower: open.lower.map((b) => (b < 0 ? Number.NEGATIVE_INFINITY : 0)),
    upper: open.upper.map((b) => (b > 0 ? Number.POSITIVE_INFINITY : 0)),
  };
  const small = metabolicProgram(runtime, compressed(model, hull), aims);
  let whole: MetabolicProgram | undefined;
  let present = small;
  return {
    get present() {
      return present;
    },
    cover({ lower, upper }) {
      const within =
        lower.every((b, j) => b >= (hull.lower[j] ?? 0)) && upper.every((b, j) => b <= (hull.upper[j] ?? 0));
      if (!within) whole ??= metabolicProgram(runtime, unreduced(model), aims);
      const wanted = within ? small : (whole ?? small);
      if (wanted === present) return;
      wanted.anchor([]);
      wanted.forget();
      present = wanted;
    },
    work: () => ({
      solved: small.work.solved + (whole?.work.solved ?? 0),
      saved: small.work.saved + (whole?.work.saved ?? 0),
    }),
    dispose() {
      small.dispose();
      whole?.dispose();
    },
  };
}
