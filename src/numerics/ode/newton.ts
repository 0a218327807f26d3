/** Residuals of a small system, computed from the unknowns in a memory that both live in. */
export interface ResidualSystem {
  /** The memory; asked for anew at every solve. */
  memory(): Float64Array;
  /** Slots of the unknowns, shape [n]. */
  readonly unknowns: readonly number[];
  /** Slots of the residuals, shape [n]. */
  readonly residuals: readonly number[];
  /** Computes the residuals from the unknowns. */
  compute(): void;
}

const ITERATIONS = 50;

/**
 * A Newton solver with difference quotients for a small dense system; it starts from the unknowns in memory and
 * leaves the solution there. Nothing is allocated when it runs.
 * @returns a function that says whether it converged
 */
export function newtonSolver(system: ResidualSystem): () => boolean {
  const { unknowns, residuals } = system;
  const n = unknowns.length;
  const matrix = new Float64Array(n * (n + 1));
  return () => {
    const values = system.memory();
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      system.compute();
      for (let i = 0; i < n; i++) matrix[i * (n + 1) + n] = -(values[residuals[i] ?? 0] ?? 0);
      if (!fillJacobian(system, values, matrix) || !eliminate(matrix, n)) return false;
      let small = true;
      for (let j = 0; j < n; j++) {
        const slot = unknowns[j] ?? 0;
        const step = matrix[j * (n + 1) + n] ?? 0;
        values[slot] = (values[slot] ?? 0) + step;
        if (!(Math.abs(step) <= 1e-13 * Math.abs(values[slot] ?? 0) + 1e-300)) small = false;
      }
      if (small) break;
    }
    system.compute();
    return unknowns.every((slot) => Number.isFinite(values[slot]));
  };
}

function fillJacobian(
  { unknowns, residuals, compute }: ResidualSystem,
  values: Float64Array,
  matrix: Float64Array,
): boolean {
  const n = unknowns.length;
  for (let j = 0; j < n; j++) {
    const slot = unknowns[j] ?? 0;
    const at = values[slot] ?? 0;
    const h = 1e-6 * Math.max(Math.abs(at), 1e-3);
    values[slot] = at + h;
    compute();
    for (let i = 0; i < n; i++) {
      const base = -(matrix[i * (n + 1) + n] ?? 0);
      matrix[i * (n + 1) + j] = ((values[residuals[i] ?? 0] ?? 0) - base) / h;
    }
    values[slot] = at;
  }
  return matrix.every((v) => Number.isFinite(v));
}

/** Gauss-Jordan with partial pivoting on [A | b]; the solution ends in the last column. */
function eliminate(matrix: Float64Array, n: number): boolean {
  const width = n + 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++)
      if (Math.abs(matrix[i * width + k] ?? 0) > Math.abs(matrix[pivot * width + k] ?? 0)) pivot = i;
    const head = matrix[pivot * width + k] ?? 0;
    if (head === 0) return false;
    for (let c = 0; c < width; c++) {
      const upper = matrix[k * width + c] ?? 0;
      matrix[k * width + c] = (matrix[pivot * width + c] ?? 0) / head;
      if (pivot !== k) matrix[pivot * width + c] = upper;
    }
    for (let i = 0; i < n; i++) {
      const factor = matrix[i * width + k] ?? 0;
      if (i === k || factor === 0) continue;
      for (let c = k; c < width; c++)
        matrix[i * width + c] = (matrix[i * width + c] ?? 0) - factor * (matrix[k * width + c] ?? 0);
    }
  }
  return true;
}
