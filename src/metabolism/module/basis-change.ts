import type { FluxModel } from "../model/flux-model.ts";

/** How many names a list gives before it counts the rest. */
const NAMED = 3;

/**
 * What differs between two bases, as people speak of a simplex step: which fluxes entered (may move) and which left
 * (stand at a bound), what tells most first: the shortfall, growth, exchanges. Keys are those of `MetabolicProgram.regime`.
 */
export function basisChange(model: FluxModel, growth: number, from: string, to: string): string {
  const shortfall = 2 * model.reactions.length;
  const columns = [...Array.from(to).keys()].filter((k) => from[k] !== to[k]);
  const entered = new Set(columns.filter((k) => to[k] === "1"));
  const left = columns.filter((k) => to[k] !== "1");
  const turned = left.filter((k) => k < shortfall && entered.has(k ^ 1));
  const rank = (k: number): number => {
    if (k === shortfall) return 0;
    if (k >> 1 === growth) return 1;
    if (k > shortfall) return 4;
    return model.reactions[k >> 1]?.boundary === true ? 2 : 3;
  };
  const listed = (verb: string, keys: readonly number[], name: (k: number) => string): string => {
    const names = [...keys].sort((a, b) => rank(a) - rank(b) || a - b).map(name);
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    return names.length === 0 ? "" : `${verb}: ${names.slice(0, NAMED).join(", ")}${more}`;
  };
  const isTurned = (k: number) => turned.includes(k) || turned.includes(k ^ 1);
  return [
    listed(
      "entered",
      [...entered].filter((k) => !isTurned(k)),
      (k) => `${columnName(model, k)}${from[k] === "2" ? " (was at its limit)" : ""}`,
    ),
    listed(
      "left",
      left.filter((k) => !isTurned(k)),
      (k) => `${columnName(model, k)} (${to[k] === "2" ? "at its limit" : "at zero"})`,
    ),
    listed("turned round", turned, (k) => model.reactions[k >> 1]?.id ?? ""),
  ]
    .filter((text) => text !== "")
    .join("; ");
}

function columnName({ reactions, metabolites }: FluxModel, k: number): string {
  const shortfall = 2 * reactions.length;
  if (k === shortfall) return "the maintenance shortfall";
  if (k > shortfall) return `the balance of ${metabolites[k - shortfall - 1]?.id ?? "maintenance"}`;
  const reaction = reactions[k >> 1];
  const [forward, backward] = reaction?.boundary === true ? [" out", " in"] : ["", " backward"];
  return `${reaction?.id ?? ""}${k % 2 === 0 ? forward : backward}`;
}
