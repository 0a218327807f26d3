/** The part of the WebAssembly JavaScript interface used here; TypeScript ships it with the DOM library alone. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Table {
    readonly length: number;
    grow(entries: number): number;
    set(index: number, value: unknown): void;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  interface Module {}
  const Module: new (bytes: ArrayBufferView | ArrayBuffer) => Module;
  const Instance: new (module: Module, imports?: Record<string, Record<string, unknown>>) => Instance;
}
