import { CellweaveError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import type { CellModule } from "./module.ts";
import type { Variable } from "./variable.ts";

/**
 * Variables of all modules in module order, each with one owner; the losing copy of a contested variable is
 * renamed `<id>@<module>`.
 * @param modules in the order that fixes the state vector
 * @param precedence module ids, strongest first
 * @throws CellweaveError `cell/contested` where nothing decides who owns a variable
 */
export function assignOwners(modules: readonly CellModule[], precedence: readonly string[]): Variable[] {
  const winners = contestWinners(modules, rankOf(modules, precedence));
  return modules.flatMap((module) =>
    module.owns.map((declaration) => {
      const wins = winners.get(declaration.id) === module.id;
      return { ...declaration, id: wins ? declaration.id : `${declaration.id}@${module.id}`, owner: module.id };
    }),
  );
}

function rankOf(modules: readonly CellModule[], precedence: readonly string[]): (id: string) => number {
  const known = new Set(modules.map((module) => module.id));
  for (const id of precedence) {
    if (known.has(id)) continue;
    const hint = didYouMean(id, known) ?? `modules of this cell: ${[...known].join(", ")}`;
    throw new CellweaveError("cell/unknown-module", `precedence names '${id}', which is no module of the cell`, {
      hint,
    });
  }
  const ranks = new Map(precedence.map((id, rank) => [id, rank]));
  return (id) => ranks.get(id) ?? Number.POSITIVE_INFINITY;
}

function contestWinners(modules: readonly CellModule[], rank: (id: string) => number): Map<string, string> {
  const winners = new Map<string, string>();
  for (const module of modules) {
    const own = new Set<string>();
    for (const { id } of module.owns) {
      if (own.has(id)) throw new CellweaveError("cell/duplicate", `module '${module.id}' declares '${id}' twice`);
      own.add(id);
      const holder = winners.get(id);
      if (holder === undefined || rank(module.id) < rank(holder)) winners.set(id, module.id);
      else if (rank(holder) === Number.POSITIVE_INFINITY) refuseContest(id, holder, module.id);
    }
  }
  return winners;
}

function refuseContest(id: string, first: string, second: string): never {
  throw new CellweaveError("cell/contested", `'${id}' is owned by both '${first}' and '${second}'`, {
    hint: "name the modules in `precedence`, the one that should answer first",
  });
}
