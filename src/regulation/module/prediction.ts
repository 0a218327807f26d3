import type { ModuleStatus } from "../../cell/status.ts";
import { CellweaveError } from "../../errors.ts";
import {
  createOutputs,
  type Regulator,
  type RegulatorInputs,
  type RegulatorOutputs,
  referenceInputs,
} from "../regulator.ts";
import type { Answers } from "./answers.ts";
import type { Dose } from "./dose.ts";
import type { EffectorReader } from "./effectors.ts";
import type { EnvironmentReader } from "./environment.ts";

export interface PredictionOptions {
  readonly regulator: Regulator;
  readonly answers: Pick<Answers, "ask">;
  readonly effectors: EffectorReader;
  readonly environment: EnvironmentReader;
  /** Ids of the cell variables that are read. */
  readonly reads: readonly string[];
  readonly dose: Dose;
  /** Number of genes the dose knows; the regulator's own come first. */
  readonly geneCount: number;
  readonly hold: boolean;
}

/** What the regulator was asked and says at an instant, or why it can't. The arrays are valid until the next question. */
export type Predicted =
  | ({ readonly ok: true; readonly inputs: RegulatorInputs } & RegulatorOutputs)
  | { readonly ok: false; readonly status: Extract<ModuleStatus, { ok: false }> };

/** Cell state to regulator inputs to answers. */
export interface Prediction {
  /**
   * @param values of the variables read, same order
   * @param clamped changes of activities that are held, by position; the expression follows them
   */
  at(t: number, values: Float64Array, clamped: ReadonlyMap<number, number>): Promise<Predicted>;
}

export function prediction(options: PredictionOptions): Prediction {
  const { regulator, answers, dose, geneCount, hold } = options;
  const fill = inputFiller(options);
  const inputs = referenceInputs(regulator);
  const levels = new Float64Array(geneCount);
  const spare = createOutputs(regulator);
  return {
    async at(t, values, clamped) {
      if (!hold) {
        dose.fill(t, levels);
        fill(values, levels, inputs);
        const found = await answers.ask(inputs).catch(unanswered);
        if ("message" in found) {
          return { ok: false, status: { ok: false, code: "failed", message: found.message, t } };
        }
        spare.activityChange.set(found.activityChange);
        spare.log2Expression.set(found.log2Expression);
      } else {
        spare.activityChange.fill(0);
        spare.log2Expression.fill(0);
      }
      follow(regulator, clamped, spare);
      const wrong = notFinite(regulator, spare);
      if (wrong === undefined) return { ok: true, inputs, ...spare };
      const message = `regulator '${regulator.name}' gave no finite number for ${wrong}; are its inputs in range?`;
      return { ok: false, status: { ok: false, code: "not-finite", message, t } };
    },
  };
}

function inputFiller({ regulator, effectors, environment, reads }: PredictionOptions) {
  const effectorAt = effectors.variables.map((id) => reads.indexOf(id));
  const environmentAt = environment.variables.map((id) => reads.indexOf(id));
  const effectorValues = new Float64Array(effectorAt.length);
  const environmentValues = new Float64Array(environmentAt.length);
  const genes = regulator.names.genes.length;
  return (values: Float64Array, levels: Float64Array, inputs: RegulatorInputs): void => {
    for (let i = 0; i < effectorAt.length; i++) effectorValues[i] = values[effectorAt[i] ?? -1] ?? 0;
    for (let i = 0; i < environmentAt.length; i++) environmentValues[i] = values[environmentAt[i] ?? -1] ?? 0;
    effectors.fill(effectorValues, inputs.effector);
    inputs.effectorKnown.set(effectors.known);
    environment.fill(environmentValues, inputs.environment);
    inputs.perturbation.set(levels.subarray(0, genes));
  };
}

/** A regulator that can't answer is an outcome of the run, which keeps what was reached. */
function unanswered(error: unknown): CellweaveError {
  if (error instanceof CellweaveError) return error;
  throw error;
}

/** Lets expression follow the activities that are held. */
function follow(
  { geneWeights, names }: Regulator,
  clamped: ReadonlyMap<number, number>,
  outputs: RegulatorOutputs,
): void {
  for (const [i, change] of clamped) {
    const shift = change - (outputs.activityChange[i] ?? 0);
    outputs.activityChange[i] = change;
    for (let g = 0; g < names.expression.length; g++) {
      const weight = geneWeights?.[i * names.expression.length + g] ?? 0;
      outputs.log2Expression[g] = (outputs.log2Expression[g] ?? 0) + weight * shift;
    }
  }
}

function notFinite({ names }: Regulator, { activityChange, log2Expression }: RegulatorOutputs): string | undefined {
  const activity = activityChange.findIndex((value) => !Number.isFinite(value));
  if (activity >= 0) return `activity '${names.activities[activity]}'`;
  const gene = log2Expression.findIndex((value) => !Number.isFinite(value));
  return gene < 0 ? undefined : `expression of '${names.expression[gene]}'`;
}
