import type { TimedEdit } from "../../../src/cell/edit.ts";
import type { CellModule } from "../../../src/cell/module.ts";

/** A cell with a known solution. */
export interface CoupledProblem {
  readonly name: string;
  modules(): CellModule[] | Promise<CellModule[]>;
  readonly t1: number;
  readonly edits?: readonly TimedEdit[];
  /** States compared, and their values at ascending times; shape [times][states]. */
  readonly states: readonly string[];
  reference(times: readonly number[]): number[][] | Promise<number[][]>;
}
