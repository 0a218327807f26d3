import type { Sundials } from "../sundials/sundials.ts";
import { type GraphCall, type GraphInstance, type GraphModule, instantiateModule } from "./graph-module.ts";
import { elementaryFunction } from "./host-functions.ts";

/** A program runs its assignments on the memory it was compiled for. */
export type Program = () => void;

/** Functions of the model's surroundings that expressions may call beside the elementary ones. */
export type HostTable = ReadonlyMap<string, (...args: number[]) => number>;

/** A module at work in the memory of SUNDIALS, with the scratch it needs. */
export interface BoundModule extends GraphInstance, Disposable {}

/** Instantiates a module in the memory of SUNDIALS; elementary functions are called from WebAssembly to WebAssembly. */
export function bindModule(sundials: Sundials, module: GraphModule, hosts: HostTable = new Map()): BoundModule {
  const scratch = sundials.allocate(8 * module.scratch);
  const host = (name: string): unknown => hosts.get(name) ?? elementaryFunction(sundials, name);
  const instance = instantiateModule(module, sundials.exports.memory, scratch, host);
  return { ...instance, [Symbol.dispose]: () => sundials.exports.release(scratch) };
}

/** A function that works on slots alone, as a program over the data at a pointer. */
export function programOver(call: GraphCall | undefined, data: number): Program {
  return call === undefined ? () => {} : () => void call(0, 0, 0, data);
}
