import { variability } from "../../metabolism/balance/fva.ts";
import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import {
  borderSummary,
  carbonOf,
  equationOf,
  type MetaboliteRate,
  metaboliteSummary,
} from "../../metabolism/model/flux-summary.ts";
import { ruleText } from "../../metabolism/model/gene-rule.ts";
import { ownPartsText } from "../../metabolism/model/own-parts.ts";
import type { FluxInput } from "./flux-input.ts";
import { fixed } from "./flux-output.ts";

/** What is asked for: indices of metabolites or of reactions, or the border where there are neither. */
export interface SummaryRequest {
  readonly metabolites: readonly number[];
  readonly reactions: readonly number[];
  /** Share of the optimum for ranges; no ranges where absent. */
  readonly fraction: number | undefined;
}

type Range = readonly [least: number, most: number];

/** A row of a table: an id, what it stands beside, and a rate. */
export interface Row {
  readonly metabolite: string;
  readonly reaction: string;
  readonly rate: number;
  readonly range?: Range;
  /** Share of the table's sum: of carbon at the border, of the flux in a metabolite's tables. */
  readonly share: number;
  readonly carbon?: number;
  readonly equation?: string;
}

export interface Part {
  readonly title: string;
  readonly facts: readonly string[];
  readonly tables: readonly { readonly title: string; readonly rows: readonly Row[] }[];
}

export interface Summary {
  readonly model: string;
  readonly objective: { readonly reactions: readonly string[]; readonly value: number };
  readonly parts: readonly Part[];
}

/** What a solution says of the border, of metabolites or of reactions. */
export async function summaryOf(
  input: FluxInput,
  solution: { readonly objective: number; readonly fluxes: Float64Array },
  request: SummaryRequest,
): Promise<Summary> {
  const { model, bounds } = input;
  const { fluxes } = solution;
  const { metabolites, reactions, fraction } = request;
  const aims = model.reactions.filter((_, j) => model.objective[j] !== 0).map(({ id }) => id);
  const head = { model: model.id, objective: { reactions: aims, value: solution.objective } };
  const ranged = async (all: readonly number[]) => (fraction === undefined ? NO_RANGES : ranges(input, all, fraction));
  if (reactions.length > 0) {
    const range = await ranged(reactions);
    return { ...head, parts: reactions.map((j) => reactionPart(input, j, fluxes, range(j))) };
  }
  const of = (rates: readonly MetaboliteRate[]) => rates.map(({ reaction }) => reaction);
  if (metabolites.length > 0) {
    const found = metabolites.map((i) => ({ i, ...metaboliteSummary(model, i, fluxes) }));
    const range = await ranged(found.flatMap(({ producing, consuming }) => of([...producing, ...consuming])));
    const parts = found.map(({ i, producing, consuming }) => {
      const rows = (all: readonly MetaboliteRate[]) =>
        withShares(model, all, range, (j) => equationOf(model, j, bounds));
      const tables = [
        { title: "made by", rows: rows(producing) },
        { title: "used by", rows: rows(consuming) },
      ];
      return { title: titled(model.metabolites[i]), facts: factsOf(model, i), tables };
    });
    return { ...head, parts };
  }
  const border = borderSummary(model, fluxes, bounds);
  const range = await ranged(of([...border.uptake, ...border.secretion]));
  const tables = [
    { title: "Uptake", rows: withShares(model, border.uptake, range) },
    { title: "Secretion", rows: withShares(model, border.secretion, range) },
  ];
  const unused = border.unused.map(({ reaction }) => model.reactions[reaction]?.id ?? "");
  const own = ownPartsText(model);
  const offered = unused.length === 0 ? [] : [`offered, not taken up: ${unused.join(", ")}`];
  const facts = own === undefined ? offered : [...offered, own];
  return { ...head, parts: [{ title: "", facts, tables }] };
}

const NO_RANGES = (): Range | undefined => undefined;

async function ranges({ model, bounds }: FluxInput, all: readonly number[], fraction: number) {
  const ids = [...new Set(all)].map((j) => model.reactions[j]?.id ?? "");
  const found = await variability(model, { bounds, fraction, reactions: ids });
  if (found.status !== "optimal") return NO_RANGES;
  const at = new Map([...found.reactions].map((j, k) => [j, k]));
  return (j: number): Range | undefined => {
    const k = at.get(j);
    return k === undefined ? undefined : [found.minimum[k] ?? Number.NaN, found.maximum[k] ?? Number.NaN];
  };
}

function withShares(
  model: FluxModel,
  all: readonly MetaboliteRate[],
  rangeOf: (reaction: number) => Range | undefined,
  equation?: (reaction: number) => string,
): Row[] {
  const weight = ({ metabolite, rate }: MetaboliteRate) =>
    Math.abs(rate) * (equation === undefined ? carbonOf(model, metabolite) : 1);
  const sum = all.reduce((total, one) => total + weight(one), 0);
  return all.map((one) => {
    const range = rangeOf(one.reaction);
    return {
      metabolite: model.metabolites[one.metabolite]?.id ?? "",
      reaction: model.reactions[one.reaction]?.id ?? "",
      rate: one.rate,
      ...(range === undefined ? {} : { range }),
      share: sum === 0 ? 0 : weight(one) / sum,
      ...(equation === undefined ? { carbon: carbonOf(model, one.metabolite) } : { equation: equation(one.reaction) }),
    };
  });
}

function titled(thing: { readonly id: string; readonly name: string | undefined } | undefined): string {
  return thing?.name === undefined ? (thing?.id ?? "") : `${thing.id}, ${thing.name}`;
}

function factsOf({ metabolites }: FluxModel, i: number): string[] {
  const { formula, charge, compartment } = metabolites[i] ?? {};
  const facts = [formula, charge === undefined ? "" : `charge ${charge}`, compartment && `compartment ${compartment}`];
  return [facts.filter((fact) => fact !== undefined && fact !== "").join(", ")];
}

function reactionPart({ model, bounds }: FluxInput, j: number, fluxes: Float64Array, range: Range | undefined): Part {
  const { rule } = model.reactions[j] ?? {};
  const between = range === undefined ? "" : ` (${range.map(fixed).join(" .. ")})`;
  const facts = [
    equationOf(model, j, bounds),
    `bounds ${bounds.lower[j]} .. ${bounds.upper[j]}, flux ${fixed(fluxes[j] ?? 0)}${between}`,
    ...(rule === undefined ? [] : [`genes: ${ruleText(rule, model.genes)}`]),
  ];
  return { title: titled(model.reactions[j]), facts, tables: [] };
}
