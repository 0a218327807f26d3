import { missing, optionalNumber } from "./attributes.ts";
import { type ReadContext, refuse, warn } from "./context.ts";
import type { Parameter, Reaction } from "./document.ts";
import { fbcId, fbcItems, fbcUri, fbcValue } from "./fbc.ts";
import type { XmlElement } from "./xml.ts";

interface FluxBounds {
  lower: number;
  upper: number;
}

/**
 * fbc Version 1 writes bounds as a list of their own: each becomes a parameter, as Version 2 has it. A side without a
 * bound is unbounded. @see SBML Level 3 fbc Version 1, section 3.4; doi:10.1515/jib-2015-269
 */
export function applyFluxBounds(
  context: ReadContext,
  model: XmlElement,
  reactions: readonly Reaction[],
): { reactions: readonly Reaction[]; parameters: readonly Parameter[] } {
  const items = fbcItems(model, "listOfFluxBounds", "fluxBound");
  if (context.packages.get("fbc") !== 1) return { reactions, parameters: [] };
  const bounds = new Map<string, FluxBounds>();
  for (const item of items) readBound(context, item, bounds);
  const parameters: Parameter[] = [];
  const add = (id: string, value: number, line: number): string => {
    parameters.push({ id, value, constant: true, line });
    return id;
  };
  const bounded = reactions.map((r) => {
    const { lower, upper } = bounds.get(r.id) ?? { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    return {
      ...r,
      lowerFluxBound: add(`fbc_lower_${r.id}`, lower, r.line),
      upperFluxBound: add(`fbc_upper_${r.id}`, upper, r.line),
    };
  });
  for (const id of bounds.keys())
    if (!reactions.some((r) => r.id === id))
      warn(context, model, `a flux bound names the reaction '${id}', which the model does not have`);
  return { reactions: bounded, parameters };
}

function readBound(context: ReadContext, item: XmlElement, bounds: Map<string, FluxBounds>): void {
  const reaction = fbcId(context, item, "reaction") ?? missing(context, item, "fbc:reaction");
  const operation = fbcValue(item, "operation");
  const value =
    optionalNumber(context, item, "value", fbcUri(item, "value") ?? "") ?? missing(context, item, "fbc:value");
  const found = bounds.get(reaction) ?? { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  bounds.set(reaction, found);
  if (operation === "greaterEqual" || operation === "equal") found.lower = value;
  if (operation === "lessEqual" || operation === "equal") found.upper = value;
  if (!["greaterEqual", "lessEqual", "equal"].includes(operation ?? ""))
    refuse(
      context,
      item,
      "sbml/fbc",
      `Got fbc:operation="${operation ?? ""}" when lessEqual, greaterEqual or equal was expected`,
    );
}
