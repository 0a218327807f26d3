import type { Sundials } from "../sundials/sundials.ts";

/**
 * Elementary functions that WebAssembly has no instruction for, by the names of expressions, with the names they are
 * exported under by sundials.wasm: musl's libm, the same bits on every machine.
 */
const ELEMENTARY: ReadonlyMap<string, string> = new Map([
  ["power", "power"],
  ["exp", "exp"],
  ["ln", "log"],
  ["log10", "log10"],
  ["cbrt", "cbrt"],
  ["root", "root"],
  ["factorial", "factorial"],
  ["quotient", "quotient"],
  ["rem", "fmod"],
  ["sin", "sin"],
  ["cos", "cos"],
  ["tan", "tan"],
  ["sinh", "sinh"],
  ["cosh", "cosh"],
  ["tanh", "tanh"],
  ["arcsin", "asin"],
  ["arccos", "acos"],
  ["arctan", "atan"],
  ["arcsinh", "asinh"],
  ["arccosh", "acosh"],
  ["arctanh", "atanh"],
]);

/** The WebAssembly function behind an elementary function; undefined where there is none of that name. */
export function elementaryFunction(sundials: Sundials, name: string): unknown {
  const exported = ELEMENTARY.get(name);
  return exported === undefined ? undefined : (sundials.exports as unknown as Record<string, unknown>)[exported];
}
