import { apply, type Expression, number, slot } from "../../numerics/expressions/expression.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { unsupportedIn } from "../refuse.ts";
import { isConcentration, type PathwaySymbol } from "../symbols.ts";
import type { Classified } from "./classify.ts";

/**
 * d/dt of what a slot holds (SBML L3V2 Core, section 3.4.6: csymbol rateOf).
 * Throws `sbml/unsupported` where no rate determines it.
 */
export function rateOfSlot(document: SbmlDocument, classified: Classified, index: number, line: number): Expression {
  const { symbols, states } = classified;
  const symbol = [...symbols.values()].find((s) => s.slot === index);
  if (symbol === undefined) return number(0);
  const inAmount = isConcentration(symbol) && (symbol.determination === "reactions" || symbol.determination === "held");
  const concentration = (amountRate: Expression): Expression => {
    const volumeRate = rateOfSlot(document, classified, symbol.volume, line);
    return concentrationRate(symbol, amountRate, volumeRate);
  };
  if (symbol.determination === "held") return inAmount ? concentration(number(0)) : number(0);
  if (symbol.determination !== "rate" && symbol.determination !== "reactions")
    unsupportedIn(document, line, `rateOf of '${symbol.id}', which no rate determines,`);
  const derivative = slot(1 + states.length + states.indexOf(symbol));
  return inAmount ? concentration(derivative) : derivative;
}

/** (dn/dt - c dV/dt) / V */
function concentrationRate(symbol: PathwaySymbol, amountRate: Expression, volumeRate: Expression): Expression {
  const still = volumeRate.kind === "number" && volumeRate.value === 0;
  const dilution = apply("multiply", slot(symbol.slot), volumeRate);
  return apply("divide", still ? amountRate : apply("subtract", amountRate, dilution), slot(symbol.volume));
}
