import type { Goal } from "../../metabolism/balance/lexicographic.ts";
import { usageError } from "../arguments.ts";

/**
 * What `--then` names: `EX_ac_e`, to be made large, or `EX_ac_e:min`.
 * @throws CellweaveError for anything else after the colon
 */
export function goalFrom(verb: string, text: string): Goal {
  const [, reaction = "", sense = "max"] = /^([^:]+)(?::(max|min))?$/.exec(text) ?? [];
  if (reaction === "") throw usageError(verb, `--then: expected REACTION, REACTION:max or REACTION:min, got '${text}'`);
  return { reaction, sense: sense === "min" ? "minimize" : "maximize" };
}
