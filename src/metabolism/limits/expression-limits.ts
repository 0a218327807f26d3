import { CellweaveError } from "../../errors.ts";
import { pfba } from "../balance/fba.ts";
import { copyBounds, type FluxBounds, type FluxModel } from "../model/flux-model.ts";
import { genesOf } from "../model/gene-rule.ts";
import { type Capacity, capacityAt, capacityOf } from "./capacity.ts";
import { fluxEnvelope, limitByEnzymes } from "./enzyme-limits.ts";
import type { ExpressionKind } from "./expression-kinds.ts";

/** How expression becomes bounds on fluxes, mmol gDW^-1 h^-1. */
export interface ExpressionOptions {
  /** `e-flux` where absent. */
  readonly kind?: ExpressionKind;
  readonly bounds?: FluxBounds;
  /**
   * `e-flux`: most that the most expressed enzyme carries, mmol gDW^-1 h^-1; where absent the largest flux of a reaction
   * with a gene rule in the pFBA optimum.
   */
  readonly scale?: number;
  /** `relative`: capacity at expression 1, in units of the pFBA optimum's flux, 2 where absent, and at least `floor`. */
  readonly margin?: number;
  /** mmol gDW^-1 h^-1; 5 where absent. */
  readonly floor?: number;
}

/** Bounds narrowed by expression, and how many reactions that touched. */
export interface ExpressionLimits {
  readonly bounds: FluxBounds;
  /** Indices of the reactions with a limit from expression. */
  readonly limited: readonly number[];
}

/**
 * Bounds from gene expression through the gene rules: a complex has as much as its scarcest subunit (minimum),
 * isoenzymes add up (sum). A subunit without data doesn't limit its complex; a reaction with an isoenzyme without data
 * has no limit.
 * @param expression linear, not logarithmic; by index of the gene, NaN where there is no data; shape [genes]
 * @throws CellweaveError for values below zero, and where the model's own optimum doesn't exist
 * @see doi:10.1371/journal.pcbi.1000489 (E-Flux)
 */
export async function limitByExpression(
  model: FluxModel,
  expression: Float64Array,
  options: ExpressionOptions = {},
): Promise<ExpressionLimits> {
  const { kind = "e-flux", bounds = model.bounds, margin = 2, floor = 5 } = options;
  checkExpression(model, expression);
  const known = model.reactions.flatMap(({ rule }, reaction) => {
    const capacity = rule && judged(capacityOf(rule), expression);
    return rule === undefined || capacity === undefined ? [] : [{ reaction, capacity, genes: genesOf(rule) }];
  });
  const limited = known.map(({ reaction }) => reaction);
  const own = await optimum(model, bounds);
  const out = copyBounds(bounds);
  const free = new Uint8Array(model.reactions.length);
  if (kind === "relative") {
    const reference = fluxEnvelope(model, [own], { margin, floor });
    const limits = known.map((one) => ({ ...one, ...reference(one.reaction) }));
    limitByEnzymes(limits, expression, out, free);
    return { bounds: out, limited };
  }
  const levels = known.map(({ capacity }) => amount(capacity, expression));
  const most = Math.max(...levels);
  const scale = options.scale ?? Math.max(...model.reactions.map(({ rule }, j) => (rule ? Math.abs(own[j] ?? 0) : 0)));
  known.forEach(({ reaction: j }, k) => {
    const limit = most > 0 ? (scale * (levels[k] ?? 0)) / most : 0;
    out.upper[j] = Math.min(out.upper[j] ?? 0, limit);
    out.lower[j] = Math.max(out.lower[j] ?? 0, -limit);
  });
  return { bounds: out, limited };
}

function checkExpression({ genes }: FluxModel, expression: Float64Array): void {
  const wrong = expression.findIndex((value) => value < 0 || value === Number.POSITIVE_INFINITY);
  if (wrong < 0) return;
  const message = `the expression of '${genes[wrong]?.id}' is ${expression[wrong]}`;
  throw new CellweaveError("metabolism/expression", message, {
    hint: "give finite amounts of 0 or more, linear, not logarithms",
  });
}

async function optimum(model: FluxModel, bounds: FluxBounds): Promise<Float64Array> {
  const solution = await pfba(model, bounds);
  if (solution.status === "optimal") return solution.fluxes;
  throw new CellweaveError(`metabolism/${solution.status}`, `without expression: ${solution.message}`, {
    kind: "solver",
  });
}

/** A capacity of the genes with data alone, or undefined where they don't limit it. */
function judged(capacity: Capacity, expression: Float64Array): Capacity | undefined {
  if (capacity.kind === "gene") return Number.isNaN(expression[capacity.gene]) ? undefined : capacity;
  const parts = capacity.of.map((part) => judged(part, expression));
  const known = parts.filter((part) => part !== undefined);
  if (capacity.kind === "sum") return known.length < parts.length ? undefined : { ...capacity, of: known };
  return known.length === 0 ? undefined : { kind: "minimum", of: known };
}

/** Enzyme in the unit of the data: isoenzymes add up without shares. */
function amount(capacity: Capacity, expression: Float64Array): number {
  if (capacity.kind === "sum") return capacity.of.reduce((sum, part) => sum + amount(part, expression), 0);
  if (capacity.kind === "minimum") return Math.min(...capacity.of.map((part) => amount(part, expression)));
  return capacityAt(capacity, expression);
}
