import { CellweaveError } from "../../errors.ts";
import { requireObjective } from "../balance/fba.ts";
import { geneAt, reactionAt } from "../model/edits.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { isAnswered } from "../mutants/answered.ts";
import { type Deletion, type DeletionScreen, namedStrain } from "../mutants/deletions.ts";
import type { Method } from "../mutants/methods.ts";
import type { RoomOptions } from "../mutants/room-options.ts";
import { doubleStrains, type Strain, singleStrains, type Targets } from "../mutants/strains.ts";
import { type DeletionJob, STATUSES, WIDTH } from "./job.ts";
import type { ScreenOutcome } from "./work.ts";

/** Which deletions a screen makes, and how the fluxes of a mutant are found. */
export interface DeletionPlan {
  readonly of: Targets;
  readonly method: Method;
  readonly bounds: FluxBounds;
  /** For ROOM. */
  readonly room?: RoomOptions;
  readonly pairs: boolean;
  /** All genes (reactions) of the model where absent. */
  readonly names?: readonly string[];
}

/**
 * The job of a deletion screen. Pairs are followed by their single deletions, which epistasis needs.
 * @throws CellweaveError for unknown names and ones that are given twice, for pairs of fewer than two, and without an objective
 */
export function deletionJob(model: FluxModel, { of, method, room, bounds, pairs, names }: DeletionPlan): DeletionJob {
  requireObjective(model);
  const singles = singleStrains(model, of, names);
  requireDifferent(model, of, names ?? []);
  if (pairs && new Set(singles.map(({ deleted }) => deleted[0])).size < 2)
    throw new CellweaveError("metabolism/pairs", `pairs need two different ${of}`, { kind: "usage" });
  const strains = pairs ? [...doubleStrains(model, of, names), ...singles] : singles;
  return { kind: "deletions", model, bounds, method, ...(room === undefined ? {} : { room }), strains };
}

/** @throws CellweaveError where two names mean the same gene (reaction) */
function requireDifferent(model: FluxModel, of: Targets, names: readonly string[]): void {
  const seen = new Map<number, string>();
  for (const name of names) {
    const at = of === "genes" ? geneAt(model, name) : reactionAt(model, name);
    const before = seen.get(at);
    seen.set(at, name);
    if (before === undefined) continue;
    const message = before === name ? `'${name}' is asked for twice` : `'${before}' and '${name}' are the same gene`;
    throw new CellweaveError("metabolism/twice", message, { kind: "usage", hint: "name each once" });
  }
}

/**
 * What a finished deletion screen found. Of pairs also the epistasis: relative growth of the pair less the product of
 * that of its single deletions; a strain without a flux distribution counts as not growing, one without an answer as NaN.
 * @see doi:10.1038/ng1489
 */
export function deletionScreen(
  { model, method, strains }: DeletionJob,
  { objective: wildType, rows }: Pick<ScreenOutcome, "objective" | "rows">,
): DeletionScreen & { readonly epistasis?: Float64Array } {
  const all = strains.map((strain, k): Deletion => {
    return { ...namedStrain(model, strain), ...answerIn(rows.subarray(k * WIDTH, (k + 1) * WIDTH), method) };
  });
  const deletions = all.filter(({ deleted }) => deleted.length === 2);
  if (deletions.length === 0) return { wildType, deletions: all };
  const relative = (one: Deletion) => (isAnswered(one) && Number.isNaN(one.objective) ? 0 : one.objective / wildType);
  const alone = new Map(all.flatMap((one) => (one.deleted.length === 1 ? [[one.deleted[0], relative(one)]] : [])));
  const product = ({ deleted }: Pick<Strain, "deleted">) =>
    deleted.reduce((whole, name) => whole * (alone.get(name) ?? Number.NaN), 1);
  const epistasis = Float64Array.from(deletions, (pair) => relative(pair) - product(pair));
  return { wildType, deletions, epistasis };
}

/** A strain's answer as a job's row has it. */
function answerIn(
  [code = -1, value = Number.NaN, most = 0]: Float64Array,
  method: Method,
): Omit<Deletion, "deleted" | "closed"> {
  const status = STATUSES[code] ?? "failed";
  if (method !== "room" || Number.isNaN(value)) return { status, objective: value };
  if (status === "optimal") return { status, objective: value, switches: [most, most] };
  return { status, objective: Number.NaN, switches: [value, most] };
}
