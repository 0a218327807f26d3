import type { CompiledPathway } from "../code/compiled.ts";
import { unknownSlots } from "../symbols.ts";

/** What a solver integrates: a model's states, and behind them what its algebraic rules determine. */
export class SolverPoint {
  readonly size: number;
  private readonly pathway: CompiledPathway;
  private readonly unknowns: readonly number[];
  private readonly gathered: Float64Array;

  constructor(pathway: CompiledPathway) {
    this.pathway = pathway;
    this.unknowns = unknownSlots(pathway.network);
    this.size = pathway.states.length + this.unknowns.length;
    this.gathered = new Float64Array(this.size);
  }

  /** From the model's memory; valid until the next call, or until anything is compiled. */
  read(): Float64Array {
    const { stateValues, values } = this.pathway;
    if (this.unknowns.length === 0) return stateValues;
    this.gathered.set(stateValues);
    this.unknowns.forEach((slot, k) => {
      this.gathered[stateValues.length + k] = values[slot] ?? 0;
    });
    return this.gathered;
  }

  /** Into the model's memory. */
  write(y: Float64Array): void {
    const { stateValues, values } = this.pathway;
    const n = stateValues.length;
    for (let i = 0; i < n; i++) stateValues[i] = y[i] ?? 0;
    this.unknowns.forEach((slot, k) => {
      values[slot] = y[n + k] ?? 0;
    });
  }
}
