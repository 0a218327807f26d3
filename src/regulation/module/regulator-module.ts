import type { Edit } from "../../cell/edit.ts";
import type { CellModule, Instant, Work } from "../../cell/module.ts";
import { type ModuleStatus, OK } from "../../cell/status.ts";
import { rangeOf, rangeStatus } from "../range/range-status.ts";
import { answersWithFallback, type FallbackAnswers, type FallbackMemory } from "../trained/fallback.ts";
import { type DoseState, doses } from "./dose.ts";
import { effectorReader } from "./effectors.ts";
import { environmentReader } from "./environment.ts";
import { expressionMotion } from "./expression-motion.ts";
import { prediction } from "./prediction.ts";
import { regulatorClamps } from "./regulator-clamps.ts";
import type { RegulatorModuleOptions } from "./regulator-options.ts";
import { regulatorVariables } from "./regulator-variables.ts";

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
  const { id, regulator, growth, fallback, distance, hold = false, tolerance = 0 } = options;
  const { names, reference } = regulator;
  const genes = [...new Set([...names.genes, ...names.expression])];
  const effectors = effectorReader(options.effectors ?? [], names.effectors);
  const environment = environmentReader(options.environment ?? {}, names.environment, reference.environment);
  const read = [...(growth === undefined ? [] : [growth]), ...effectors.variables, ...environment.variables];
  const reads = [...new Set(read)];
  const owns = regulatorVariables(options);
  const expressed = names.expression.length;
  const dose = doses(genes);
  let isOut = false;
  const answers = answersWithFallback(regulator, fallback, hold ? 0 : tolerance, () => isOut);
  const geneCount = genes.length;
  const predicted = prediction({ regulator, answers, effectors, environment, reads, dose, geneCount, hold });
  const clamps = regulatorClamps(owns, expressed, reference.activity);
  const motion = expressionMotion({ options, genes, reads, variables: owns.length, dose, clamps, predicted });

  async function evaluate({ t, reads: values, owned }: Instant): Promise<ModuleStatus> {
    const found = await predicted.at(t, values, clamps.changes());
    if (!found.ok) return found.status;
    for (let i = 0; i < names.activities.length; i++) {
      const value = (reference.activity[i] ?? 0) + (found.activityChange[i] ?? 0);
      owned[expressed + i] = clamps.value(expressed + i) ?? value;
    }
    const apart = distance?.at(found.inputs, found.activityChange);
    if (apart !== undefined) owned[expressed + names.activities.length] = apart;
    return hold ? OK : rangeStatus(options, dose.edited(), genes, apart);
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
    advance: motion.advance,
    interpolate: motion.interpolate,
    snapshot: (): RegulatorState => ({ dose: dose.snapshot(), answers: answers.snapshot() }),
    restore(snapshot) {
      const state = snapshot as RegulatorState;
      dose.restore(state.dose);
      answers.restore(state.answers);
    },
    beginStep: () => answers.forget(),
    work: () => (hold ? [] : questionsAsked(options, answers)),
    dispose() {
      regulator.dispose();
      fallback?.regulator.dispose();
    },
  };
}

/** How often the regulator and its fallback were asked. */
function questionsAsked({ regulator, fallback }: RegulatorModuleOptions, answers: FallbackAnswers): Work[] {
  const fallen = answers.askedFallback();
  const own = { what: `questions to ${regulator.speaker?.() ?? "the regulator"}`, count: answers.asked() - fallen };
  return fallen === 0 ? [own] : [own, { what: `questions to '${fallback?.name}', its fallback`, count: fallen }];
}

/** Genes that may be edited, and variables that may be held: activities only where expression can follow them. */
function accepts(edit: Edit, genes: readonly string[], { regulator, answers = "expression" }: RegulatorModuleOptions) {
  const { names, geneWeights } = regulator;
  if (edit.kind === "gene") return genes.includes(edit.gene);
  if (edit.kind !== "clamp") return false;
  if (names.expression.some((name) => edit.variable === `${answers}:${name}`)) return true;
  return geneWeights !== undefined && names.activities.some((name) => edit.variable === `activity:${name}`);
}
