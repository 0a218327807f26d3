import type { SteadySystem } from "./system.ts";

/** A quantity that goes on changing where all that acts on others rests. */
export interface Accumulating {
  readonly id: string;
  /** Change per unit of time, of the amount for a species that reactions change. */
  readonly rate: number;
}

/**
 * The system without the states that nothing depends on, which are left where they are in `start`; totals that name
 * one of them are let go.
 * @param start shape [system.size]
 */
export function withoutSinks(system: SteadySystem, start: Float64Array): SteadySystem {
  const n = system.size;
  const left = new Set(system.sinks);
  const kept = system.states.map((_, i) => i).filter((i) => !left.has(i));
  const place = new Map(kept.map((i, k) => [i, k]));
  const [point, dy, full] = [start.slice(), new Float64Array(n), new Float64Array(n * n)];
  const spread = (y: Float64Array): Float64Array => {
    kept.forEach((i, k) => {
      point[i] = y[k] ?? 0;
    });
    return point;
  };
  return {
    size: kept.length,
    states: kept.map((i) => system.states[i] ?? 0),
    linear: system.linear,
    sinks: [],
    scale: Float64Array.from(kept, (i) => system.scale[i] ?? 1),
    positive: kept.map((i) => system.positive[i] === true),
    rhs(y, out) {
      system.rhs(spread(y), dy);
      kept.forEach((i, k) => {
        out[k] = dy[i] ?? 0;
      });
    },
    jacobian(y, matrix) {
      system.jacobian(spread(y), full);
      kept.forEach((i, r) => {
        kept.forEach((j, c) => {
          matrix[r * kept.length + c] = full[i * n + j] ?? 0;
        });
      });
    },
    invariants: system.invariants
      .filter(({ terms }) => terms.every(({ index }) => place.has(index)))
      .map(({ dependent, terms, total }) => ({
        dependent: place.get(dependent) ?? 0,
        terms: terms.map(({ index, weight }) => ({ index: place.get(index) ?? 0, weight })),
        total,
      })),
    totals: system.totals,
    [Symbol.dispose]: () => {},
  };
}
