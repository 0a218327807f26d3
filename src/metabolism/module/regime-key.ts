import type { SubModel } from "../presolve/sub-model.ts";
import type { ChainLimits } from "./chain-limits.ts";

/**
 * A basis of the full model that a regime of the small one stands for: of each chain the reaction that limits it, or
 * else the one that speaks for it, stands as the chain does, and the others are basic. Shut directions are at zero.
 */
export function fullKey({ full, hull, model }: SubModel, limits: ChainLimits, regime: string): string {
  const [key = "", ...told] = regime.split(" ");
  const [own, n] = [2 * full.reactions.length, 2 * model.reactions.length];
  const out = new Array<string>(own + 2 + full.metabolites.length).fill("1");
  const speakers = limits.members.map((members) => members.find((j) => full.reactions[j]?.boundary) ?? members[0] ?? 0);
  let next = 0;
  for (let column = 0; column < n; column++) {
    const [speaker = 0, several = 0] = [speakers[column >> 1], limits.members[column >> 1]?.length];
    const told1 = key[column] === "2" && several > 1 ? Number(told[next++]) : -1;
    const turned = limits.columnOf(2 * speaker) === column ? 0 : 1;
    const at = told1 >= 0 ? told1 : 2 * speaker + turned;
    const shut = (at % 2 === 0 ? hull.upper : hull.lower)[at >> 1] === 0;
    out[at] = shut && key[column] === "2" ? "0" : (key[column] ?? "1");
  }
  out[own] = key[n] ?? "1";
  model.metabolites.forEach(({ id }, i) => {
    out[own + 1 + (full.metaboliteIndex.get(id) ?? 0)] = key[n + 1 + i] ?? "1";
  });
  out[own + 1 + full.metabolites.length] = key[n + 1 + model.metabolites.length] ?? "1";
  return out.join("");
}
