/** Elementary functions that WebAssembly has no instruction for. */
export const HOST_FUNCTIONS: ReadonlyMap<string, (...args: number[]) => number> = new Map<
  string,
  (...args: number[]) => number
>([
  ["power", Math.pow as (...args: number[]) => number],
  ["exp", Math.exp as (...args: number[]) => number],
  ["ln", Math.log as (...args: number[]) => number],
  ["log10", Math.log10 as (...args: number[]) => number],
  ["log", (base = 10, x = 0) => Math.log(x) / Math.log(base)],
  ["root", (degree = 2, x = 0) => root(degree, x)],
  ["factorial", (x = 0) => factorial(x)],
  ["quotient", (a = 0, b = 1) => Math.trunc(a / b)],
  ["rem", (a = 0, b = 1) => a % b],
  ["sin", Math.sin as (...args: number[]) => number],
  ["cos", Math.cos as (...args: number[]) => number],
  ["tan", Math.tan as (...args: number[]) => number],
  ["sec", (x = 0) => 1 / Math.cos(x)],
  ["csc", (x = 0) => 1 / Math.sin(x)],
  ["cot", (x = 0) => 1 / Math.tan(x)],
  ["sinh", Math.sinh as (...args: number[]) => number],
  ["cosh", Math.cosh as (...args: number[]) => number],
  ["tanh", Math.tanh as (...args: number[]) => number],
  ["sech", (x = 0) => 1 / Math.cosh(x)],
  ["csch", (x = 0) => 1 / Math.sinh(x)],
  ["coth", (x = 0) => 1 / Math.tanh(x)],
  ["arcsin", Math.asin as (...args: number[]) => number],
  ["arccos", Math.acos as (...args: number[]) => number],
  ["arctan", Math.atan as (...args: number[]) => number],
  ["arcsec", (x = 0) => Math.acos(1 / x)],
  ["arccsc", (x = 0) => Math.asin(1 / x)],
  ["arccot", (x = 0) => Math.atan(1 / x)],
  ["arcsinh", Math.asinh as (...args: number[]) => number],
  ["arccosh", Math.acosh as (...args: number[]) => number],
  ["arctanh", Math.atanh as (...args: number[]) => number],
  ["arcsech", (x = 0) => Math.acosh(1 / x)],
  ["arccsch", (x = 0) => Math.asinh(1 / x)],
  ["arccoth", (x = 0) => Math.atanh(1 / x)],
]);

/** Odd whole roots of negative numbers are real. */
function root(degree: number, x: number): number {
  if (degree === 2) return Math.sqrt(x);
  if (degree === 3) return Math.cbrt(x);
  return x < 0 && Math.abs(degree % 2) === 1 ? -((-x) ** (1 / degree)) : x ** (1 / degree);
}

/** Of whole numbers; not a number elsewhere. */
function factorial(x: number): number {
  if (x < 0 || !Number.isInteger(x)) return Number.NaN;
  if (x > 170) return Number.POSITIVE_INFINITY;
  let product = 1;
  for (let i = 2; i <= x; i++) product *= i;
  return product;
}
