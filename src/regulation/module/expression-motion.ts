import type { Window } from "../../cell/module.ts";
import { type ModuleStatus, OK } from "../../cell/status.ts";
import { readsAt } from "../../cell/window.ts";
import type { Dose } from "./dose.ts";
import type { Prediction } from "./prediction.ts";
import type { RegulatorClamps } from "./regulator-clamps.ts";
import type { RegulatorModuleOptions } from "./regulator-options.ts";
import { type Relaxation, relax, seriesRoom } from "./relaxation.ts";
import { targetPieces } from "./target.ts";

/** What moves expression: the regulator's prediction, the product present of edited genes, and what is held. */
export interface ExpressionSources {
  readonly options: RegulatorModuleOptions;
  /** Genes the dose knows. */
  readonly genes: readonly string[];
  /** Ids of the cell variables that are read. */
  readonly reads: readonly string[];
  /** Number of variables the module owns; expression comes first. */
  readonly variables: number;
  readonly dose: Dose;
  readonly clamps: RegulatorClamps;
  readonly predicted: Prediction;
}

/** Expression over time, dx/dt = k (F - x) with the rates of others, a window at a time. */
export interface ExpressionMotion {
  /** Status `too-stiff` where others' rates are too fast for the window; else what the prediction says. */
  advance(window: Window): Promise<ModuleStatus>;
  /** Fills the expression at a time, h, of the window that was last advanced over; outputs stay. */
  interpolate(t: number, owned: Float64Array): void;
}

type Loss = Pick<Relaxation, "k0" | "k1" | "kBend">;

/** Expression of a regulator's genes: k is degradation and growth, F the production level x 2^(predicted log2 change). */
export function expressionMotion(sources: ExpressionSources): ExpressionMotion {
  const { options, variables, dose, clamps } = sources;
  const lossOver = lossReader(options, sources.reads);
  const targetOver = targetReader(sources);
  const expressed = options.regulator.names.expression.length;
  const room = seriesRoom(variables);
  let last: { readonly problem: Relaxation; readonly t0: number } | undefined;
  return {
    async advance(window) {
      const { t0, t1, contributions } = window;
      const duration = t1 - t0;
      const loss = lossOver(window);
      dose.advance({ t0, t1, ...loss });
      const target = await targetOver(window, (duration * (loss.k0 + loss.k1)) / 2);
      if (!Array.isArray(target)) return target;
      const start = window.start.slice();
      const problem: Relaxation = { duration, ...loss, target, start, held: clamps.mask, contributions };
      last = { problem, t0 };
      if (relax(problem, 1, window.owned, window.moved, room)) return OK;
      const message = "rates of other modules on expression are too fast for the step; shorten it or slow them";
      return { ok: false, code: "too-stiff", message, t: t0 };
    },
    interpolate(t, owned) {
      if (last === undefined) return;
      const { problem, t0 } = last;
      const outputs = owned.slice(expressed);
      relax(problem, (t - t0) / problem.duration, owned, undefined, room);
      owned.set(outputs, expressed);
    },
  };
}

/** The rate of loss over a window, 1/h: degradation and, where growth is read, dilution. */
function lossReader({ growth, degradation = 0 }: RegulatorModuleOptions, reads: readonly string[]) {
  const growthAt = growth === undefined ? -1 : reads.indexOf(growth);
  const at = (values: Float64Array): number => degradation + Math.max(0, values[growthAt] ?? 0);
  return ({ reads0, reads1, readsBend }: Window): Required<Loss> => {
    const bend = readsBend?.[growthAt] ?? 0;
    // Where growth is clipped at zero the parabola through it says nothing.
    const kBend = Math.min(reads0[growthAt] ?? 0, reads1[growthAt] ?? 0) > Math.abs(bend) / 4 ? bend : 0;
    return { k0: at(reads0), k1: at(reads1), kBend };
  };
}

/** F over a window, followed to the options' accuracy; `decay` is k x duration. */
function targetReader({ options, genes, reads, dose, clamps, predicted }: ExpressionSources) {
  const { regulator, accuracy = 1e-5 } = options;
  const productionOf = regulator.names.expression.map((gene) => genes.indexOf(gene));
  const targetOf = (log2Expression: Float64Array): Float64Array =>
    log2Expression.map((change, i) => dose.production(productionOf[i] ?? -1) * 2 ** change);
  return (window: Window, decay: number) => {
    const { t0, t1, reads0, reads1 } = window;
    const values = new Float64Array(reads.length);
    const changes = clamps.changes();
    const at = async (share: number) => {
      const t = share === 0 ? t0 : share === 1 ? t1 : t0 + share * (t1 - t0);
      // At the ends to the bit: there the regulator has been asked before.
      if (share === 0) values.set(reads0);
      else if (share === 1) values.set(reads1);
      else readsAt(window, t, values);
      const found = await predicted.at(t, values, changes);
      return found.ok ? targetOf(found.log2Expression) : found.status;
    };
    return targetPieces(at, { decay, tolerance: accuracy });
  };
}
