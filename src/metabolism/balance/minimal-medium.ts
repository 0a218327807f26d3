import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpRuntime } from "../../numerics/programs/lp.ts";
import { copyBounds, type FluxBounds, type FluxModel, requireContinuous } from "../model/flux-model.ts";
import { withSums } from "../model/program.ts";
import { requireObjective } from "./fba.ts";
import { mayTakeUp, mediumProgram, takesUp, uptakeSign } from "./medium-program.ts";

export interface MinimalMediumOptions {
  /** Bounds that say what may be taken up, and how much; the model's where absent. */
  readonly bounds?: FluxBounds;
  /** Least value of the objective; 0.1 where absent. */
  readonly objective?: number;
  /** The fewest nutrients, then of these the least total uptake. */
  readonly fewest?: boolean;
}

/** Uptake of each nutrient of a medium, mmol gDW^-1 h^-1, by exchange id; undefined where the objective can't be met. */
export type Medium = ReadonlyMap<string, number>;

const NOTHING = 1e-7;
const NOT_COUNTED = "its program takes every column for continuous";

/**
 * The least medium on which the objective reaches a value: least total uptake, or fewest nutrients; between
 * equals, reaction ids decide.
 * @throws CellweaveError for a model without an objective, and where an uptake that may have to be counted has no finite bound
 */
export async function minimalMedium(
  model: FluxModel,
  { fewest = false, ...options }: MinimalMediumOptions = {},
): Promise<Medium | undefined> {
  if (fewest) return (await fewestNutrients(model, 1, options))[0];
  requireObjective(model);
  requireContinuous(model, "a minimal medium", NOT_COUNTED);
  const { bounds = model.bounds, objective = 0.1 } = options;
  return leastMedium(await loadLp(), model, bounds, objective, []);
}

/**
 * Media of the fewest nutrients on which the objective reaches a value: all sets of that number, up to `count`, each with
 * its least total uptake.
 * @returns none where the objective can't be met
 * @throws CellweaveError as `minimalMedium`
 */
export async function fewestNutrients(
  model: FluxModel,
  count: number,
  { bounds = model.bounds, objective = 0.1 }: Omit<MinimalMediumOptions, "fewest"> = {},
): Promise<Medium[]> {
  requireObjective(model);
  requireContinuous(model, "a medium of fewest nutrients", NOT_COUNTED);
  const runtime = await loadLp();
  const imports = importsOf(model, bounds);
  const found: number[][] = [];
  const media: Medium[] = [];
  while (media.length < count) {
    const set = fewestSet(runtime, model, bounds, imports, objective, found);
    if (set === undefined || set.length > (found[0]?.length ?? Number.POSITIVE_INFINITY)) break;
    const others = imports.filter((j) => !set.includes(j));
    const medium = leastMedium(runtime, model, bounds, objective, others);
    if (medium === undefined)
      throw new CellweaveError("metabolism/medium", "the search for nutrients failed", { kind: "solver" });
    found.push(set);
    media.push(medium);
  }
  return media;
}

function importsOf(model: FluxModel, bounds: FluxBounds): number[] {
  return model.reactions.flatMap(({ boundary }, j) => (boundary && mayTakeUp(model, bounds, j) ? [j] : []));
}

/** The least total uptake while some exchanges take up nothing. */
function leastMedium(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  objective: number,
  closed: readonly number[],
): Medium | undefined {
  const { lower, upper } = copyBounds(bounds);
  for (const j of closed) {
    if (uptakeSign(model, j) < 0) lower[j] = 0;
    else upper[j] = 0;
  }
  const imports = importsOf(model, { lower, upper });
  const session = runtime.open(mediumProgram(model, { lower, upper }, imports, objective, false));
  try {
    if (session.solve() !== "optimal") return undefined;
    const { values } = session.point();
    const taken = imports.flatMap((j) => {
      const uptake = Math.abs(values[j] ?? 0);
      return takesUp(model, j, values[j] ?? 0) && uptake > NOTHING
        ? [[model.reactions[j]?.id ?? "", uptake] as const]
        : [];
    });
    return new Map(taken);
  } finally {
    session.dispose();
  }
}

/** Indices of the fewest exchanges that suffice, none of the sets before among them; undefined where there is none. */
function fewestSet(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  imports: readonly number[],
  objective: number,
  before: readonly (readonly number[])[],
): number[] | undefined {
  const program = mediumProgram(model, bounds, imports, objective, true);
  const n = model.reactions.length;
  const sets = before.map((set) => set.map((j) => n + imports.indexOf(j)));
  const session = runtime.open({
    ...program,
    matrix: withSums(program.matrix, sets),
    rowLower: Float64Array.of(...program.rowLower, ...before.map(() => Number.NEGATIVE_INFINITY)),
    rowUpper: Float64Array.of(...program.rowUpper, ...before.map((set) => set.length - 1)),
  });
  try {
    if (session.solve() !== "optimal") return undefined;
    const { values } = session.point();
    return imports.filter((_, k) => (values[n + k] ?? 0) > 0.5);
  } finally {
    session.dispose();
  }
}
