import { CellweaveError } from "../../errors.ts";
import { reactionAt } from "../model/edits.ts";
import type { MetabolicOptions } from "./options.ts";

export type BoundaryRole = "exchanges" | "unlimited" | "drains" | "closed";

/**
 * What each boundary reaction of a model is for in a module, by index.
 * @throws CellweaveError for a reaction named twice or nowhere, or one that isn't a boundary reaction
 */
export function boundaryRoles(options: MetabolicOptions): ReadonlyMap<number, BoundaryRole> {
  const { model, exchanges, unlimited = [], drains = [], closed = [] } = options;
  const roles = new Map<number, BoundaryRole>();
  const claim = (id: string, role: BoundaryRole): void => {
    const j = reactionAt(model, id);
    const before = roles.get(j);
    if (before !== undefined)
      throw new CellweaveError("metabolism/exchange-twice", `'${id}' is in '${before}' and in '${role}'`);
    if (model.reactions[j]?.boundary !== true)
      throw new CellweaveError("metabolism/not-exchange", `'${id}' in '${role}' isn't an exchange of '${model.id}'`);
    roles.set(j, role);
  };
  for (const { reaction } of exchanges) claim(reaction, "exchanges");
  for (const id of unlimited) claim(id, "unlimited");
  for (const id of drains === "others" ? [] : drains) claim(id, "drains");
  for (const id of closed === "others" ? [] : closed) claim(id, "closed");
  const others = othersRole(options);
  const unnamed = [...model.reactions.keys()].filter((j) => model.reactions[j]?.boundary === true && !roles.has(j));
  if (others === undefined && unnamed.length > 0) {
    const names = unnamed.map((j) => model.reactions[j]?.id).join(", ");
    throw new CellweaveError("metabolism/exchange-nowhere", `nothing is said about ${names}`, {
      hint: "give each a pool, or list it under 'unlimited', 'drains' or 'closed' (closed: others for all)",
    });
  }
  for (const j of unnamed) roles.set(j, others ?? "closed");
  return roles;
}

function othersRole({ drains, closed }: MetabolicOptions): BoundaryRole | undefined {
  if (drains === "others" && closed === "others")
    throw new CellweaveError("metabolism/exchange-twice", "the others can't be both 'drains' and 'closed'");
  if (drains === "others") return "drains";
  return closed === "others" ? "closed" : undefined;
}
