import { solveDense } from "./affine-lu.ts";
import { continuousWeight, NODES, STAGES, WEIGHTS } from "./affine-radau.ts";

/** x' = A(t) x + b(t), where only some variables, the active ones, appear on the right. */
export interface AffineSystem {
  readonly size: number;
  /** Indices of the active variables, ascending. */
  readonly active: Int32Array;
  /**
   * The right-hand side at a time.
   * @param matrix filled: columns of A of the active variables, shape [size, active], row-major; comes as zeros
   * @param vector filled: b, shape [size]; comes as zeros
   */
  fill(t: number, matrix: Float64Array, vector: Float64Array): void;
}

export interface AffineOptions {
  readonly rtol: number;
  /** Shape [size], in the variables' units. */
  readonly atol: Float64Array;
  readonly maxSteps: number;
}

/** One accepted step: values at its start, and values and derivatives at its three nodes. */
export interface AffineStep {
  t: number;
  h: number;
  /** Shape [size]. */
  readonly start: Float64Array;
  /** Shape [3, size]. */
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

export interface AffineSolution {
  readonly steps: AffineStep[];
  /** Number of `steps` in use; the others are spare. */
  count: number;
}

export type AffineOutcome = "done" | "too-many-steps" | "not-finite";

export interface AffineSolver {
  /** Integrates from x0 at t0 to t1 into `solution`. */
  solve(system: AffineSystem, t0: number, t1: number, x0: Float64Array): AffineOutcome;
  readonly solution: AffineSolution;
}

const ORDER = 5;

/** Radau IIA steps whose error is measured against the same step in two halves; the halves are kept. */
export function affineSolver(size: number, options: AffineOptions): AffineSolver {
  const solution: AffineSolution = { steps: [], count: 0 };
  const whole = createStep(size);
  const state = new Float64Array(size);
  const room = createRoom(size);
  const slot = (k: number): AffineStep => {
    const found = solution.steps[k] ?? createStep(size);
    solution.steps[k] = found;
    return found;
  };
  const tryStep = (system: AffineSystem, t: number, h: number): number => {
    const first = slot(solution.count);
    const second = slot(solution.count + 1);
    if (!radauStep(system, t, h, state, whole, room)) return Number.POSITIVE_INFINITY;
    if (!radauStep(system, t, h / 2, state, first, room)) return Number.POSITIVE_INFINITY;
    stepEnd(first, second.start);
    if (!radauStep(system, t + h / 2, h / 2, second.start, second, room)) return Number.POSITIVE_INFINITY;
    return distance(size, whole, second, options) / (2 ** ORDER - 1);
  };
  const solve = (system: AffineSystem, t0: number, t1: number, x0: Float64Array): AffineOutcome => {
    solution.count = 0;
    state.set(x0);
    let t = t0;
    let h = t1 - t0;
    for (let attempts = 0; attempts < options.maxSteps; attempts++) {
      const last = t + h >= t1 - 1e-12 * (t1 - t0);
      const error = tryStep(system, t, last ? t1 - t : h);
      if (error <= 1) {
        const second = slot(solution.count + 1);
        solution.count += 2;
        if (last) return "done";
        stepEnd(second, state);
        t += h;
      } else if (h < 1e-14 * Math.max(Math.abs(t), t1 - t0)) return "not-finite";
      h *= Math.min(5, Math.max(0.2, 0.9 * error ** (-1 / (ORDER + 1))));
    }
    return "too-many-steps";
  };
  return { solve, solution };
}

/** Values at a time within the solution; fills `out`, shape [size]. */
export function affineAt(solution: AffineSolution, t: number, out: Float64Array): void {
  let k = 0;
  while (k + 1 < solution.count && t >= (solution.steps[k + 1]?.t ?? 0)) k++;
  const step = solution.steps[k];
  if (step === undefined) return;
  const theta = (t - step.t) / step.h;
  combine(step, continuousWeight(0, theta), continuousWeight(1, theta), continuousWeight(2, theta), out);
}

function stepEnd(step: AffineStep, out: Float64Array): void {
  combine(step, WEIGHTS[0] ?? 0, WEIGHTS[1] ?? 0, WEIGHTS[2] ?? 0, out);
}

function combine({ start, slopes, h }: AffineStep, w0: number, w1: number, w2: number, out: Float64Array): void {
  const n = start.length;
  for (let i = 0; i < n; i++)
    out[i] = (start[i] ?? 0) + h * (w0 * (slopes[i] ?? 0) + w1 * (slopes[n + i] ?? 0) + w2 * (slopes[2 * n + i] ?? 0));
}

interface Room {
  /** A and b at the three nodes. */
  readonly matrices: Float64Array[];
  readonly vectors: Float64Array[];
  /** The linear system of the stages. */
  readonly stage: Float64Array;
  readonly right: Float64Array;
}

function createRoom(size: number): Room {
  const three = (length: number) => [0, 1, 2].map(() => new Float64Array(length));
  return {
    matrices: three(size * size),
    vectors: three(size),
    stage: new Float64Array(9 * size * size),
    right: new Float64Array(3 * size),
  };
}

function createStep(size: number): AffineStep {
  const vector = (length: number) => new Float64Array(length);
  return { t: 0, h: 0, start: vector(size), values: vector(3 * size), slopes: vector(3 * size) };
}

function radauStep(system: AffineSystem, t: number, h: number, x: Float64Array, step: AffineStep, room: Room): boolean {
  step.t = t;
  step.h = h;
  if (x !== step.start) step.start.set(x);
  const width = system.active.length;
  for (let i = 0; i < 3; i++) {
    const matrix = room.matrices[i];
    const vector = room.vectors[i];
    if (matrix === undefined || vector === undefined) return false;
    matrix.fill(0, 0, system.size * width);
    vector.fill(0);
    system.fill(t + h * (NODES[i] ?? 0), matrix, vector);
  }
  assemble(system, h, step.start, room);
  if (!solveDense(room.stage, room.right, 3 * width)) return false;
  return finish(system, h, step, room);
}

/** (I - h a_ij A_j) X_j = x0 + h a_ij b_j over the active variables. */
function assemble({ active }: AffineSystem, h: number, x: Float64Array, { matrices, vectors, stage, right }: Room) {
  const m = active.length;
  for (let i = 0; i < 3; i++) {
    for (let p = 0; p < m; p++) {
      const row = i * m + p;
      const variable = active[p] ?? 0;
      let value = x[variable] ?? 0;
      for (let j = 0; j < 3; j++) {
        const scale = h * (STAGES[3 * i + j] ?? 0);
        value += scale * (vectors[j]?.[variable] ?? 0);
        for (let q = 0; q < m; q++)
          stage[row * 3 * m + j * m + q] =
            (i === j && p === q ? 1 : 0) - scale * (matrices[j]?.[variable * m + q] ?? 0);
      }
      right[row] = value;
    }
  }
}

/** Derivatives of all variables at the nodes, and values: solved for the active, integrated for the others. */
function finish({ size, active }: AffineSystem, h: number, step: AffineStep, room: Room): boolean {
  const m = active.length;
  for (let j = 0; j < 3; j++) {
    for (let i = 0; i < size; i++) {
      let slope = room.vectors[j]?.[i] ?? 0;
      for (let q = 0; q < m; q++) slope += (room.matrices[j]?.[i * m + q] ?? 0) * (room.right[j * m + q] ?? 0);
      if (!Number.isFinite(slope)) return false;
      step.slopes[j * size + i] = slope;
    }
  }
  for (let j = 0; j < 3; j++) {
    for (let i = 0; i < size; i++) {
      let value = step.start[i] ?? 0;
      for (let k = 0; k < 3; k++) value += h * (STAGES[3 * j + k] ?? 0) * (step.slopes[k * size + i] ?? 0);
      step.values[j * size + i] = value;
    }
    for (let q = 0; q < m; q++) step.values[j * size + (active[q] ?? 0)] = room.right[j * m + q] ?? 0;
  }
  return true;
}

/** Largest weighted difference at the end of the same step done once and in halves. */
function distance(size: number, whole: AffineStep, half: AffineStep, options: AffineOptions): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const x = half.values[2 * size + i] ?? 0;
    const weight = (options.atol[i] ?? 0) + options.rtol * Math.max(Math.abs(x), Math.abs(half.start[i] ?? 0));
    largest = Math.max(largest, Math.abs(x - (whole.values[2 * size + i] ?? 0)) / weight);
  }
  return largest;
}
