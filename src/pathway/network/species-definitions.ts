import { apply, type Expression, number, slot } from "../../numerics/expressions/expression.ts";
import type { Species } from "../../sbml/document.ts";
import { isByValue, isConcentration, type PathwaySymbol } from "../symbols.ts";
import type { DefinitionGraph } from "./definitions.ts";

/** Where a species' definitions and start values go. */
export interface SpeciesTarget {
  readonly always: DefinitionGraph;
  /** What holds at the start alone. */
  readonly initially: DefinitionGraph;
  /** Numbers of the file, by slot. */
  readonly constants: Map<number, number>;
}

/** Adds a species' concentration from its amount or the other way round, always and at the start. */
export function defineSpecies(
  s: Species,
  symbol: PathwaySymbol,
  { always, initially, constants }: SpeciesTarget,
): void {
  const define = (graph: DefinitionGraph, target: number, value: Expression): void =>
    graph.add({ slot: target, value, label: `species '${s.id}'`, line: s.line });
  const volume = symbol.volume < 0 ? number(1) : slot(symbol.volume);
  if (isConcentration(symbol)) {
    const fromAmount = apply("divide", slot(symbol.amount), volume);
    const fromConcentration = apply("multiply", slot(symbol.slot), volume);
    if (isByValue(symbol)) define(always, symbol.amount, fromConcentration);
    else define(always, symbol.slot, fromAmount);
    const given = s.initialConcentration;
    constants.set(symbol.slot, given ?? 0);
    constants.set(symbol.amount, s.initialAmount ?? 0);
    if (given === undefined && s.initialAmount !== undefined) define(initially, symbol.slot, fromAmount);
    else define(initially, symbol.amount, fromConcentration);
    return;
  }
  constants.set(symbol.amount, s.initialAmount ?? s.initialConcentration ?? 0);
  if (s.initialAmount === undefined && s.initialConcentration !== undefined && symbol.volume >= 0)
    define(initially, symbol.amount, apply("multiply", number(s.initialConcentration), volume));
}
