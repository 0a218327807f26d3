import { CellweaveError } from "../../errors.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { type Deletion, singleDeletions } from "./deletions.ts";
import type { Targets } from "./strains.ts";

export interface EssentialOptions {
  readonly bounds?: FluxBounds;
  /** Objective below which a strain counts as not viable; 1 % of the wild type's where absent. */
  readonly threshold?: number;
  readonly onProgress?: (done: number) => void;
}

export interface Essential {
  /** Objective of the wild type. */
  readonly wildType: number;
  readonly threshold: number;
  /** How many were asked about. */
  readonly asked: number;
  /** The deletions without which the objective stays below the threshold, or no flux distribution is left. */
  readonly deletions: readonly Deletion[];
}

/** Share of the wild type's objective below which a strain is not viable. */
const VIABLE = 0.01;

/**
 * Essential genes, or reactions, of a model by FBA.
 * @throws CellweaveError where the wild type has no flux distribution, or the model minimises its objective
 */
export async function essential(
  model: FluxModel,
  of: Targets,
  { bounds = model.bounds, threshold, onProgress }: EssentialOptions = {},
): Promise<Essential> {
  if (model.sense === "minimize")
    throw new CellweaveError("metabolism/essential", `model '${model.id}' minimises its objective`, {
      hint: "what is essential is asked of an objective that is maximised, such as growth: --objective",
    });
  const options = { of, bounds, ...(onProgress === undefined ? {} : { onProgress }) };
  const { wildType, deletions } = await singleDeletions(model, undefined, options);
  const least = threshold ?? VIABLE * wildType;
  const lacking = deletions.filter(
    ({ status, objective }) => status === "infeasible" || (status === "optimal" && objective < least),
  );
  return { wildType, threshold: least, asked: deletions.length, deletions: lacking };
}
