/** What stands behind an id that mathematics may name. */
export type SymbolKind = "compartment" | "species" | "parameter" | "reaction" | "stoichiometry";

/**
 * What decides a symbol's value as time goes on: an assignment rule, a rate rule, an algebraic rule, reactions
 * (species only), the surroundings (`driven`), or nothing but events and edits (`held`).
 */
export type Determination = "assigned" | "rate" | "algebraic" | "reactions" | "driven" | "held";

/** One id of the model with the slots its values live in. */
export interface PathwaySymbol {
  readonly id: string;
  readonly kind: SymbolKind;
  readonly line: number;
  readonly determination: Determination;
  /** Slot of the value that mathematics sees: a concentration for most species, an amount for the others. */
  readonly slot: number;
  /** Species: slot of the amount, which is `slot` where mathematics sees amounts. */
  readonly amount: number;
  /** Species: slot of the compartment's size, or -1 where it has none. */
  readonly volume: number;
  /** Whether the file says that nothing may change it. */
  readonly constant: boolean;
}

/** Whether mathematics sees a species by concentration. */
export function isConcentration(symbol: PathwaySymbol): boolean {
  return symbol.kind === "species" && symbol.slot !== symbol.amount;
}

/** Whether the value that mathematics sees is what is determined, so that a species' amount follows from it. */
export function isByValue({ determination }: PathwaySymbol): boolean {
  return determination !== "reactions" && determination !== "held";
}

/** One component of the state vector. */
export interface PathwayState {
  readonly symbol: PathwaySymbol;
  /** Slot of the state: the symbol's value, or its amount. */
  readonly slot: number;
  /** Slot of the derivative. */
  readonly derivative: number;
}

/** Slot of the time. */
export const TIME_SLOT = 0;

/** Hands out slots of the memory in order. */
export class SlotAllocator {
  private next: number;

  constructor(first: number) {
    this.next = first;
  }

  one(): number {
    return this.next++;
  }

  /** So many in a row; the first of them. */
  several(count: number): number {
    const first = this.next;
    this.next += count;
    return first;
  }

  get count(): number {
    return this.next;
  }
}

/** Slots of the quantities that algebraic rules determine, in order. */
export function unknownSlots(of: {
  readonly unknowns: readonly string[];
  readonly symbols: ReadonlyMap<string, PathwaySymbol>;
}): number[] {
  return of.unknowns.map((id) => of.symbols.get(id)?.slot ?? 0);
}
