import type { Expression } from "./expression.ts";
import { ExpressionCoder, F64 } from "./expression-code.ts";
import { HOST_FUNCTIONS } from "./host-functions.ts";
import { ByteWriter } from "./wasm-bytes.ts";

/** One assignment of a program: `memory[slot] = value`. */
export interface Store {
  readonly slot: number;
  readonly value: Expression;
}

/** A program runs its assignments in order on the memory it was compiled for. */
export type Program = () => void;

/** Functions of the model's surroundings that expressions may call beside the mathematical ones. */
export type HostTable = ReadonlyMap<string, (...args: number[]) => number>;

/** Assignments a WebAssembly function holds at most: small functions compile faster. */
const CHUNK = 500;
const PAGE = 65_536;

/**
 * Compiles programs over one memory to WebAssembly, bytes written directly: no text is evaluated.
 * @param programs assignments of each program
 * @param slots number of doubles in the memory
 * @param hosts functions named by `host` expressions that are not in `HOST_FUNCTIONS`
 * @returns the memory, shape [slots], and the programs in the order given
 */
export function compilePrograms(
  programs: readonly (readonly Store[])[],
  slots: number,
  hosts: HostTable = new Map(),
): { values: Float64Array; programs: Program[] } {
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil((slots * 8) / PAGE)) });
  const chunks = programs.map((stores) => split(stores));
  const { bytes, names } = assemble(chunks.flat());
  const functions = names.map((name) => hosts.get(name) ?? HOST_FUNCTIONS.get(name));
  const imports = new Map<string, unknown>([["memory", memory]]);
  functions.forEach((fn, i) => {
    if (fn === undefined) throw new RangeError(`no host function '${names[i] ?? ""}'`);
    imports.set(`h${i}`, fn);
  });
  const module = new WebAssembly.Module(bytes);
  const instance = new WebAssembly.Instance(module, { host: Object.fromEntries(imports) });
  let next = 0;
  const exported = chunks.map((parts) => sequence(parts.map(() => instance.exports[`p${next++}`] as Program)));
  return { values: new Float64Array(memory.buffer, 0, slots), programs: exported };
}

function split(stores: readonly Store[]): (readonly Store[])[] {
  const out: (readonly Store[])[] = [];
  for (let i = 0; i < stores.length; i += CHUNK) out.push(stores.slice(i, i + CHUNK));
  return out;
}

function sequence(parts: readonly Program[]): Program {
  const [only] = parts;
  if (only === undefined) return () => {};
  if (parts.length === 1) return only;
  return () => {
    for (const part of parts) part();
  };
}

/** The module's bytes and the host functions it imports as h0, h1, ... */
function assemble(functions: readonly (readonly Store[])[]): { bytes: Uint8Array; names: string[] } {
  const calls = collectCalls(functions.flat());
  const names = [...calls.keys()];
  const indices = new Map(names.map((name, i) => [name, i]));
  const bodies = functions.map((stores) => body(stores, (name) => indices.get(name) ?? 0));
  const arities = [...calls.values()];
  const most = arities.reduce((a, b) => Math.max(a, b), 0);
  const out = new ByteWriter().raw([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(out, 1, typeSection(most));
  section(out, 2, importSection(arities));
  section(
    out,
    3,
    repeated(functions.length, (w) => w.unsigned(most + 1)),
  );
  section(
    out,
    7,
    repeated(functions.length, (w, i) =>
      w
        .name(`p${i}`)
        .byte(0)
        .unsigned(names.length + i),
    ),
  );
  section(
    out,
    10,
    repeated(bodies.length, (w, i) => w.sized(bodies[i] ?? new ByteWriter())),
  );
  return { bytes: out.view(), names };
}

/** Host functions called anywhere, with their number of arguments; `power` stands in for the operator. */
function collectCalls(stores: readonly Store[]): Map<string, number> {
  const calls = new Map<string, number>();
  for (const { value } of stores) body([{ slot: 0, value }], (name, args) => calls.set(name, args) && 0);
  return calls;
}

function body(stores: readonly Store[], hostIndex: (name: string, args: number) => number): ByteWriter {
  const out = new ByteWriter().unsigned(0);
  const coder = new ExpressionCoder(out, hostIndex);
  for (const { slot, value } of stores) coder.store(slot, value);
  return out.byte(0x0b);
}

/** Types 0..most take so many doubles and give one; the type after takes and gives nothing. */
function typeSection(most: number): ByteWriter {
  const out = new ByteWriter().unsigned(most + 2);
  for (let args = 0; args <= most; args++) {
    out.byte(0x60).unsigned(args);
    for (let i = 0; i < args; i++) out.byte(F64);
    out.byte(1).byte(F64);
  }
  return out.byte(0x60).byte(0).byte(0);
}

function importSection(arities: readonly number[]): ByteWriter {
  const out = new ByteWriter().unsigned(arities.length + 1);
  for (const [i, args] of arities.entries()) out.name("host").name(`h${i}`).byte(0).unsigned(args);
  return out.name("host").name("memory").byte(2).byte(0).unsigned(1);
}

function repeated(count: number, write: (out: ByteWriter, index: number) => void): ByteWriter {
  const out = new ByteWriter().unsigned(count);
  for (let i = 0; i < count; i++) write(out, i);
  return out;
}

function section(out: ByteWriter, id: number, content: ByteWriter): void {
  out.byte(id).sized(content);
}
