import { CellweaveError } from "../../errors.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { fluxWeights, matrixBuilder } from "../model/program.ts";

/** Sign of an uptake: -1 where the metabolite is a reactant (BiGG's way), 1 where it is a product. */
export function uptakeSign({ stoichiometry: { starts, values } }: FluxModel, j: number): number {
  return Math.sign(values[starts[j] ?? 0] ?? -1);
}

export function takesUp(model: FluxModel, j: number, flux: number): boolean {
  return flux * uptakeSign(model, j) > 0;
}

export function mayTakeUp(model: FluxModel, { lower, upper }: FluxBounds, j: number): boolean {
  return uptakeSign(model, j) < 0 ? (lower[j] ?? 0) < 0 : (upper[j] ?? 0) > 0;
}

/**
 * Columns v, then a count u for each import; rows S v = 0, objective, then uptake <= u (amounts) or
 * uptake <= bound u with u whole (fewest).
 */
export function mediumProgram(
  model: FluxModel,
  { lower, upper }: FluxBounds,
  imports: readonly number[],
  objective: number,
  fewest: boolean,
) {
  const n = model.reactions.length;
  const m = model.metabolites.length;
  const builder = matrixBuilder(m + 1 + imports.length);
  const slot = new Map(imports.map((j, k) => [j, k]));
  for (let j = 0; j < n; j++) {
    builder.column(model.stoichiometry, j);
    builder.entry(m, model.objective[j] ?? 0);
    const k = slot.get(j);
    if (k !== undefined) builder.entry(m + 1 + k, uptakeSign(model, j));
    builder.end();
  }
  imports.forEach((j, k) => {
    builder.entry(m + 1 + k, fewest ? -largestUptake(model, lower, upper, j) : -1);
    builder.end();
  });
  const count = imports.length;
  const weights = fluxWeights(model);
  const maximise = model.sense === "maximize";
  const rowLower = new Float64Array(m + 1 + count).fill(Number.NEGATIVE_INFINITY);
  rowLower.fill(0, 0, m);
  rowLower[m] = maximise ? objective : Number.NEGATIVE_INFINITY;
  const rowUpper = new Float64Array(m + 1 + count);
  rowUpper[m] = maximise ? Number.POSITIVE_INFINITY : objective;
  return {
    sense: "minimize",
    matrix: builder.matrix(),
    cost: Float64Array.of(...new Float64Array(n), ...imports.map((j) => weights[j] ?? 1)),
    lower: Float64Array.of(...lower, ...imports.map(() => 0)),
    upper: Float64Array.of(...upper, ...imports.map(() => (fewest ? 1 : Number.POSITIVE_INFINITY))),
    rowLower,
    rowUpper,
    ...(fewest ? { integer: Uint8Array.from({ length: n + count }, (_, c) => (c < n ? 0 : 1)) } : {}),
  } as const;
}

function largestUptake(model: FluxModel, lower: Float64Array, upper: Float64Array, j: number): number {
  const most = uptakeSign(model, j) < 0 ? -(lower[j] ?? 0) : (upper[j] ?? 0);
  if (Number.isFinite(most)) return most;
  throw new CellweaveError(
    "metabolism/medium",
    `uptake by '${model.reactions[j]?.id}' has no bound, so it can't be counted`,
    {
      hint: "give it a finite bound",
    },
  );
}
