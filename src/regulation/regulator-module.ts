import type { Edit } from "../cell/edit.ts";
import type { CellModule, Instant, Window } from "../cell/module.ts";
import { type ModuleStatus, OK } from "../cell/status.ts";
import { readsAt } from "../cell/window.ts";
import { type DoseState, doses } from "./dose.ts";
import { effectorReader } from "./effectors.ts";
import { environmentReader } from "./environment.ts";
import { answersWithFallback, type FallbackMemory } from "./fallback.ts";
import { prediction } from "./prediction.ts";
import { rangeOf, rangeStatus } from "./range.ts";
import { regulatorClamps } from "./regulator-clamps.ts";
import type { RegulatorModuleOptions } from "./regulator-options.ts";
import { regulatorVariables } from "./regulator-variables.ts";
import { type Relaxation, relax, seriesRoom } from "./relaxation.ts";
import { targetPieces } from "./target.ts";

export type { RegulatorModuleOptions } from "./regulator-options.ts";

interface RegulatorState {
  readonly dose: DoseState;
  readonly answers: FallbackMemory;
}

/**
 * The learned regulator as a module: it owns the expression of genes (relative to the reference) and the activities.
 *
 * Expression follows dx/dt = k (F - x) with k = degradation + growth rate and F = production level x 2^(predicted
 * log2 expression) >= 0. Over a window k is linear and F is followed to `accuracy` by parabolas; the solution is then
 * exact. The perturbation token of a gene follows the product that is present: an acute knockout fades by dilution.
 * While genes are edited that lie outside of what it was trained on, its fallback answers, where it has one.
 * @throws CellweaveError `regulation/effector` or `regulation/environment` where the options don't fit the regulator
 */
export function regulatorModule(options: RegulatorModuleOptions): CellModule {
  const { id, regulator, growth, degradation = 0, hold = false, tolerance = 0, accuracy = 1e-5 } = options;
  const { names, reference } = regulator;
  const genes = [...new Set([...names.genes, ...names.expression])];
  const effectors = effectorReader(options.effectors ?? [], names.effectors);
  const environment = environmentReader(options.environment ?? {}, names.environment, reference.environment);
  const reads = [
    ...new Set([...(growth === undefined ? [] : [growth]), ...effectors.variables, ...environment.variables]),
  ];
  const owns = regulatorVariables(options);
  const expressed = names.expression.length;
  const dose = doses(genes);
  const productionOf = names.expression.map((gene) => genes.indexOf(gene));
  let isOut = false;
  const answers = answersWithFallback(regulator, options.fallback, hold ? 0 : tolerance, () => isOut);
  const predicted = prediction({
    regulator,
    answers,
    effectors,
    environment,
    reads,
    dose,
    geneCount: genes.length,
    hold,
  });
  const clamps = regulatorClamps(owns, expressed, reference.activity);
  let last: { readonly problem: Relaxation; readonly t0: number } | undefined;

  const room = seriesRoom(owns.length);
  const growthAt = growth === undefined ? -1 : reads.indexOf(growth);
  const loss = (values: Float64Array): number => degradation + Math.max(0, growthAt < 0 ? 0 : (values[growthAt] ?? 0));
  const targetOf = (log2Expression: Float64Array): Float64Array =>
    log2Expression.map((change, i) => dose.production(productionOf[i] ?? -1) * 2 ** change);

  async function evaluate({ t, reads: values, owned }: Instant): Promise<ModuleStatus> {
    const found = await predicted.at(t, values, clamps.changes());
    if (!found.ok) return found.status;
    for (let i = 0; i < names.activities.length; i++) {
      const value = (reference.activity[i] ?? 0) + (found.activityChange[i] ?? 0);
      owned[expressed + i] = clamps.value(expressed + i) ?? value;
    }
    const apart = options.distance?.at(found.inputs, found.activityChange);
    if (apart !== undefined) owned[expressed + names.activities.length] = apart;
    return hold ? OK : rangeStatus(options, dose.edited(), genes, apart);
  }

  async function advance(window: Window): Promise<ModuleStatus> {
    const { t0, t1, reads0, reads1, readsBend, contributions } = window;
    const duration = t1 - t0;
    const k0 = loss(reads0);
    const k1 = loss(reads1);
    const bend = growthAt < 0 ? 0 : (readsBend?.[growthAt] ?? 0);
    // Where growth is clipped at zero the parabola through it says nothing.
    const kBend = Math.min(reads0[growthAt] ?? 0, reads1[growthAt] ?? 0) > Math.abs(bend) / 4 ? bend : 0;
    dose.advance({ t0, t1, k0, k1, kBend });
    const values = new Float64Array(reads.length);
    const changes = clamps.changes();
    const target = await targetPieces(
      async (share) => {
        const t = share === 0 ? t0 : share === 1 ? t1 : t0 + share * duration;
        // At the ends to the bit: there the regulator has been asked before.
        if (share === 0) values.set(reads0);
        else if (share === 1) values.set(reads1);
        else readsAt(window, t, values);
        const found = await predicted.at(t, values, changes);
        return found.ok ? targetOf(found.log2Expression) : found.status;
      },
      { decay: (duration * (k0 + k1)) / 2, tolerance: accuracy },
    );
    if (!Array.isArray(target)) return target;
    const problem: Relaxation = {
      duration,
      k0,
      k1,
      kBend,
      target,
      start: window.start.slice(),
      held: clamps.mask,
      contributions,
    };
    last = { problem, t0 };
    if (relax(problem, 1, window.owned, window.moved, room)) return OK;
    const message = "rates of other modules on expression are too fast for the step; shorten it or slow them";
    return { ok: false, code: "too-stiff", message, t: t0 };
  }

  return {
    id,
    owns,
    reads,
    adds: [],
    accepts: (edit) => accepts(edit, genes, options),
    apply(edits) {
      dose.apply(edits);
      clamps.apply(edits);
      isOut = rangeOf(options, dose.edited(), genes).code === "OUT";
    },
    evaluate,
    advance,
    interpolate(t, owned) {
      if (last === undefined) return;
      const { problem, t0 } = last;
      const outputs = owned.slice(expressed);
      relax(problem, (t - t0) / problem.duration, owned, undefined, room);
      owned.set(outputs, expressed);
    },
    snapshot: (): RegulatorState => ({ dose: dose.snapshot(), answers: answers.snapshot() }),
    restore(snapshot) {
      const state = snapshot as RegulatorState;
      dose.restore(state.dose);
      answers.restore(state.answers);
    },
    beginStep: () => answers.forget(),
    work() {
      if (hold) return [];
      const fallen = answers.askedFallback();
      const own = {
        what: `questions to ${regulator.speaker?.() ?? "the regulator"}`,
        count: answers.asked() - fallen,
      };
      if (fallen === 0) return [own];
      return [own, { what: `questions to '${options.fallback?.name}', its fallback`, count: fallen }];
    },
    dispose() {
      regulator.dispose();
      options.fallback?.regulator.dispose();
    },
  };
}

/** Genes that may be edited, and variables that may be held: activities only where expression can follow them. */
function accepts(edit: Edit, genes: readonly string[], { regulator, answers = "expression" }: RegulatorModuleOptions) {
  const { names, geneWeights } = regulator;
  if (edit.kind === "gene") return genes.includes(edit.gene);
  if (edit.kind !== "clamp") return false;
  if (names.expression.some((name) => edit.variable === `${answers}:${name}`)) return true;
  return geneWeights !== undefined && names.activities.some((name) => edit.variable === `activity:${name}`);
}
