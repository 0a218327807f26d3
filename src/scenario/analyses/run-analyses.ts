import type { Edit } from "../../cell/edit.ts";
import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import { type FluxProblem, isMetabolic, type MetabolicModule } from "../../metabolism/module/flux-problem.ts";
import type { ArmCell } from "../arms/arm-cell.ts";
import type { Perturbation } from "../perturbation.ts";
import type { ArmResult } from "../result.ts";
import type { AnalysisResult, FluxAnalysis } from "./analysis.ts";

/** Asks every arm, perturbed and unperturbed, what the analyses ask, at the times they say. */
export async function runAnalyses(
  analyses: readonly FluxAnalysis[],
  arms: readonly ArmCell[],
  results: readonly ArmResult[],
  perturbations: readonly Perturbation[],
): Promise<AnalysisResult[]> {
  if (analyses.length === 0) return [];
  const { answerOf } = await import("./answer.ts");
  const found: AnalysisResult[] = [];
  for (const analysis of analyses)
    for (const { name, trajectory, reference } of results) {
      const module = arms.find(({ arm }) => arm === name)?.modules.find(({ id }) => id === analysis.module);
      if (module === undefined || !isMetabolic(module)) continue;
      const runs = [
        { run: "perturbed" as const, trajectory, edits: perturbations },
        ...(reference === undefined ? [] : [{ run: "reference" as const, trajectory: reference, edits: [] }]),
      ];
      for (const { run, trajectory: course, edits } of runs)
        for (const time of analysis.at) {
          const problem = problemAt(module, course, edits, time);
          const answer = problem === undefined ? NOT_REACHED : await answerOf(analysis, problem);
          found.push({ analysis: analysis.name, asks: analysis.asks, arm: name, run, time, ...answer });
        }
    }
  return found;
}

const NOT_REACHED = {
  status: "not reached",
  message: "the run ended before",
  objective: Number.NaN,
  rows: [],
} as const;

/** The module's problem at a time that the trajectory keeps; undefined where it ended before. */
function problemAt(
  module: MetabolicModule,
  trajectory: Trajectory,
  perturbations: readonly Perturbation[],
  time: number,
): FluxProblem | undefined {
  const at = trajectory.times.indexOf(time);
  if (at < 0) return undefined;
  const edits = perturbations.flatMap(({ edit }): Edit[] =>
    edit !== undefined && edit.from <= time && time < edit.to && module.accepts(edit.edit) ? [edit.edit] : [],
  );
  module.apply(edits);
  return module.problemAt(Float64Array.from(module.reads, (id) => columnOf(trajectory, id)?.[at] ?? Number.NaN));
}
