import type { Card } from "../regulation/trained/card.ts";
import { type WidthsByRange, widthsOf } from "../regulation/trained/intervals.ts";
import type { RegulatorSpec } from "./schema/regulator.ts";

/**
 * How far off an arm's regulator may be, as its card says: half widths of 90 % intervals; beyond what it was trained on
 * those of the fallback, where that answers.
 */
export interface Uncertainty extends WidthsByRange {
  /** Id of the regulator's module. */
  readonly module: string;
  /** 1/h; expression follows the regulator's answer at this rate and that of growth. */
  readonly degradation: number;
  /** Id of the variable that is the growth rate. */
  readonly growth: string | undefined;
}

export function uncertaintyOf(spec: RegulatorSpec, card: Card, fallback: Card | undefined): Uncertainty | undefined {
  const own = widthsOf(card);
  if (own === undefined || spec.answers === "phospho") return undefined;
  const { regulator: module, degradation = 0, growth } = spec;
  const beyond = (fallback === undefined ? undefined : widthsOf(fallback)?.beyond) ?? own.beyond;
  return { ...own, module, beyond, degradation, growth };
}
