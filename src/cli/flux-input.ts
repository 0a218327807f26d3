import { CellweaveError } from "../errors.ts";
import { bounded, closed, geneAt, reactionAt, reactionsWithout, withObjective } from "../metabolism/edits.ts";
import { fluxModelFromFile } from "../metabolism/flux-file-node.ts";
import type { FluxBounds, FluxModel } from "../metabolism/flux-model.ts";
import { nodeFiles } from "../scenario/files-node.ts";

export interface FluxEdits {
  readonly knockout?: readonly string[];
  readonly "reaction-knockout"?: readonly string[];
  readonly bound?: readonly string[];
  readonly objective?: string;
}

export interface FluxInput {
  readonly model: FluxModel;
  readonly bounds: FluxBounds;
  /** Ids of reactions that knockouts close. */
  readonly shut: readonly string[];
}

/** A constraint-based model from a file: SBML with fbc, COBRA JSON or MAT, plain or gzipped. */
export async function readFluxModel(file: string): Promise<FluxModel> {
  return fluxModelFromFile(await nodeFiles.read(file), file);
}

/** The model with a command's edits. @throws CellweaveError with near names for what isn't in the model */
export async function readFluxInput(file: string, edits: FluxEdits): Promise<FluxInput> {
  const read = await readFluxModel(file);
  const model = edits.objective === undefined ? read : withObjective(read, edits.objective);
  const genes = (edits.knockout ?? []).map((gene) => geneAt(model, gene));
  const reactions = (edits["reaction-knockout"] ?? []).map((id) => reactionAt(model, id));
  const shut = [...new Set([...reactionsWithout(model, genes), ...reactions])];
  let bounds = model.bounds;
  for (const text of edits.bound ?? []) bounds = withBound(model, bounds, text);
  return { model, bounds: closed(bounds, shut), shut: shut.map((j) => model.reactions[j]?.id ?? "") };
}

function withBound(model: FluxModel, bounds: FluxBounds, text: string): FluxBounds {
  const [, id = "", lower = "", upper = ""] = /^([^=]+)=([^:]*):([^:]*)$/.exec(text) ?? [];
  const j = id === "" ? 0 : reactionAt(model, id);
  const lb = lower === "" ? (bounds.lower[j] ?? 0) : Number(lower);
  const ub = upper === "" ? (bounds.upper[j] ?? 0) : Number(upper);
  if (id !== "" && !Number.isNaN(lb) && !Number.isNaN(ub)) return bounded(model, bounds, id, lb, ub);
  throw new CellweaveError("cli/usage", `--bound: expected REACTION=LOWER:UPPER, got '${text}'`, {
    kind: "usage",
    hint: "for example --bound EX_o2_e=0:1000, or EX_o2_e=-5: to leave the upper bound",
  });
}
