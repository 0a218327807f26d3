import type { Matrix } from "./linalg.ts";

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

const RADIX = 2;
const ITERATIONS = 60;

/**
 * Eigenvalues of a real square matrix: balanced, brought to Hessenberg form, then Francis' double-shift QR steps.
 * @returns shape [n], largest real part first; undefined where the iteration does not converge
 * @see Golub, Van Loan: Matrix Computations, section 7.5; Wilkinson, Reinsch: Handbook for Automatic Computation II
 */
export function eigenvalues(matrix: Matrix): Complex[] | undefined {
  const n = matrix.rows;
  const h = Float64Array.from(matrix.data);
  if (!h.every(Number.isFinite)) return undefined;
  balance(h, n);
  toHessenberg(h, n);
  const found = francis(h, n);
  return found?.sort((a, b) => b.re - a.re || b.im - a.im);
}

/** Scales rows and columns by powers of two to like norms: exact, and eigenvalues stay what they are. */
function balance(a: Float64Array, n: number): void {
  for (let settled = false; !settled; ) {
    settled = true;
    for (let i = 0; i < n; i++) {
      let [column, row] = [0, 0];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        column += Math.abs(a[j * n + i] ?? 0);
        row += Math.abs(a[i * n + j] ?? 0);
      }
      if (column === 0 || row === 0) continue;
      const factor = RADIX ** Math.round(Math.log2(row / column) / 2);
      if (column * factor + row / factor >= 0.95 * (column + row)) continue;
      settled = false;
      for (let j = 0; j < n; j++) a[i * n + j] = (a[i * n + j] ?? 0) / factor;
      for (let j = 0; j < n; j++) a[j * n + i] = (a[j * n + i] ?? 0) * factor;
    }
  }
}

/** Similarity by Gaussian elimination with pivoting: zeros below the subdiagonal. */
function toHessenberg(a: Float64Array, n: number): void {
  const factors = new Float64Array(n);
  for (let k = 1; k < n - 1; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++)
      if (Math.abs(a[i * n + k - 1] ?? 0) > Math.abs(a[pivot * n + k - 1] ?? 0)) pivot = i;
    const head = a[pivot * n + k - 1] ?? 0;
    if (head === 0) continue;
    if (pivot !== k) exchange(a, n, pivot, k);
    for (let i = k + 1; i < n; i++) {
      const factor = (a[i * n + k - 1] ?? 0) / head;
      factors[i] = factor;
      if (factor !== 0)
        for (let j = k - 1; j < n; j++) a[i * n + j] = (a[i * n + j] ?? 0) - factor * (a[k * n + j] ?? 0);
    }
    for (let row = 0; row < n * n; row += n) {
      let sum = a[row + k] ?? 0;
      for (let i = k + 1; i < n; i++) sum += (factors[i] ?? 0) * (a[row + i] ?? 0);
      a[row + k] = sum;
    }
  }
  for (let i = 2; i < n; i++) for (let j = 0; j < i - 1; j++) a[i * n + j] = 0;
}

function exchange(a: Float64Array, n: number, p: number, q: number): void {
  for (let j = 0; j < n; j++) [a[p * n + j], a[q * n + j]] = [a[q * n + j] ?? 0, a[p * n + j] ?? 0];
  for (let j = 0; j < n; j++) [a[j * n + p], a[j * n + q]] = [a[j * n + q] ?? 0, a[j * n + p] ?? 0];
}

/** Deflates eigenvalues from the end, one or a pair at a time. */
function francis(h: Float64Array, n: number): Complex[] | undefined {
  const out: Complex[] = [];
  const at = (i: number, j: number): number => h[i * n + j] ?? 0;
  let scale = 0;
  for (const value of h) scale = Math.max(scale, Math.abs(value));
  let end = n - 1;
  let iterations = 0;
  while (end >= 0) {
    const start = blockStart(h, n, end, scale);
    if (start === end) {
      out.push({ re: at(end, end), im: 0 });
      end -= 1;
      iterations = 0;
    } else if (start === end - 1) {
      out.push(...pair(at(end - 1, end - 1), at(end - 1, end), at(end, end - 1), at(end, end)));
      end -= 2;
      iterations = 0;
    } else if (iterations++ === ITERATIONS) return undefined;
    else doubleStep(h, n, start, end, iterations % 10 === 0);
  }
  return out;
}

/** First row of the block that ends at `end`: the entry before it counts as zero. */
function blockStart(h: Float64Array, n: number, end: number, scale: number): number {
  for (let i = end; i > 0; i--) {
    const around = Math.abs(h[(i - 1) * n + i - 1] ?? 0) + Math.abs(h[i * n + i] ?? 0);
    if (Math.abs(h[i * n + i - 1] ?? 0) <= Number.EPSILON * (around === 0 ? scale : around)) {
      h[i * n + i - 1] = 0;
      return i;
    }
  }
  return 0;
}

/** Eigenvalues of [[a, b], [c, d]], the larger root first so that the smaller is free of cancellation. */
function pair(a: number, b: number, c: number, d: number): Complex[] {
  const half = (a - d) / 2;
  const square = half * half + b * c;
  const middle = (a + d) / 2;
  if (square < 0) return [1, -1].map((sign) => ({ re: middle, im: sign * Math.sqrt(-square) }));
  const large = half + Math.sign(half || 1) * Math.sqrt(square);
  return [
    { re: d + large, im: 0 },
    { re: large === 0 ? d : d - (b * c) / large, im: 0 },
  ];
}

/** One implicit QR step with both eigenvalues of the last 2 x 2 block as shifts, or with others to break a stall. */
function doubleStep(h: Float64Array, n: number, start: number, end: number, exceptional: boolean): void {
  const at = (i: number, j: number): number => h[i * n + j] ?? 0;
  const stall = Math.abs(at(end, end - 1)) + Math.abs(at(end - 1, end - 2));
  const trace = exceptional ? 1.5 * stall : at(end - 1, end - 1) + at(end, end);
  const determinant = exceptional
    ? stall * stall
    : at(end - 1, end - 1) * at(end, end) - at(end - 1, end) * at(end, end - 1);
  const below = at(start + 1, start);
  let x = at(start, start) ** 2 + at(start, start + 1) * below - trace * at(start, start) + determinant;
  let y = below * (at(start, start) + at(start + 1, start + 1) - trace);
  let z = below * at(start + 2, start + 1);
  for (let k = start; k < end; k++) {
    reflect(h, n, k, start, end, x, y, k < end - 1 ? z : 0);
    x = at(k + 1, k);
    y = k + 2 <= end ? at(k + 2, k) : 0;
    z = k + 3 <= end ? at(k + 3, k) : 0;
  }
  for (let i = start + 2; i <= end; i++) {
    h[i * n + i - 2] = 0;
    if (i > start + 2) h[i * n + i - 3] = 0;
  }
}

/**
 * Householder's reflection that sends (x, y, z) to the first axis, applied from both sides to rows k, k + 1 and k + 2 of
 * the block from `start` to `end`; what is beside the block has no part in its eigenvalues.
 */
function reflect(
  h: Float64Array,
  n: number,
  k: number,
  start: number,
  end: number,
  x: number,
  y: number,
  z: number,
): void {
  const length = Math.hypot(x, y, z);
  if (length === 0) return;
  const head = x > 0 ? x + length : x - length;
  const beta = 2 / (head * head + y * y + z * z);
  const [first, second] = [k * n, (k + 1) * n];
  const third = k + 2 <= end ? second + n : second;
  for (let j = Math.max(start, k - 1); j <= end; j++) {
    const [a, b, c] = [h[first + j] ?? 0, h[second + j] ?? 0, h[third + j] ?? 0];
    const sum = beta * (head * a + y * b + z * c);
    h[third + j] = c - sum * z;
    h[second + j] = b - sum * y;
    h[first + j] = a - sum * head;
  }
  const offset = third === second ? 1 : 2;
  for (let i = start; i <= Math.min(end, k + 3); i++) {
    const at = i * n + k;
    const [a, b, c] = [h[at] ?? 0, h[at + 1] ?? 0, h[at + offset] ?? 0];
    const sum = beta * (head * a + y * b + z * c);
    h[at + offset] = c - sum * z;
    h[at + 1] = b - sum * y;
    h[at] = a - sum * head;
  }
}
