import { CellweaveError } from "../errors.ts";

/**
 * Positions grouped so that each group depends on earlier groups only, ascending within a group.
 * @param dependencies for each position the positions it depends on
 * @param name of a position, for the message
 * @throws CellweaveError `cell/cycle` naming the positions that wait for each other
 */
export function levelsOf(dependencies: readonly ReadonlySet<number>[], name: (k: number) => string): number[][] {
  const done = new Set<number>();
  const levels: number[][] = [];
  while (done.size < dependencies.length) {
    const level = dependencies.flatMap((needs, k) => (!done.has(k) && isSubset(needs, done) ? [k] : []));
    if (level.length === 0) refuseCycle(dependencies, done, name);
    for (const k of level) done.add(k);
    levels.push(level);
  }
  return levels;
}

function isSubset(needs: ReadonlySet<number>, done: ReadonlySet<number>): boolean {
  for (const k of needs) if (!done.has(k)) return false;
  return true;
}

function refuseCycle(
  dependencies: readonly ReadonlySet<number>[],
  done: ReadonlySet<number>,
  name: (k: number) => string,
): never {
  const path: number[] = [];
  let at = dependencies.findIndex((_, k) => !done.has(k));
  while (!path.includes(at)) {
    path.push(at);
    at = [...(dependencies[at] ?? [])].find((k) => !done.has(k)) ?? at;
  }
  const cycle = [...path.slice(path.indexOf(at)), at].map((k) => `'${name(k)}'`).join(" <- ");
  throw new CellweaveError("cell/cycle", `outputs depend on each other without a state between: ${cycle}`, {
    hint: "let one of these modules own the variable as a state, or read a state instead",
  });
}
