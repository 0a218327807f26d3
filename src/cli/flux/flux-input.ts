import { CellweaveError } from "../../errors.ts";
import { type Prices, prices } from "../../metabolism/balance/prices.ts";
import { withProteinPool } from "../../metabolism/limits/protein-pool.ts";
import { checkBalance } from "../../metabolism/model/check-balance.ts";
import { bounded, closed, geneAt, reactionAt, reactionsWithout, withObjective } from "../../metabolism/model/edits.ts";
import type { FluxBounds, FluxModel } from "../../metabolism/model/flux-model.ts";
import { withMedium } from "../../metabolism/model/medium-bounds.ts";
import { fluxModelFromFile } from "../../metabolism/read/flux-file-node.ts";
import { nodeFiles } from "../../scenario/documents/files-node.ts";
import type { Streams } from "../command.ts";
import { checkEnzymeOptions, type EnzymeOptions, expressionBounds, readTurnovers } from "./enzyme-input.ts";
import { mediumFrom } from "./medium-option.ts";
import { expectLittleSolving } from "./solver-tiering.ts";

export interface FluxEdits extends EnzymeOptions {
  readonly knockout?: readonly string[];
  readonly "reaction-knockout"?: readonly string[];
  readonly medium?: readonly string[];
  readonly bound?: readonly string[];
  readonly objective?: string;
}

export interface FluxInput {
  readonly model: FluxModel;
  readonly bounds: FluxBounds;
  /** The bounds without knockouts. */
  readonly wildType: FluxBounds;
  /** Ids of reactions that knockouts close. */
  readonly shut: readonly string[];
  /** What a reader should know of how expression and turnover numbers were used. */
  readonly notes: readonly string[];
}

/** A constraint-based model from a file: SBML with fbc, COBRA JSON, YAML or MAT, plain or gzipped, or in a COMBINE archive. */
export async function readFluxModel(file: string): Promise<FluxModel> {
  expectLittleSolving();
  return fluxModelFromFile(await nodeFiles.read(file), file);
}

/**
 * The model with a command's edits.
 * @param err is told what a reader should know of the model and of how expression and turnover numbers were used
 * @throws CellweaveError with near names for what isn't in the model
 */
export async function readFluxInput(file: string, edits: FluxEdits, err?: Streams["err"]): Promise<FluxInput> {
  const input = await editedModel(file, edits);
  for (const note of input.notes) err?.write(`${note}\n`);
  return input;
}

async function editedModel(file: string, edits: FluxEdits): Promise<FluxInput> {
  checkEnzymeOptions(edits);
  const read = await readFluxModel(file);
  const model = edits.objective === undefined ? read : withObjective(read, edits.objective);
  const genes = (edits.knockout ?? []).map((gene) => geneAt(model, gene));
  const reactions = (edits["reaction-knockout"] ?? []).map((id) => reactionAt(model, id));
  const closing = [...new Set([...reactionsWithout(model, genes), ...reactions])];
  const shut = closing.map((j) => model.reactions[j]?.id ?? "");
  let bounds = model.bounds;
  if (edits.medium !== undefined) bounds = withMedium(model, bounds, await mediumFrom(edits.medium));
  for (const text of edits.bound ?? []) bounds = withBound(model, bounds, text);
  const notes = [...(model.remarks ?? []).map((remark) => `warning: ${remark}`), ...imbalanceNotes(model)];
  if (edits.expression !== undefined) {
    const limits = await expressionBounds(model, bounds, edits);
    bounds = limits.bounds;
    notes.push(limits.note);
  }
  const mutant = closed(bounds, closing);
  if (edits.kcat === undefined) return { model, bounds: mutant, wildType: bounds, shut, notes };
  const turnovers = await readTurnovers(edits.kcat);
  const pool = edits["protein-pool"] ?? 0;
  notes.push(
    `${turnovers.length} reactions draw on ${pool} g/gDW of protein; those that run backward too are two, X and X_reverse`,
  );
  const pooled = withProteinPool(model, turnovers, pool, bounds);
  const { reactionIndex } = pooled.model;
  const both = shut.flatMap((id) => [id, `${id}_reverse`].flatMap((name) => reactionIndex.get(name) ?? []));
  return { model: pooled.model, bounds: closed(pooled.bounds, both), wildType: pooled.bounds, shut, notes };
}

/** Groups that stand for something unsaid, and what bookkeeping leaves open, are no matter. */
const NO_MATTER = new Set(["charge", "H", "R", "X", "Z"]);
const NAMED = 3;

/** Says which reactions make or destroy matter, biomass left out: growth from nothing begins there. */
function imbalanceNotes(model: FluxModel): string[] {
  const wrong = checkBalance(model).imbalances.flatMap(({ reaction, made }) => {
    const matter = [...made].filter(([element]) => !NO_MATTER.has(element));
    if (matter.length === 0 || /biomass/i.test(reaction)) return [];
    return [`${reaction} (${matter.map(([element, n]) => `${element} ${Number(n.toPrecision(4))}`).join(", ")})`];
  });
  if (wrong.length === 0) return [];
  const more = wrong.length > NAMED ? ` and ${wrong.length - NAMED} more` : "";
  return [
    `warning: reactions that make or destroy matter: ${wrong.slice(0, NAMED).join(", ")}${more}; ` +
      "mend their stoichiometry or formulas, 'cellweave network' lists all",
  ];
}

export type FoundPrices = Extract<Prices, { status: "optimal" }>;

/** Shadow prices and reduced costs; nothing where there is no optimum. */
export async function pricesOf({ model, bounds }: FluxInput): Promise<{ readonly prices?: FoundPrices }> {
  const found = await prices(model, bounds);
  return found.status === "optimal" ? { prices: found } : {};
}

/** A number, or `inf` with a sign where need be. */
function limitOf(text: string): number {
  const [, sign] = /^([+-]?)inf(?:inity)?$/i.exec(text.trim()) ?? [];
  if (sign !== undefined) return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text.trim() === "" ? Number.NaN : Number(text);
}

function withBound(model: FluxModel, bounds: FluxBounds, text: string): FluxBounds {
  const [, id = "", lower = "", upper = ""] = /^([^=]+)=([^:]*):([^:]*)$/.exec(text) ?? [];
  const j = id === "" ? 0 : reactionAt(model, id);
  const lb = lower === "" ? (bounds.lower[j] ?? 0) : limitOf(lower);
  const ub = upper === "" ? (bounds.upper[j] ?? 0) : limitOf(upper);
  if (id !== "" && !Number.isNaN(lb) && !Number.isNaN(ub)) return bounded(model, bounds, id, lb, ub);
  throw new CellweaveError("cli/usage", `--bound: expected REACTION=LOWER:UPPER, got '${text}'`, {
    kind: "usage",
    hint: "for example --bound EX_o2_e=0:1000, or EX_o2_e=-5: to leave the upper bound",
  });
}
