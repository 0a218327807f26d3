import { CellweaveError } from "../../errors.ts";
import type { RangeJudge } from "../range/range.ts";
import type { Regulator, RegulatorNames } from "../regulator.ts";
import { answerer } from "./answerer.ts";
import { type Context, contextOf, controlOf } from "./design.ts";
import { type Experiments, type Intervention, isLogarithmic } from "./experiments.ts";
import { foldOf } from "./fold.ts";
import type { Predictor } from "./predictors.ts";
import { queryRange } from "./query-range.ts";
import { type Questioner, questionOf } from "./question.ts";
import type { EdgesOnTable } from "./signed-edges.ts";

export interface ExperimentsRegulatorOptions {
  readonly experiments: Experiments;
  readonly edges: EdgesOnTable;
  /** The simplest first. */
  readonly predictors: readonly Predictor[];
  /** The one that answers; where absent the one that does best on the experiments. */
  readonly predictor?: string;
  /** Variables that are answered for; default all. */
  readonly variables?: readonly string[];
  /** Whose control the cell's reference state is; default that of all projects. */
  readonly project?: string;
  /** Name of the table, for messages. */
  readonly source: string;
}

/** A regulator made of a user's experiments, with a judge of what they bear on. */
export interface ExperimentsRegulator {
  readonly regulator: Regulator;
  readonly range: RangeJudge;
}

/**
 * A table of experiments as a cell's regulator: nothing is trained, the context is encoded at the first question.
 *
 * Genes are the table's variables and the regulators beside it; effectors are variables that mechanism holds at their
 * present level; features of the environment are shares of a variable's activity that an inhibitor takes. What is said
 * of held variables at the control's level is taken off, so that nothing changes in the reference state.
 * @throws CellweaveError `experiments/no-control`, or `experiments/zero-control` where levels relative to the control
 *   mean nothing
 */
export function experimentsRegulator(options: ExperimentsRegulatorOptions): ExperimentsRegulator {
  const { experiments, edges, source, project = "" } = options;
  const context = contextOf(experiments, edges);
  const control = controlOf(context.controls, project);
  const logarithms = isLogarithmic(experiments.conditions);
  const variables = options.variables ?? experiments.variables;
  if (!logarithms) refuseAbsent(variables, experiments, control, source);
  const names = namesFor(experiments, edges, variables);
  const fold = foldOf(context, control, logarithms);
  const positions = variables.map((name) => experiments.variables.indexOf(name));
  const questioner: Questioner = {
    variables: experiments.variables,
    targets: names.genes,
    fold,
    spread: context.spread,
  };
  const { answer, speaker } = answerer(context, options);
  const activity = new Float64Array(0);
  const regulator: Regulator = {
    name: `experiments in ${source}`,
    knows: `the experiments in '${source}'`,
    names,
    reference: { activity, environment: new Float64Array(names.environment.length) },
    async predict(inputs, { log2Expression }) {
      const { held, done, known, strength } = questionOf(inputs, questioner);
      const atReference = held.map((clamp) => ({ ...clamp, amount: referenceOf(clamp, experiments, control) }));
      const terms = [
        { weight: strength, query: { interventions: [...held, ...done], project, known } },
        { weight: held.length > 0 ? 1 - strength : 0, query: { interventions: held, project } },
        { weight: held.length > 0 ? -1 : 0, query: { interventions: atReference, project } },
      ].filter(({ weight }) => weight !== 0);
      const queries = terms.map(({ query }) => query);
      const said = queries.length === 0 ? [] : await answer(queries, done);
      for (const [i, v] of positions.entries()) {
        const change = terms.reduce((sum, { weight }, t) => sum + weight * (said[t]?.[v] ?? 0), 0);
        log2Expression[i] = fold.log2(v, (control[v] ?? 0) + change);
      }
    },
    speaker,
    dispose() {},
  };
  return { regulator, range: rangeOf(context) };
}

function referenceOf({ target }: Intervention, { variables }: Experiments, control: Float64Array): number {
  return control[variables.indexOf(target)] ?? 0;
}

function namesFor(
  { variables, conditions }: Experiments,
  edges: EdgesOnTable,
  answered: readonly string[],
): RegulatorNames {
  const perturbed = conditions.flatMap(({ interventions }) => interventions.map(({ target }) => target));
  const targets = [...new Set([...variables, ...edges.outside.keys(), ...perturbed])];
  return { activities: [], environment: targets, effectors: variables, genes: targets, expression: answered };
}

/** Levels are relative to the control: where that reads nothing they mean nothing. */
function refuseAbsent(
  variables: readonly string[],
  { variables: all }: Experiments,
  control: Float64Array,
  source: string,
): void {
  const absent = variables.filter((name) => !((control[all.indexOf(name)] ?? 0) > 0));
  if (absent.length === 0) return;
  throw new CellweaveError(
    "experiments/zero-control",
    `${absent.join(", ")}: 0 in the controls of '${source}', so no level can be given relative to them`,
    { hint: "leave them out: name the variables that the regulator answers for in variables:" },
  );
}

function rangeOf(context: Context): RangeJudge {
  return (perturbed) =>
    queryRange(context, {
      interventions: perturbed.map(({ gene, level }) => ({
        kind: level > 1 ? "overexpression" : "knockdown",
        target: gene,
        amount: Math.abs(1 - level),
      })),
      project: "",
    });
}
