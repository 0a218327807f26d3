import { CellweaveError } from "../../errors.ts";
import { instantiateSundials, type Sundials } from "./sundials.ts";

let shared: Sundials | undefined;

/**
 * SUNDIALS, instantiated once a thread: every model and solver lives in its one memory. Node reads sundials.wasm
 * from beside this file; elsewhere `provideSundials` comes first.
 */
export function sharedSundials(): Sundials {
  shared ??= instantiateSundials(bytesFromDisk());
  return shared;
}

/** Gives the bytes of sundials.wasm where there is no file system. */
export function provideSundials(bytes: Uint8Array): void {
  shared ??= instantiateSundials(bytes);
}

function bytesFromDisk(): Uint8Array {
  const files = globalThis.process?.getBuiltinModule?.("node:fs");
  if (files === undefined)
    throw new CellweaveError("numerics/no-sundials", "sundials.wasm has not been given, and there is no file system", {
      kind: "internal",
      hint: "call provideSundials(bytes) first",
    });
  return files.readFileSync(new URL("./sundials.wasm", import.meta.url));
}
