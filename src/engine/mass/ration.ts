import type { CellModule, Instant } from "../../cell/module.ts";

/** Who goes short when a pool runs out. */
export interface Allocation {
  /** Id of the pool, for example `pool:glc__D_e`. */
  readonly pool: string;
  /** Ids of the modules that draw on it, the most urgent tier first; within a tier all go short alike. */
  readonly tiers: readonly (readonly string[])[];
  /** Concentration at which the last tier gets half of its demand, in the pool's unit. */
  readonly half: number;
}

/** Each tier goes on to a concentration this much smaller than the next. */
const BETWEEN_TIERS = 1e-4;

/**
 * Modules that share scarce pools by demand: all rates of a module are scaled by x / (x + half), so that it takes, makes
 * and grows less in one proportion, and the pool never falls below zero. The scaling is told to the pool's owner as
 * feedback and integrated with the pool: nothing is lost, nothing appears.
 *
 * Every target of a rationed module has to belong to the owner of the pool.
 * @see Burchard, Deleersnijder, Meister, doi:10.1016/S0168-9274(03)00101-6 (the idea of Patankar schemes)
 */
export function rationed(modules: readonly CellModule[], allocations: readonly Allocation[]): CellModule[] {
  return modules.map((module) => {
    const scales = allocations.flatMap(({ pool, tiers, half }) => {
      const tier = tiers.findIndex((ids) => ids.includes(module.id));
      return tier < 0 ? [] : [{ pool, half: half * BETWEEN_TIERS ** (tiers.length - 1 - tier) }];
    });
    return scales.length === 0 ? module : ration(module, scales);
  });
}

interface Scale {
  readonly pool: string;
  readonly half: number;
}

function ration(module: CellModule, scales: readonly Scale[]): CellModule {
  const own = module.reads.length;
  const pools = scales.map(({ pool }) => pool);
  const adds = module.adds.map((add) => ({ ...add, feedback: [...new Set([...add.feedback, ...pools])] }));
  const inner = {
    reads: new Float64Array(own),
    slopes: new Float64Array(module.adds.reduce((sum, add) => sum + add.feedback.length, 0)),
  };
  const scale = ({ reads, rates, feedback }: Instant): void => {
    const factors = scales.map(({ half }, p) => share(reads[own + p] ?? 0, half));
    const all = factors.reduce((product, factor) => product * factor, 1);
    let [from, to] = [0, 0];
    module.adds.forEach((add, a) => {
      const rate = rates[a] ?? 0;
      const width = adds[a]?.feedback.length ?? 0;
      for (let j = 0; j < width; j++)
        feedback[to + j] = j < add.feedback.length ? all * (inner.slopes[from + j] ?? 0) : 0;
      scales.forEach(({ pool, half }, p) => {
        const at = to + (adds[a]?.feedback.indexOf(pool) ?? 0);
        const others = factors.reduce((product, factor, q) => (q === p ? product : product * factor), 1);
        feedback[at] = (feedback[at] ?? 0) + rate * others * steepness(reads[own + p] ?? 0, half);
      });
      rates[a] = all * rate;
      from += add.feedback.length;
      to += width;
    });
  };
  return {
    ...module,
    reads: [...module.reads, ...pools],
    adds,
    evaluate(instant) {
      inner.reads.set(instant.reads.subarray(0, own));
      const status = module.evaluate({ ...instant, reads: inner.reads, feedback: inner.slopes });
      if (!("then" in status)) {
        if (status.ok) scale(instant);
        return status;
      }
      return status.then((settled) => {
        if (settled.ok) scale(instant);
        return settled;
      });
    },
    advance: (window) =>
      module.advance({
        ...window,
        reads0: window.reads0.subarray(0, own),
        reads1: window.reads1.subarray(0, own),
        ...(window.readsBend === undefined ? {} : { readsBend: window.readsBend.subarray(0, own) }),
      }),
  };
}

/** Share of its demand that a module gets at concentration x. */
function share(x: number, half: number): number {
  return x > 0 ? x / (x + half) : 0;
}

/** Derivative of the share; below zero the one at zero. */
function steepness(x: number, half: number): number {
  const above = Math.max(x, 0) + half;
  return half / (above * above);
}
