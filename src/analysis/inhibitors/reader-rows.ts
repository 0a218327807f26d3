import type { RegulatoryGraph } from "../../regulation/graph/graph.ts";
import { contextOf, type Query } from "../../regulation/in-context/design.ts";
import type { Condition as Experiment, Intervention } from "../../regulation/in-context/experiments.ts";
import { ask, readerPredictor } from "../../regulation/in-context/predictors.ts";
import type { ReaderModel } from "../../regulation/in-context/reader.ts";
import { edgesOnTable, type SignedEdge } from "../../regulation/in-context/signed-edges.ts";
import type { Prediction } from "./prediction.ts";
import { sitesOnGraph } from "./sites-on-graph.ts";
import type { Condition, InhibitorTask } from "./task.ts";

/** Share of a kinase's activity that a drug at the experiments' dose takes; the doses aren't in the data. */
const INHIBITED = 0.9;

/**
 * The reader of experiments on a line, with and without the graph: its untreated and FGFR-inhibited rows are the context,
 * each stimulus at each time a control of its own. A drug cuts what its target does, by a share; the target's own phosphorylation is left to follow.
 */
export async function readerRows(
  model: ReaderModel,
  { observables, training, heldOut, names }: InhibitorTask,
  network: RegulatoryGraph,
): Promise<Prediction[]> {
  const { edges, targetsOf } = sitesOnGraph(network, observables, names);
  const done = ({ inhibitor }: Condition): Intervention[] =>
    (inhibitor === "" ? [] : inhibitor.split("+"))
      .flatMap(targetsOf)
      .map((target) => ({ kind: "inhibition", target, amount: INHIBITED }));
  const project = ({ stimulus, time }: Condition): string => `${stimulus}@${time}`;
  const controlled = new Set(training.filter(({ inhibitor }) => inhibitor === "").map(project));
  const conditions = training
    .filter((condition) => condition.inhibitor === "" || done(condition).length > 0)
    .filter((condition) => condition.time > 0 && controlled.has(project(condition)))
    .map(
      (condition): Experiment => ({
        project: project(condition),
        interventions: done(condition),
        values: condition.level,
        replicates: 1,
      }),
    );
  if (conditions.length === 0) return [];
  const queries = heldOut.map((condition): Query => ({ interventions: done(condition), project: project(condition) }));
  const reader = readerPredictor(model);
  const row = async (name: string, known: readonly SignedEdge[]): Promise<Prediction> => {
    const context = contextOf({ variables: observables, conditions }, edgesOnTable(known, observables));
    const said = await reader.predict(context, ask(context, queries));
    return { name, kind: "learned", changes: said.map(({ change }) => change) };
  };
  return [await row(model.name, edges), await row(`${model.name}, no graph`, [])];
}
