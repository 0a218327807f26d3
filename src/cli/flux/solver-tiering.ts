import { setFlagsFromString } from "node:v8";

/**
 * Work, by V8's count, that a WebAssembly function does before it is compiled again for speed; V8's own is 1.8e6. Making
 * HiGHS' large functions fast takes half a second of processor time, which a screen of a small model never earns back;
 * at genome scale the total is the same.
 */
const BUDGET = 100_000_000;

/** Keeps V8 from optimising the solver's code for little work; to be called before the solver is loaded. */
export function expectLittleSolving(): void {
  setFlagsFromString(`--wasm-tiering-budget=${BUDGET}`);
}
