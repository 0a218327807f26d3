import { CellweaveError } from "../../errors.ts";
import type { FluxProblem } from "../../metabolism/module/flux-problem.ts";
import type { Answer, Answering, FluxAnalysis } from "./analysis.ts";
import { DELETIONS } from "./answers/deletions.ts";
import { FLUXES } from "./answers/fluxes.ts";
import { LIMITS } from "./answers/limits.ts";
import { RANGES } from "./answers/ranges.ts";
import { without } from "./answers/rows.ts";

const ANSWERS: ReadonlyMap<string, Answering> = new Map([...FLUXES, ...RANGES, ...DELETIONS, ...LIMITS]);

/** Answers a question within the bounds of one instant; what stands in the way is said in the answer, and the run's are kept. */
export async function answerOf(analysis: FluxAnalysis, problem: FluxProblem): Promise<Answer> {
  const answer = ANSWERS.get(analysis.asks);
  if (answer === undefined) throw new CellweaveError("scenario/analysis", `nothing answers '${analysis.asks}'`);
  try {
    return await answer(analysis, problem);
  } catch (error) {
    if (error instanceof CellweaveError) return without("failed", error.message);
    throw error;
  }
}
