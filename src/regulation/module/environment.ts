import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";

/** A feature of the environment that a pool stands for: saturating, c^n / (half^n + c^n). */
export interface PoolFeature {
  /** Name of the feature among the regulator's inputs. */
  readonly feature: string;
  /** Id of a cell variable, for example `pool:glc__D_e`. */
  readonly pool: string;
  /** Where the feature is half there, in the pool's unit; positive. */
  readonly half: number;
  /** Steepness n; default 1. */
  readonly exponent?: number;
}

export interface EnvironmentSources {
  /**
   * Sources that exclude each other, the preferred first: each counts by its own saturation times what those before it
   * leave, as cells use a preferred carbon source first.
   */
  readonly preference?: readonly PoolFeature[];
  /** Features of their own, for example oxygen. */
  readonly features?: readonly PoolFeature[];
}

/** Fills the difference of the environment from the reference condition. */
export interface EnvironmentReader {
  readonly variables: readonly string[];
  /** @param values of `variables`, same order; fills `out`, shape [environment] */
  fill(values: Float64Array, out: Float64Array): void;
}

/**
 * Environment features from cell pools; features without a pool stay at the reference.
 * @param names the regulator's environment features
 * @param reference their values in the reference condition, shape [environment]
 * @throws CellweaveError `regulation/environment` for an unknown or repeated feature or a `half` that isn't positive
 */
export function environmentReader(
  { preference = [], features = [] }: EnvironmentSources,
  names: readonly string[],
  reference: Float64Array,
): EnvironmentReader {
  const all = [...preference, ...features];
  const positions = all.map((source, i) => positionOf(source, all.indexOf(source) === i, all, names));
  return {
    variables: all.map(({ pool }) => pool),
    fill(values, out) {
      out.fill(0);
      let left = 1;
      for (let i = 0; i < all.length; i++) {
        const source = all[i];
        const position = positions[i] ?? 0;
        if (source === undefined) continue;
        const saturation = saturationOf(source, values[i] ?? 0);
        const preferred = i < preference.length;
        out[position] = saturation * (preferred ? left : 1) - (reference[position] ?? 0);
        if (preferred) left *= 1 - saturation;
      }
    },
  };
}

function saturationOf({ half, exponent = 1 }: PoolFeature, value: number): number {
  const x = (Math.max(value, 0) / half) ** exponent;
  return x / (1 + x);
}

function positionOf(
  { feature, half }: PoolFeature,
  first: boolean,
  all: readonly PoolFeature[],
  names: readonly string[],
): number {
  const position = names.indexOf(feature);
  const hint = didYouMean(feature, names) ?? `the features are ${names.join(", ")}`;
  if (position < 0)
    throw new CellweaveError("regulation/environment", `the regulator has no environment feature '${feature}'`, {
      hint,
    });
  if (!first || all.filter((other) => other.feature === feature).length > 1)
    throw new CellweaveError("regulation/environment", `environment feature '${feature}' has two pools`);
  if (!(half > 0)) throw new CellweaveError("regulation/environment", `'${feature}': half ${half} is not positive`);
  return position;
}
