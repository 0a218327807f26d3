import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";

/** Which cell variable tells the level of an effector. */
export interface EffectorSource {
  /** Name of the effector among the regulator's inputs. */
  readonly effector: string;
  /** Id of a cell variable, for example `species:cAMP`. */
  readonly variable: string;
  /** The variable's value in the reference state, in its unit; positive. */
  readonly reference: number;
  /** Added to value and reference before the logarithm, in the variable's unit; default a 256th of the reference. */
  readonly floor?: number;
}

/** Fills log2 levels relative to the reference and the mask of what is known. */
export interface EffectorReader {
  readonly variables: readonly string[];
  /** Shape [effectors]; constant. */
  readonly known: Float64Array;
  /** @param values of `variables`, same order; fills `out`, shape [effectors] */
  fill(values: Float64Array, out: Float64Array): void;
}

/**
 * Effector levels from cell variables: log2((value + floor) / (reference + floor)), smooth and finite at zero.
 * Effectors without a source stay masked.
 * @throws CellweaveError `regulation/effector` for an unknown name, a repeated one or a reference that isn't positive
 */
export function effectorReader(sources: readonly EffectorSource[], effectors: readonly string[]): EffectorReader {
  const positions = sources.map(({ effector, reference }, i) => {
    const position = effectors.indexOf(effector);
    const hint = didYouMean(effector, effectors) ?? `the effectors are ${effectors.join(", ")}`;
    if (position < 0)
      throw new CellweaveError("regulation/effector", `the regulator has no effector '${effector}'`, { hint });
    if (sources.findIndex((other) => other.effector === effector) !== i)
      throw new CellweaveError("regulation/effector", `effector '${effector}' has two variables`);
    if (!(reference > 0))
      throw new CellweaveError("regulation/effector", `effector '${effector}': reference ${reference} is not positive`);
    return position;
  });
  const known = new Float64Array(effectors.length);
  for (const position of positions) known[position] = 1;
  return {
    variables: sources.map(({ variable }) => variable),
    known,
    fill(values, out) {
      out.fill(0);
      for (let i = 0; i < positions.length; i++) {
        const { reference = 1, floor = reference / 256 } = sources[i] ?? {};
        const value = Math.max(values[i] ?? 0, 0);
        out[positions[i] ?? 0] = Math.log2((value + floor) / (reference + floor));
      }
    },
  };
}
