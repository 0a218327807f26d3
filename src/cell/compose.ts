import { CellweaveError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import type { Cell, Part, RateWire } from "./cell.ts";
import { levelsOf } from "./levels.ts";
import type { CellModule, RateDeclaration } from "./module.ts";
import { assignOwners } from "./ownership.ts";
import type { Variable } from "./variable.ts";

export interface ComposeOptions {
  /** Ids of modules, strongest first: which one owns a variable that several declare. */
  readonly precedence?: readonly string[];
}

interface Names {
  readonly variables: readonly Variable[];
  readonly index: ReadonlyMap<string, number>;
}

/**
 * Modules wired into one cell: names become indices, contested variables get one owner, outputs an order.
 * @throws CellweaveError `cell/...` for an unknown or contested variable, a wrong target, a cycle of outputs
 */
export function composeCell(modules: readonly CellModule[], options: ComposeOptions = {}): Cell {
  const sorted = [...modules].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  refuseTwins(sorted);
  const variables = assignOwners(sorted, options.precedence ?? []);
  const index = new Map(variables.map((variable, i) => [variable.id, i]));
  const parts = wireParts(sorted, { variables, index });
  const last = parts.at(-1);
  return {
    variables,
    index,
    parts,
    levels: levelsOf(outputDependencies(parts, variables), (k) => sorted[k]?.id ?? ""),
    rateCount: last === undefined ? 0 : last.rateOffset + last.rateCount,
    slopeCount: last === undefined ? 0 : last.slopeOffset + last.slopeCount,
    snapshots: sorted.map((module) => module.snapshot()),
  };
}

function refuseTwins(sorted: readonly CellModule[]): void {
  sorted.forEach((module, k) => {
    if (sorted[k + 1]?.id === module.id)
      throw new CellweaveError("cell/duplicate", `two modules are called '${module.id}'`, { hint: "rename one" });
  });
}

function wireParts(sorted: readonly CellModule[], names: Names): Part[] {
  const receives: RateWire[][] = sorted.map(() => []);
  let offset = 0;
  let rate = 0;
  let slope = 0;
  const offsets = offsetsOf(sorted);
  return sorted.map((module, from) => {
    const start = { offset, rateOffset: rate, slopeOffset: slope };
    const owner = new Map(sorted.map((m, k) => [m.id, k]));
    for (const add of module.adds) {
      const target = resolveTarget(module, add, names);
      const k = owner.get(names.variables[target]?.owner ?? "") ?? 0;
      const base = offsets[k] ?? 0;
      const feedback = add.feedback.map((id) => {
        const variable = resolveFeedback(module, add, id, target, names);
        return { variable, local: variable - base, slope: slope++ };
      });
      receives[k]?.push({ rate: rate++, from, target, local: target - base, feedback });
    }
    offset += module.owns.length;
    return {
      module,
      ...start,
      count: module.owns.length,
      rateCount: rate - start.rateOffset,
      slopeCount: slope - start.slopeOffset,
      reads: Int32Array.from(module.reads, (id) => resolve(module, "reads", id, names)),
      states: Int32Array.from(module.owns.flatMap((v, i) => (v.role === "state" ? [i] : []))),
      receives: receives[from] ?? [],
    };
  });
}

function offsetsOf(sorted: readonly CellModule[]): number[] {
  let offset = 0;
  return sorted.map((module) => {
    const at = offset;
    offset += module.owns.length;
    return at;
  });
}

function resolve(module: CellModule, verb: string, id: string, names: Names): number {
  const found = names.index.get(id);
  if (found !== undefined) return found;
  const hint = didYouMean(id, names.index.keys()) ?? "no module of this cell owns it; add one that does";
  throw new CellweaveError("cell/unknown-variable", `module '${module.id}' ${verb} '${id}', which no module owns`, {
    hint,
  });
}

function resolveTarget(module: CellModule, add: RateDeclaration, names: Names): number {
  const target = resolve(module, "adds a rate to", add.target, names);
  const variable = names.variables[target];
  if (variable?.role === "output")
    throw new CellweaveError(
      "cell/target",
      `module '${module.id}' adds a rate to '${add.target}', an output of '${variable.owner}'; only states take rates`,
    );
  if (variable?.owner === module.id)
    throw new CellweaveError(
      "cell/target",
      `module '${module.id}' adds a rate to its own '${add.target}'; rates are for variables of other modules`,
    );
  return target;
}

function resolveFeedback(module: CellModule, add: RateDeclaration, id: string, target: number, names: Names): number {
  const found = resolve(module, `(rate on '${add.target}') feeds back from`, id, names);
  const variable = names.variables[found];
  const owner = names.variables[target]?.owner;
  if (variable?.owner === owner && variable?.role === "state") return found;
  throw new CellweaveError(
    "cell/feedback",
    `module '${module.id}' declares feedback of '${id}' on its rate for '${add.target}', ` +
      `but '${id}' is no state of '${owner}', which owns the target`,
  );
}

function outputDependencies(parts: readonly Part[], variables: readonly Variable[]): Set<number>[] {
  const position = new Map(parts.map((part, k) => [part.module.id, k]));
  return parts.map((part, k) => {
    const needs = new Set<number>();
    for (const i of part.reads) {
      const variable = variables[i];
      const owner = position.get(variable?.owner ?? "") ?? k;
      if (variable?.role === "output" && owner !== k) needs.add(owner);
    }
    return needs;
  });
}
