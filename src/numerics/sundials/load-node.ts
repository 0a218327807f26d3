import { readFileSync } from "node:fs";
import { instantiateSundials, type Sundials } from "./sundials.ts";

let shared: Sundials | undefined;

/** SUNDIALS, loaded once a process; every solver of the process lives in its one memory. */
export function loadSundials(): Sundials {
  shared ??= instantiateSundials(readFileSync(new URL("./sundials.wasm", import.meta.url)));
  return shared;
}
