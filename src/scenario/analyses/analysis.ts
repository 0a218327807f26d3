import type { Goal } from "../../metabolism/balance/lexicographic.ts";
import type { FluxProblem } from "../../metabolism/module/flux-problem.ts";
import type { ArmName } from "../arms/arm.ts";
import type { FluxAnalysisSpec } from "../schema/flux-analysis.ts";

/** A question to a cell's flux balance, names resolved. */
export interface FluxAnalysis {
  readonly name: string;
  readonly asks: FluxAnalysisSpec["fluxes"];
  /** Hours, ascending. */
  readonly at: readonly number[];
  /** Id of the metabolic module. */
  readonly module: string;
  /** Locus tags; undefined for all. */
  readonly genes: readonly string[] | undefined;
  /** Ids; undefined for all. */
  readonly reactions: readonly string[] | undefined;
  /** For lexicographic, in their order. */
  readonly goals: readonly Goal[];
  readonly fraction: number;
  readonly loopless: boolean;
  /** Deletions two at a time. */
  readonly pairs: boolean;
  /** Along each axis of an envelope. */
  readonly points: number;
  /** Growth that a medium has to give, 1/h. */
  readonly growth: number;
  readonly fewest: boolean;
  /** Samples. */
  readonly count: number;
  readonly seed: number;
  readonly method: NonNullable<FluxAnalysisSpec["method"]>;
}

/** One line of an answer. Fluxes in mmol gDW^-1 h^-1, growth in 1/h; NaN where there is none. */
export interface AnalysisRow {
  /** Id of a reaction or metabolite, of the genes (reactions) that are deleted, or the fluxes held. */
  readonly subject: string;
  /** What people call it, where that is another word. */
  readonly name?: string;
  /** "optimal", what the solver said, or what is amiss. */
  readonly status: string;
  /** Flux of the reaction (mean of samples), its uptake, its price, or growth without the gene. */
  readonly value: number;
  /** Ends of a range; NaN where the question is not for ranges. */
  readonly minimum: number;
  readonly maximum: number;
}

/** What was found at one instant. */
export interface Answer {
  /** "optimal", what the solver said, or "not reached" where the run ended before. */
  readonly status: string;
  readonly message?: string;
  /** Growth, 1/h: of the optimum, of the mutant (moma, room), of the cell without deletions (knockout). */
  readonly objective: number;
  readonly rows: readonly AnalysisRow[];
}

/** How a kind of question is answered. */
export type Answering = (analysis: FluxAnalysis, problem: FluxProblem) => Promise<Answer>;

/** An answer, with where and when it was asked. */
export interface AnalysisResult extends Answer {
  readonly analysis: string;
  readonly asks: FluxAnalysis["asks"];
  readonly arm: ArmName;
  readonly run: "perturbed" | "reference";
  /** Hours. */
  readonly time: number;
}
