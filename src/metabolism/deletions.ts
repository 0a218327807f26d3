import { CellweaveError } from "../errors.ts";
import { loadLp } from "../numerics/lp.ts";
import { geneAt, reactionAt } from "./edits.ts";
import { openFlux } from "./fba.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { genesOf, holds } from "./gene-rule.ts";
import type { Method } from "./methods.ts";
import { type MutantAnswer, openScreen, type Screen } from "./screen.ts";

export interface DeletionOptions {
  readonly of?: "genes" | "reactions";
  readonly method?: Method;
  readonly bounds?: FluxBounds;
  /** Wild-type fluxes that MOMA and ROOM compare with, shape [reactions]; pFBA's where absent. */
  readonly reference?: Float64Array;
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
  return screened(model, options, (targets) => (names ?? targets.all).map((name) => [name]));
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
  return screened(model, options, (targets) => {
    const [left, right] = [first ?? targets.all, second ?? first ?? targets.all];
    const seen = new Set<string>();
    return left.flatMap((a) =>
      right.flatMap((b) => {
        const key = a < b ? `${a}\n${b}` : `${b}\n${a}`;
        if (a === b || seen.has(key)) return [];
        seen.add(key);
        return [[a, b]];
      }),
    );
  });
}

async function screened(
  model: FluxModel,
  { of = "genes", method = "fba", bounds = model.bounds, reference, onProgress }: DeletionOptions,
  list: (targets: Targets) => string[][],
): Promise<DeletionScreen> {
  const targets = of === "genes" ? geneTargets(model) : reactionTargets(model);
  const strains = list(targets).map((deleted) => ({ deleted, closed: targets.close(deleted) }));
  const wild = await wildType(model, bounds);
  const screen = openScreen(await loadLp(), model, bounds, method, reference ?? wild.fluxes);
  const solve = economical(screen, method === "fba" ? wild : { ...wild, fluxes: reference ?? wild.fluxes });
  try {
    const deletions = strains.map(({ deleted, closed }, k): Deletion => {
      const { status, objective } = solve(
        closed,
        deleted.length === 1 ? [] : deleted.map((one) => targets.close([one])),
      );
      if (k % 64 === 63) onProgress?.((k + 1) / strains.length);
      return { deleted, closed: closed.map((j) => model.reactions[j]?.id ?? ""), status, objective };
    });
    onProgress?.(1);
    return { wildType: wild.objective, deletions };
  } finally {
    screen.dispose();
  }
}

async function wildType(model: FluxModel, bounds: FluxBounds) {
  const solver = await openFlux(model);
  const solution = solver.pfba(bounds);
  solver.dispose();
  if (solution.status === "optimal") return solution;
  throw new CellweaveError("metabolism/wild-type", `the wild type: ${solution.message}`, { kind: "solver" });
}

/**
 * Solves only what must be: equal closures once; nothing where the wild type, or the strain with a part of the closure,
 * carries no flux in what closes (its fluxes are the answer) or is impossible itself. Which parts are looked at depends
 * on the strain alone, so the order of a screen doesn't matter.
 */
function economical(screen: Screen, wild: { readonly objective: number; readonly fluxes: Float64Array }) {
  const known = new Map<string, MutantAnswer>();
  const nothing: MutantAnswer = { status: "optimal", ...wild };
  const answer = (closed: readonly number[], parts: readonly (readonly number[])[]): MutantAnswer => {
    const key = closed.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const found =
      [nothing, ...parts.map((part) => answer(part, []))].find((part) => decides(part, closed)) ?? screen.solve(closed);
    known.set(key, found);
    return found;
  };
  return answer;
}

const NOTHING = 1e-9;

function decides({ status, fluxes }: MutantAnswer, closed: readonly number[]): boolean {
  if (status === "infeasible") return true;
  return status === "optimal" && closed.every((j) => Math.abs(fluxes?.[j] ?? 0) < NOTHING);
}

interface Targets {
  readonly all: readonly string[];
  /** Reactions that close, ascending. @throws CellweaveError for unknown names */
  close(names: readonly string[]): number[];
}

function reactionTargets(model: FluxModel): Targets {
  return {
    all: model.reactions.map(({ id }) => id),
    close: (names) => names.map((name) => reactionAt(model, name)).sort((a, b) => a - b),
  };
}

function geneTargets(model: FluxModel): Targets {
  const ruled: number[][] = model.genes.map(() => []);
  model.reactions.forEach(({ rule }, j) => {
    if (rule !== undefined) for (const gene of genesOf(rule)) ruled[gene]?.push(j);
  });
  const absent = new Uint8Array(model.genes.length);
  return {
    all: model.genes.map(({ id }) => id),
    close: (names) => {
      const genes = names.map((name) => geneAt(model, name));
      for (const gene of genes) absent[gene] = 1;
      const touched = new Set(genes.flatMap((gene) => ruled[gene] ?? []));
      const closed = [...touched].filter((j) => {
        const rule = model.reactions[j]?.rule;
        return rule !== undefined && !holds(rule, absent);
      });
      for (const gene of genes) absent[gene] = 0;
      return closed.sort((a, b) => a - b);
    },
  };
}
