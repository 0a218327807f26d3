import type { Goal } from "../../metabolism/balance/lexicographic.ts";
import type { FluxModel, FluxReaction } from "../../metabolism/model/flux-model.ts";
import { ownPartsText } from "../../metabolism/model/own-parts.ts";
import type { OutputTable } from "../output.ts";
import { table } from "../table.ts";
import type { FluxInput, FoundPrices } from "./flux-input.ts";
import { fixed, NOTHING } from "./flux-output.ts";

/** What `cellweave fba` found. */
export interface FluxAnswer {
  readonly method: string;
  readonly objective: number;
  /** Shape [reactions]. */
  readonly fluxes: Float64Array;
  /** Goals after the objective, and what each reached. */
  readonly goals: readonly (Goal & { readonly reached: number })[];
  readonly prices?: FoundPrices;
}

/** The answer as text: objective, goals, exchanges, the rest, prices. */
export function fluxReport(input: FluxInput, answer: FluxAnswer, all: boolean): string {
  const { model, bounds } = input;
  const { method, objective, fluxes, goals, prices } = answer;
  const aims = model.reactions.filter((_, j) => model.objective[j] !== 0).map(({ id }) => id);
  const total = fluxes.reduce((sum, v, j) => sum + (model.reactions[j]?.auxiliary === true ? 0 : Math.abs(v)), 0);
  const rows = (place: Place): string[][] =>
    model.reactions.flatMap((reaction, j) => {
      const v = fluxes[j] ?? 0;
      if (placeOf(model, reaction) !== place || (!all && (Math.abs(v) < NOTHING || saysAgain(reaction)))) return [];
      return [[reaction.id, fixed(v), `${short(bounds.lower[j])} .. ${short(bounds.upper[j])}`]];
    });
  const section = (title: string, place: Place, value = "flux"): string =>
    `\n${title}\n${table([["", value, "bounds"], ...rows(place)])}`;
  const own = ownPartsText(model);
  const then = goals.map(({ reaction, sense, reached }) => `then ${words(sense)} ${reaction} = ${fixed(reached)}\n`);
  return (
    `${model.id}: ${aims.join(" + ")} = ${fixed(objective)}\n${then.join("")}` +
    `${method}; total flux ${fixed(total)}\n` +
    section("Exchange (out of the cell is positive), mmol/gDW/h", "border") +
    section("Inside, mmol/gDW/h", "inside") +
    (own === undefined ? "" : section(own, "variable", "value")) +
    (own === undefined || !all ? "" : section("Constraints on them", "constraint", "sum")) +
    (prices === undefined ? "" : priceTables(input, prices))
  );
}

type Place = "border" | "inside" | "variable" | "constraint";

/** Where a column is shown. Sums that constraints bound stand among the fluxes where a model has no variables of its own. */
function placeOf({ integer }: FluxModel, { boundary, kind, auxiliary }: FluxReaction): Place {
  if (kind !== undefined) return "variable";
  if (auxiliary === true && integer !== undefined) return "constraint";
  return boundary ? "border" : "inside";
}

/** Whether a variable repeats what the fluxes say: which way each runs. */
function saysAgain({ integer, kind }: FluxReaction): boolean {
  return integer === true || kind === "forward flux" || kind === "backward flux";
}

function words(sense: Goal["sense"]): string {
  return sense === "maximize" ? "most" : "least";
}

function short(value = 0): string {
  return String(Number(value.toPrecision(6)));
}

/** Shadow prices and reduced costs that aren't zero, dearest first. */
function priceTables({ model }: FluxInput, prices: FoundPrices): string {
  const rows = (ids: readonly { readonly id: string }[], values: Float64Array): string[][] =>
    ids
      .map(({ id }, k) => ({ id, value: values[k] ?? 0 }))
      .filter(({ value }) => Math.abs(value) > NOTHING)
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .map(({ id, value }) => [id, value.toPrecision(4)]);
  return (
    `\nWhat the objective gains for each mmol/gDW/h of a metabolite given to the cell\n` +
    table(rows(model.metabolites, prices.metabolites)) +
    `\nWhat it gains for each mmol/gDW/h that a flux is raised by its bounds\n${table(rows(model.reactions, prices.reactions))}`
  );
}

/** All fluxes, a row a reaction; with its reduced cost where prices were asked for. */
export function fluxTable({ model, bounds }: FluxInput, { fluxes, prices }: FluxAnswer): OutputTable {
  const own = model.integer !== undefined;
  const flux = own ? "value" : "flux_mmol_per_gDW_per_h";
  const header = ["reaction", "name", flux, "lower", "upper", "exchange", ...(own ? ["kind"] : [])];
  const rows = model.reactions.map((reaction, j) => [
    ...[reaction.id, reaction.name ?? "", fluxes[j] ?? 0, bounds.lower[j] ?? 0, bounds.upper[j] ?? 0],
    ...[reaction.boundary, ...(own ? [kindOf(reaction)] : [])],
    ...(prices === undefined ? [] : [prices.reactions[j] ?? 0]),
  ]);
  return { header: prices === undefined ? header : [...header, "reduced_cost"], rows };
}

/** What a column of a model with variables of its own is; a flux is in mmol/gDW/h, a variable in the file's unit. */
function kindOf({ kind, auxiliary }: FluxReaction): string {
  return kind ?? (auxiliary === true ? "constraint" : "flux");
}

/** Shadow prices, a row a metabolite. */
export function priceTable({ model }: FluxInput, prices: FoundPrices): OutputTable {
  const rows = model.metabolites.map(({ id, name = "" }, i) => [id, name, prices.metabolites[i] ?? 0]);
  return { header: ["metabolite", "name", "shadow_price"], rows };
}

/** The answer as one JSON object. */
export function fluxJson({ model, shut, notes }: FluxInput, answer: FluxAnswer): string {
  const { method, objective, fluxes, goals, prices } = answer;
  const named = (things: readonly { readonly id: string }[], values: Float64Array) =>
    Object.fromEntries(things.map(({ id }, k) => [id, values[k]]));
  const within = (...places: readonly Place[]) =>
    Object.fromEntries(
      model.reactions.flatMap((one, j) => (places.includes(placeOf(model, one)) ? [[one.id, fluxes[j]]] : [])),
    );
  const found = {
    ...{ status: "optimal", model: model.id, method, objective, closed: shut },
    ...(notes.length === 0 ? {} : { notes }),
    ...(goals.length === 0 ? {} : { goals }),
    fluxes: within("border", "inside"),
    ...(model.integer === undefined ? {} : { variables: within("variable"), constraints: within("constraint") }),
    ...(prices === undefined
      ? {}
      : {
          shadowPrices: named(model.metabolites, prices.metabolites),
          reducedCosts: named(model.reactions, prices.reactions),
        }),
  };
  return JSON.stringify(found, null, 2);
}
