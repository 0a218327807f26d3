import type { CellModule, Window } from "../../src/cell/module.ts";
import { OK } from "../../src/cell/status.ts";
import { parabola } from "../../src/cell/window.ts";
import { state } from "./toys.ts";

/**
 * Molecules made one by one at `birth` x signal and lost at `death` each, in 1/h: the direct method, thinned where the
 * signal changes inside the window.
 * @see Gillespie, doi:10.1021/j100540a008
 */
export function birthDeath(options: {
  id: string;
  owns: string;
  signal: string;
  birth: number;
  death: number;
  seed: number;
}): CellModule {
  const { id, owns, signal, birth, death } = options;
  let random = options.seed;
  let record: { t: number; n: number }[] = [];
  const uniform = (): number => {
    random = (random + 0x9e3779b9) | 0;
    let z = Math.imul(random ^ (random >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (((z ^ (z >>> 15)) >>> 0) + 0.5) / 2 ** 32;
  };
  const advance = ({ t0, t1, reads0, reads1, readsBend, start, owned }: Window) => {
    const [a = 0, b = 0, bend = 0] = [reads0[0], reads1[0], readsBend?.[0]];
    const most = birth * Math.max(a, b, (a + b) / 2 + Math.abs(bend) / 4);
    let [t, n] = [t0, start[0] ?? 0];
    record = [{ t, n }];
    for (;;) {
      const bound = most + death * n;
      t += bound > 0 ? -Math.log(uniform()) / bound : Number.POSITIVE_INFINITY;
      if (!(t < t1)) break;
      const pick = uniform() * bound;
      if (pick < death * n) n--;
      else if (pick - death * n < birth * parabola(a, b, bend, (t - t0) / (t1 - t0))) n++;
      record.push({ t, n });
    }
    owned[0] = n;
    return OK;
  };
  return {
    id,
    owns: [state(owns, 0, { unit: "1" })],
    reads: [signal],
    adds: [],
    stochastic: true,
    accepts: () => false,
    apply() {},
    evaluate: () => OK,
    advance,
    interpolate(t, owned) {
      owned[0] = record.findLast((entry) => entry.t <= t)?.n ?? owned[0] ?? 0;
    },
    snapshot: () => random,
    restore(snapshot) {
      random = snapshot as number;
    },
    dispose() {},
  };
}
