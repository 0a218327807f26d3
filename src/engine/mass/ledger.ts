import type { Cell } from "../../cell/cell.ts";
import type { Windows } from "../breaks/windows.ts";
import type { Point } from "../step/point.ts";
import { EXPERIMENTER, type LedgerEntry, type LedgerPage } from "../trajectory.ts";
import { addTo, createSums, type Sums, sumAt } from "./sum.ts";

/** What every module moved into every state since the start, in the variable's unit. */
export interface Ledger {
  /** By rate of the cell's wiring. */
  readonly moved: Sums;
  /** The owner's own dynamics, by variable. */
  readonly own: Sums;
  /** Jumps and clamps of the experimenter, by variable. */
  readonly jumped: Sums;
}

/** A state whose change is not what its owner and the others say they moved. */
export interface Imbalance {
  /** Of the state; of what moved most, where matter does not balance. */
  readonly variable: number;
  readonly module: string;
  readonly amount: number;
  /** The element that was made (amount above 0) or lost; undefined where a state does not close. */
  readonly element?: string;
}

const CLOSES = 1e-12;

export function createLedger(cell: Cell): Ledger {
  const count = cell.variables.length;
  return { moved: createSums(cell.rateCount), own: createSums(count), jumped: createSums(count) };
}

/** Turns what modules left open as their own into the remainder, and finds the first state that does not close. */
export function closeStep(cell: Cell, windows: Windows, from: Point): Imbalance | undefined {
  const { sum, gross } = windows;
  for (let k = 0; k < cell.parts.length; k++) {
    const part = cell.parts[k];
    const window = windows.perPart[k];
    if (part === undefined || window === undefined) continue;
    sum.fill(0, 0, part.count);
    gross.fill(0, 0, part.count);
    for (let c = 0; c < part.receives.length; c++) {
      const local = part.receives[c]?.local ?? 0;
      const moved = window.moved[c] ?? 0;
      sum[local] = (sum[local] ?? 0) + moved;
      gross[local] = (gross[local] ?? 0) + Math.abs(moved);
    }
    for (let n = 0; n < part.states.length; n++) {
      const local = part.states[n] ?? 0;
      const start = from.values[part.offset + local] ?? 0;
      const end = window.owned[local] ?? 0;
      const own = window.own[local] ?? Number.NaN;
      const rest = end - start - (sum[local] ?? 0);
      if (Number.isNaN(own)) window.own[local] = rest;
      else if (
        !(Math.abs(rest - own) <= CLOSES * (Math.abs(start) + Math.abs(end) + (gross[local] ?? 0) + Math.abs(own)))
      )
        return { variable: part.offset + local, module: part.module.id, amount: rest - own };
    }
  }
  return undefined;
}

/** Adds an accepted step to the ledger. */
export function bookStep(cell: Cell, windows: Windows, ledger: Ledger): void {
  for (let k = 0; k < cell.parts.length; k++) {
    const part = cell.parts[k];
    const window = windows.perPart[k];
    if (part === undefined || window === undefined) continue;
    for (let n = 0; n < part.states.length; n++) {
      const local = part.states[n] ?? 0;
      addTo(ledger.own, part.offset + local, window.own[local] ?? 0);
    }
    for (let c = 0; c < part.receives.length; c++)
      addTo(ledger.moved, part.receives[c]?.rate ?? 0, window.moved[c] ?? 0);
  }
}

/** What an owner changed suddenly. */
export function bookOwn(ledger: Ledger, variable: number, amount: number): void {
  addTo(ledger.own, variable, amount);
}

export function bookJump(ledger: Ledger, variable: number, amount: number): void {
  addTo(ledger.jumped, variable, amount);
}

/** Totals by variable and module; the experimenter's jumps and clamps stand under the module `experimenter`. */
export function ledgerEntries(cell: Cell, ledger: Ledger): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  cell.variables.forEach((variable, i) => {
    if (variable.role !== "state") return;
    entries.push({ variable: variable.id, module: variable.owner, moved: sumAt(ledger.own, i) });
    const movers = new Map<string, number>();
    for (const part of cell.parts)
      for (const wire of part.receives) {
        if (wire.target !== i) continue;
        const from = cell.parts[wire.from]?.module.id ?? "";
        movers.set(from, (movers.get(from) ?? 0) + sumAt(ledger.moved, wire.rate));
      }
    for (const [module, moved] of movers) entries.push({ variable: variable.id, module, moved });
    const jumped = sumAt(ledger.jumped, i);
    if (jumped !== 0) entries.push({ variable: variable.id, module: EXPERIMENTER, moved: jumped });
  });
  return entries;
}

/** What the windows just advanced moved. */
export function stepPage(cell: Cell, windows: Windows, t0: number, t1: number): LedgerPage {
  const entries: LedgerEntry[] = [];
  cell.parts.forEach((part, k) => {
    const window = windows.perPart[k];
    const note = (local: number, module: string, moved: number) => {
      if (moved !== 0) entries.push({ variable: cell.variables[part.offset + local]?.id ?? "", module, moved });
    };
    for (const local of part.states) note(local, part.module.id, window?.own[local] ?? 0);
    part.receives.forEach(({ local, from }, c) => {
      note(local, cell.parts[from]?.module.id ?? "", window?.moved[c] ?? 0);
    });
  });
  return { t0, t1, entries };
}
