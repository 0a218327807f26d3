import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import { openFlux } from "../balance/fba.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { presolve } from "../presolve/presolve.ts";
import { type Closure, closures, type SubModel } from "../presolve/sub-model.ts";
import type { Method } from "./methods.ts";
import type { RoomOptions } from "./room-options.ts";
import { type MutantAnswer, openScreen, type Screen } from "./screen.ts";
import { doubleStrains, type Strain, singleStrains, type Targets } from "./strains.ts";

export interface DeletionOptions {
  readonly of?: Targets;
  readonly method?: Method;
  readonly bounds?: FluxBounds;
  /** Wild-type fluxes that MOMA and ROOM compare with, shape [reactions]; pFBA's where absent. */
  readonly reference?: Float64Array;
  /** What ROOM takes for unchanged, and how long it searches. */
  readonly room?: RoomOptions;
  /** The small model, where it is at hand; must hold for the bounds. */
  readonly sub?: SubModel;
  /** Called now and then with the share done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

export interface Deletion {
  /** Ids of the genes or reactions that are deleted, one or two. */
  readonly deleted: readonly string[];
  /** Ids of the reactions that close. */
  readonly closed: readonly string[];
  readonly status: MutantAnswer["status"];
  /** Value of the model's objective (growth, h^-1); NaN where no flux distribution is possible. */
  readonly objective: number;
  /** ROOM: how many reactions switch at least and at most, the same where that is known. */
  readonly switches?: readonly [least: number, most: number];
}

export interface DeletionScreen {
  /** Value of the model's objective in the wild type. */
  readonly wildType: number;
  readonly deletions: readonly Deletion[];
}

/**
 * Single deletions of genes or reactions.
 * @param names what is deleted, one at a time; all genes (reactions) of the model where absent
 * @throws CellweaveError for unknown names, and where the wild type has no flux distribution
 */
export async function singleDeletions(
  model: FluxModel,
  names?: readonly string[],
  options: DeletionOptions = {},
): Promise<DeletionScreen> {
  return screened(model, singleStrains(model, options.of ?? "genes", names), options);
}

/**
 * Double deletions: every unordered pair of two different names, one from each list.
 * @param first all genes (reactions) of the model where absent
 * @param second the first list where absent
 * @throws CellweaveError for unknown names, and where the wild type has no flux distribution
 */
export async function doubleDeletions(
  model: FluxModel,
  first?: readonly string[],
  second?: readonly string[],
  options: DeletionOptions = {},
): Promise<DeletionScreen> {
  return screened(model, doubleStrains(model, options.of ?? "genes", first, second), options);
}

async function screened(
  model: FluxModel,
  strains: readonly Strain[],
  options: DeletionOptions,
): Promise<DeletionScreen> {
  const opened = await openDeletions(model, options);
  try {
    const deletions = strains.map((strain, k) => {
      if (k % 64 === 63) options.onProgress?.((k + 1) / strains.length);
      return { ...namedStrain(model, strain), ...opened.solve(strain) };
    });
    options.onProgress?.(1);
    return { wildType: opened.wildType, deletions };
  } finally {
    opened.dispose();
  }
}

/** What is deleted and what closes, by id. */
export function namedStrain(model: FluxModel, { deleted, closed }: Strain): Pick<Deletion, "deleted" | "closed"> {
  return { deleted, closed: closed.map((j) => model.reactions[j]?.id ?? "") };
}

/** A model opened for a deletion screen. Each answer depends on its strain alone, never on what was asked before. */
export interface OpenDeletions {
  readonly wildType: number;
  solve(strain: Strain): Omit<Deletion, "deleted" | "closed">;
  dispose(): void;
}

/** @throws CellweaveError where the wild type has no flux distribution */
export async function openDeletions(
  model: FluxModel,
  { method = "fba", bounds = model.bounds, reference, room, sub: given }: DeletionOptions = {},
): Promise<OpenDeletions> {
  const runtime = await loadLp();
  const wild = await wildType(model, bounds);
  const sub = given ?? presolve(runtime, model, bounds);
  const from = reference ?? wild.fluxes;
  const screen = openScreen(runtime, sub, bounds, method, from, room);
  const unchanged = method === "room" ? { switches: [0, 0] as const } : {};
  const nothing = { ...wild, ...(method === "fba" ? {} : { fluxes: from }), ...unchanged };
  const answer = economical(screen, nothing, closures(sub, bounds));
  return {
    wildType: wild.objective,
    solve: (strain) => {
      return withoutFluxes(answer(strain.closed, strain.parts));
    },
    dispose: () => screen.dispose(),
  };
}

async function wildType(model: FluxModel, bounds: FluxBounds) {
  const solver = await openFlux(model);
  const solution = solver.pfba(bounds);
  solver.dispose();
  if (solution.status === "optimal") return solution;
  throw new CellweaveError("metabolism/wild-type", `the wild type: ${solution.message}`, { kind: "solver" });
}

/**
 * Solves only what must be: strains in which the same chains close once; nothing where the wild type, or the strain with a part of the closure,
 * carries no flux in what closes (its fluxes are the answer) or is impossible itself. Which parts are looked at, and in
 * which order, depends on the strain alone, so the order of a screen doesn't matter.
 */
function economical(screen: Screen, nothing: MutantAnswer, closureOf: (closed: readonly number[]) => Closure) {
  const known = new Map<string, MutantAnswer>();
  const answer = (closed: readonly number[], parts: readonly (readonly number[])[]): MutantAnswer => {
    const { key, leads } = closureOf(closed);
    const sorted = parts
      .map((part) => ({ part, key: closureOf(part).key }))
      .sort((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1));
    const name = [key, ...sorted.map((part) => part.key)].join("|");
    const before = known.get(name);
    if (before !== undefined) return before;
    const found =
      [nothing, ...sorted.map(({ part }) => answer(part, []))].find((part) => decides(part, leads)) ??
      screen.solve(closed);
    // Only single deletions are looked up for their fluxes, as parts of pairs; millions of pairs would fill the memory.
    known.set(name, parts.length === 0 ? found : withoutFluxes(found));
    return found;
  };
  return answer;
}

function withoutFluxes({ fluxes: _, ...known }: MutantAnswer): MutantAnswer {
  return known;
}

const NOTHING = 1e-9;

/** Whether a known answer is that of the strain too: it carries nothing in what closes, or was impossible before. */
function decides({ status, fluxes }: MutantAnswer, leads: readonly number[]): boolean {
  if (status === "infeasible") return true;
  return status === "optimal" && leads.every((j) => Math.abs(fluxes?.[j] ?? 0) < NOTHING);
}
