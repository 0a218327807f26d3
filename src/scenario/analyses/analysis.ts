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
  readonly fraction: number;
  readonly method: NonNullable<FluxAnalysisSpec["method"]>;
}

/** One line of an answer. Fluxes in mmol gDW^-1 h^-1, growth in 1/h; NaN where there is none. */
export interface AnalysisRow {
  /** Id of a reaction, or of the gene that is deleted. */
  readonly subject: string;
  /** What people call it, where that is another word. */
  readonly name?: string;
  readonly status: string;
  /** Flux of the reaction, or growth without the gene. */
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

/** An answer, with where and when it was asked. */
export interface AnalysisResult extends Answer {
  readonly analysis: string;
  readonly asks: FluxAnalysis["asks"];
  readonly arm: ArmName;
  readonly run: "perturbed" | "reference";
  /** Hours. */
  readonly time: number;
}
