import { CellweaveError } from "../../errors.ts";
import { fba, pfba } from "../../metabolism/balance/fba.ts";
import { variability } from "../../metabolism/balance/fva.ts";
import type { FluxSolution } from "../../metabolism/balance/solution.ts";
import { knockout } from "../../metabolism/model/edits.ts";
import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import type { FluxProblem } from "../../metabolism/module/flux-problem.ts";
import { openDeletions } from "../../metabolism/mutants/deletions.ts";
import { mutantFluxes } from "../../metabolism/mutants/mutant.ts";
import { singleStrains } from "../../metabolism/mutants/strains.ts";
import type { AnalysisRow, Answer, FluxAnalysis } from "./analysis.ts";

const NONE = { value: Number.NaN, minimum: Number.NaN, maximum: Number.NaN } as const;

/** Answers a question within the bounds of one instant. */
export async function answerOf(analysis: FluxAnalysis, problem: FluxProblem): Promise<Answer> {
  try {
    return await asked(analysis, problem);
  } catch (error) {
    if (error instanceof CellweaveError && error.kind === "solver") return without("failed", error.message);
    throw error;
  }
}

function asked(analysis: FluxAnalysis, problem: FluxProblem): Promise<Answer> {
  const { asks } = analysis;
  const { model, bounds } = problem;
  if (asks === "fba") return fba(model, bounds).then((solution) => distribution(model, solution));
  if (asks === "pfba") return pfba(model, bounds).then((solution) => distribution(model, solution));
  if (asks === "fva") return ranges(analysis, problem);
  if (asks === "knockout") return screen(analysis, problem);
  const mutant = knockout(model, analysis.genes ?? [], bounds);
  const wild = { wildType: bounds, ...(problem.fluxes === undefined ? {} : { reference: problem.fluxes }) };
  return mutantFluxes(model, mutant, asks, wild).then((solution) => distribution(model, solution));
}

function without(status: string, message: string): Answer {
  return { status, message, objective: Number.NaN, rows: [] };
}

function distribution(model: FluxModel, solution: FluxSolution): Answer {
  if (solution.status !== "optimal") return without(solution.status, solution.message);
  const { status, objective, fluxes } = solution;
  const rows = model.reactions.map(({ id }, j) => ({ ...NONE, subject: id, status, value: fluxes[j] ?? Number.NaN }));
  return { status, objective, rows };
}

async function ranges({ reactions, fraction }: FluxAnalysis, { model, bounds }: FluxProblem): Promise<Answer> {
  const found = await variability(model, { bounds, fraction, ...(reactions === undefined ? {} : { reactions }) });
  if (found.status !== "optimal") return without(found.status, found.message);
  const { status, objective, minimum, maximum } = found;
  const rows = Array.from(found.reactions, (j, k): AnalysisRow => {
    const [least, most] = [minimum[k] ?? Number.NaN, maximum[k] ?? Number.NaN];
    const known = Number.isNaN(least) || Number.isNaN(most) ? "failed" : status;
    return { subject: model.reactions[j]?.id ?? "", status: known, value: Number.NaN, minimum: least, maximum: most };
  });
  return { status, objective, rows };
}

async function screen({ genes, method }: FluxAnalysis, { model, bounds, fluxes }: FluxProblem): Promise<Answer> {
  const from = fluxes === undefined ? {} : { reference: fluxes };
  const opened = await openDeletions(model, { bounds, method, ...from });
  try {
    const rows = singleStrains(model, "genes", genes).map((strain): AnalysisRow => {
      const { status, objective } = opened.solve(strain);
      const subject = strain.deleted[0] ?? "";
      const name = model.genes[model.geneIndex.get(subject) ?? -1]?.name;
      return { ...NONE, subject, ...(name === undefined ? {} : { name }), status, value: objective };
    });
    return { status: "optimal", objective: opened.wildType, rows };
  } finally {
    opened.dispose();
  }
}
