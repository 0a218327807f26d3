import type { Edit } from "../../src/cell/edit.ts";
import type { CellModule, RateDeclaration, Window } from "../../src/cell/module.ts";
import { type ModuleStatus, OK } from "../../src/cell/status.ts";
import type { VariableDeclaration, VariableKind } from "../../src/cell/variable.ts";
import { rateAt, readsAt } from "../../src/cell/window.ts";

type Numbers = Readonly<Record<number, number>>;

export function state(id: string, initial: number, more: Partial<VariableDeclaration> = {}): VariableDeclaration {
  return { id, kind: "species", unit: "mmol/L", role: "state", initial, nominal: 1, ...more };
}

export function output(id: string, kind: VariableKind = "flux"): VariableDeclaration {
  return { id, kind, unit: "mmol/L/h", role: "output", initial: 0, nominal: 1 };
}

export interface ToyOde {
  readonly id: string;
  readonly owns: readonly VariableDeclaration[];
  readonly reads?: readonly string[];
  /** Right-hand side: fills dx from states x and reads r. */
  f(t: number, x: Float64Array, r: Float64Array, dx: Float64Array): void;
  /** Longest inner step, hours. */
  readonly inner?: number;
}

/** States by classical Runge-Kutta steps much finer than the window, with cubic dense output. */
export function odeModule(toy: ToyOde): CellModule {
  const n = toy.owns.length;
  const reads = toy.reads ?? [];
  const r = new Float64Array(reads.length);
  const knots: { t: number; x: Float64Array; dx: Float64Array }[] = [];
  const clamps = new Map<number, number>();

  const slope = (w: Window, t: number, z: Float64Array, dz: Float64Array): void => {
    readsAt(w, t, r);
    toy.f(t, z, r, dz);
    const s = (t - w.t0) / (w.t1 - w.t0);
    w.contributions.forEach((c, k) => {
      const rate = rateAt(c, s, z);
      dz[c.target] = (dz[c.target] ?? 0) + rate;
      dz[n + k] = rate;
    });
    for (const i of clamps.keys()) dz[i] = 0;
  };

  const advance = (w: Window): ModuleStatus => {
    const length = n + w.contributions.length;
    const count = Math.max(8, Math.ceil((w.t1 - w.t0) / (toy.inner ?? 0.01)));
    const h = (w.t1 - w.t0) / count;
    let z = new Float64Array(length);
    z.set(w.start);
    knots.length = 0;
    for (let step = 0; step <= count; step++) {
      const t = w.t0 + step * h;
      const k1 = new Float64Array(length);
      slope(w, t, z, k1);
      knots.push({ t, x: z.slice(0, n), dx: k1.slice(0, n) });
      if (step < count) z = rungeKutta(z, k1, t, h, (at, y, dy) => slope(w, at, y, dy));
    }
    w.owned.set(z.subarray(0, n));
    w.moved.set(z.subarray(n));
    return OK;
  };

  return {
    id: toy.id,
    owns: toy.owns,
    reads,
    adds: [],
    accepts: (edit) => edit.kind === "clamp" && toy.owns.some((v) => v.id === edit.variable),
    apply(edits) {
      clamps.clear();
      for (const edit of edits)
        if (edit.kind === "clamp")
          clamps.set(
            toy.owns.findIndex((v) => v.id === edit.variable),
            edit.value,
          );
    },
    evaluate: () => OK,
    advance,
    interpolate: (t, owned) => hermite(knots, t, owned),
    snapshot: () => null,
    restore() {},
    dispose() {},
  };
}

function rungeKutta(
  z: Float64Array,
  k1: Float64Array,
  t: number,
  h: number,
  f: (t: number, z: Float64Array, dz: Float64Array) => void,
): Float64Array<ArrayBuffer> {
  const at = (k: Float64Array, share: number) => z.map((v, i) => v + share * h * (k[i] ?? 0));
  const [k2, k3, k4] = [z.slice(), z.slice(), z.slice()];
  f(t + h / 2, at(k1, 0.5), k2);
  f(t + h / 2, at(k2, 0.5), k3);
  f(t + h, at(k3, 1), k4);
  return Float64Array.from(
    z,
    (v, i) => v + (h / 6) * ((k1[i] ?? 0) + 2 * (k2[i] ?? 0) + 2 * (k3[i] ?? 0) + (k4[i] ?? 0)),
  );
}

function hermite(knots: readonly { t: number; x: Float64Array; dx: Float64Array }[], t: number, out: Float64Array) {
  let k = 0;
  while (k + 2 < knots.length && t >= (knots[k + 1]?.t ?? 0)) k++;
  const a = knots[k];
  const b = knots[k + 1];
  if (a === undefined || b === undefined) return;
  const h = b.t - a.t;
  const s = (t - a.t) / h;
  for (let i = 0; i < a.x.length; i++) {
    const [x0, x1, d0, d1] = [a.x[i] ?? 0, b.x[i] ?? 0, (a.dx[i] ?? 0) * h, (b.dx[i] ?? 0) * h];
    const c = 3 * (x1 - x0) - 2 * d0 - d1;
    const d = 2 * (x0 - x1) + d0 + d1;
    out[i] = x0 + s * (d0 + s * (c + s * d));
  }
}

export interface ToyAlgebra {
  readonly id: string;
  readonly owns?: readonly VariableDeclaration[];
  readonly reads: readonly string[];
  readonly adds?: readonly RateDeclaration[];
  /** Outputs, rates and slopes from the reads. */
  f(at: { t: number; r: Numbers; out: Float64Array; rates: Float64Array; slopes: Float64Array }): void;
  regime?(t: number, r: Numbers): string;
  fails?(t: number, r: Numbers): ModuleStatus;
  accepts?(edit: Edit): boolean;
}

/** Outputs and rates as functions of what is read; nothing is integrated. */
export function algebraModule(toy: ToyAlgebra): CellModule {
  let regime = "";
  return {
    id: toy.id,
    owns: toy.owns ?? [],
    reads: toy.reads,
    adds: toy.adds ?? [],
    accepts: (edit) => toy.accepts?.(edit) ?? false,
    apply() {},
    evaluate({ t, reads, owned, rates, feedback }) {
      const status = toy.fails?.(t, reads) ?? OK;
      if (!status.ok) return status;
      toy.f({ t, r: reads, out: owned, rates, slopes: feedback });
      regime = toy.regime?.(t, reads) ?? "";
      return status;
    },
    advance: () => OK,
    interpolate() {},
    regime: () => regime,
    snapshot: () => null,
    restore() {},
    dispose() {},
  };
}

export interface ToyDrain {
  readonly id: string;
  readonly pool: string;
  /** Drain for the pool's value, mmol/L/h, and its derivative. */
  rate(c: number): number;
  slope(c: number): number;
}

/** Takes from a pool of another module by a law of its concentration, with feedback. */
export function drainModule(toy: ToyDrain): CellModule {
  return algebraModule({
    id: toy.id,
    reads: [toy.pool],
    adds: [{ target: toy.pool, feedback: [toy.pool] }],
    f({ r, rates, slopes }) {
      rates[0] = -toy.rate(r[0] ?? 0);
      slopes[0] = -toy.slope(r[0] ?? 0);
    },
  });
}
