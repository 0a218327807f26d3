import type { Rows } from "./design.ts";
import { effectsOf, type OnGraph } from "./graph-effects.ts";
import { type Kin, type KinCovariance, kinCovariance } from "./kin-covariance.ts";

/** Squared, as what is a little alike in a graph that may be wrong says little; chosen on simulated tables. */
const kin: Kin = (cosine) => 0.4 * Math.max(0, cosine) ** 2;

interface Fit {
  readonly covariance: KinCovariance;
  /** Weighed changes, shape [variables][used]. */
  readonly held: readonly Float64Array[];
}

const fits = new WeakMap<Rows, Fit>();

/**
 * A Gaussian process over interventions: like controls change alike, more so where what was done acts on the same
 * variables, and in one project; each variable with a slope on its control.
 * @param own where the rows are the context itself, each is predicted from the others
 * @returns changes in spreads, shape [count, variables]
 */
export function kinProcess(rows: Rows, context: OnGraph, own: boolean): Float64Array {
  const { covariance, held } = fits.get(context.rows) ?? fitted(context);
  const n = rows.variables;
  const out = new Float64Array(rows.count * n);
  if (own) {
    for (const [v, y] of changesOf(rows, covariance).entries()) {
      // Rasmussen and Williams 2006, section 5.4.2
      const precision = covariance.precision(v);
      for (const [a, r] of covariance.used.entries())
        out[r * n + v] = (y[a] ?? 0) - (held[v]?.[a] ?? 0) / (precision[a] ?? 1);
    }
    return out;
  }
  for (let r = 0; r < rows.count; r++)
    if (rows.perturbed[r] === 1) out.set(covariance.predict(rows, r, effectsOf(rows, r, context.edges), held), r * n);
  return out;
}

function fitted(context: OnGraph): Fit {
  const covariance = kinCovariance(context, kin);
  const held = changesOf(context.rows, covariance).map((change, v) => covariance.weigh(v, change));
  const fit = { covariance, held };
  fits.set(context.rows, fit);
  return fit;
}

/** Changes of each variable, shape [variables][used]. */
function changesOf({ value, variables: n }: Rows, covariance: KinCovariance): Float64Array[] {
  return Array.from({ length: n }, (_, v) => covariance.column(v, (r) => value[r * n + v] ?? 0));
}
