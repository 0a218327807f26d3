import type { Edit } from "../../cell/edit.ts";
import { CellweaveError } from "../../errors.ts";
import type { EnzymeLimit } from "../limits/enzyme-limits.ts";
import { closed, reactionsWithout } from "../model/edits.ts";
import { copyBounds, type FluxBounds, type FluxModel } from "../model/flux-model.ts";
import type { Exchange } from "./uptake.ts";

/** What a metabolic module knows of itself when edits arrive. */
export interface MetabolicSetting {
  readonly id: string;
  readonly model: FluxModel;
  readonly exchanges: readonly Exchange[];
  readonly limits: readonly EnzymeLimit[];
  /** Bounds without edits. */
  readonly bounds: FluxBounds;
  readonly demand: number;
  /** 1 where a gene's expression is read from a variable, shape [genes]. */
  readonly read: Uint8Array;
}

/** A setting with the edits in force. */
export interface EditedSetting {
  readonly exchanges: readonly Exchange[];
  readonly limits: readonly EnzymeLimit[];
  readonly bounds: FluxBounds;
  readonly demand: number;
  /** Factor on each gene's expression: 0 for a deleted gene, shape [genes]. */
  readonly levels: Float64Array;
  /** 1 where a flux is held at one value, whatever the pool or the enzyme says; shape [reactions]. */
  readonly clamped: Uint8Array;
}

const FLUX = "flux:";

/** Whether an edit concerns the module: its genes, its fluxes, its parameters. */
export function acceptsEdit(setting: MetabolicSetting, edit: Edit): boolean {
  if (edit.kind === "gene") return setting.model.geneIndex.has(edit.gene);
  if (edit.kind === "clamp") return edit.variable.startsWith(FLUX) && fluxOf(setting, edit.variable) !== undefined;
  return edit.module === setting.id && parametersOf(setting).includes(edit.parameter);
}

/** Names of the parameters an edit may set: `maintenance`, `EX_glc__D_e.vmax`, `EX_glc__D_e.km`, `PFK.max`. */
export function parametersOf({ exchanges, limits, model }: MetabolicSetting): string[] {
  const fed = exchanges.filter(({ vmax }) => vmax > 0);
  return [
    "maintenance",
    ...fed.flatMap(({ id }) => [`${id}.vmax`, `${id}.km`]),
    ...limits.map(({ reaction }) => `${model.reactions[reaction]?.id}.max`),
  ];
}

/**
 * The setting with edits in force.
 *
 * A deleted gene (level 0) that the strain carries since before the run closes its reactions through the gene rules at
 * once. Every other gene edit acts through expression: where the gene's expression is read, the variable alone carries
 * it, so that a protein dilutes; where it isn't, its level is a factor from the moment of the edit.
 */
export function applyEdits(setting: MetabolicSetting, edits: readonly Edit[]): EditedSetting {
  const { model } = setting;
  const levels = new Float64Array(model.genes.length).fill(1);
  const deleted: number[] = [];
  for (const edit of edits) {
    const gene = edit.kind === "gene" ? model.geneIndex.get(edit.gene) : undefined;
    if (edit.kind !== "gene" || gene === undefined) continue;
    const isDeletion = edit.genotype && edit.level === 0;
    if (isDeletion) deleted.push(gene);
    if (isDeletion || setting.read[gene] === 0) levels[gene] = (levels[gene] ?? 1) * edit.level;
  }
  const bounds =
    deleted.length === 0 ? copyBounds(setting.bounds) : closed(setting.bounds, reactionsWithout(model, deleted));
  const clamped = clamp(setting, edits, bounds);
  return { ...applyParameters(setting, edits), bounds, levels, clamped };
}

function fluxOf({ model }: MetabolicSetting, variable: string): number | undefined {
  return model.reactionIndex.get(variable.slice(FLUX.length));
}

function clamp(setting: MetabolicSetting, edits: readonly Edit[], bounds: FluxBounds): Uint8Array {
  const clamped = new Uint8Array(setting.model.reactions.length);
  for (const edit of edits) {
    if (edit.kind !== "clamp" || !edit.variable.startsWith(FLUX)) continue;
    const j = fluxOf(setting, edit.variable);
    if (j === undefined) continue;
    clamped[j] = 1;
    bounds.lower[j] = edit.value;
    bounds.upper[j] = edit.value;
  }
  return clamped;
}

function applyParameters(setting: MetabolicSetting, edits: readonly Edit[]) {
  const values = new Map<string, number>();
  for (const edit of edits) {
    if (edit.kind !== "parameter" || edit.module !== setting.id) continue;
    checkValue(edit.parameter, edit.value);
    values.set(edit.parameter, edit.value);
  }
  const { exchanges, limits, model } = setting;
  return {
    demand: values.get("maintenance") ?? setting.demand,
    exchanges: exchanges.map((exchange) => ({
      ...exchange,
      vmax: values.get(`${exchange.id}.vmax`) ?? exchange.vmax,
      km: values.get(`${exchange.id}.km`) ?? exchange.km,
    })),
    limits: limits.map((limit) => {
      const max = values.get(`${model.reactions[limit.reaction]?.id}.max`);
      return max === undefined ? limit : { ...limit, max, reverse: Math.min(limit.reverse, max) };
    }),
  };
}

/** Rates and limits aren't below zero, a half-saturation is above it. */
function checkValue(parameter: string, value: number): void {
  const isHalf = parameter.endsWith(".km");
  if (Number.isFinite(value) && (isHalf ? value > 0 : value >= 0)) return;
  throw new CellweaveError("metabolism/value", `the parameter '${parameter}' is set to ${value}`, {
    hint: isHalf ? "give more than 0, mmol/L" : "give 0 or more, mmol/gDW/h",
  });
}
