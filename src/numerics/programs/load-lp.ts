import type { LpRuntime } from "./lp.ts";

let runtime: Promise<LpRuntime> | undefined;

/** Loads HiGHS (WebAssembly) on first use, about 50 ms; the same runtime afterwards. */
export function loadLp(): Promise<LpRuntime> {
  runtime ??= import("./lp-highs.ts").then(({ loadHighs }) => loadHighs());
  return runtime;
}
