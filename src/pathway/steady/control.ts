import { factorDense, solveLu } from "../../numerics/linear/dense-lu.ts";
import type { SteadyProblem } from "../../numerics/ode/pseudo-transient.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { sensitivityCode } from "../sensitivity/code.ts";
import { TIME_SLOT } from "../symbols.ts";

/** How quantities at rest depend on parameters, start values (through the totals) and rates of reactions. */
export interface SteadyControl {
  readonly parameters: readonly { readonly id: string; readonly value: number }[];
  /** Species and reactions. */
  readonly columns: readonly string[];
  readonly values: Float64Array;
  /** dq/dp, shape [parameters, columns]. */
  readonly slopes: Float64Array;
}

/** Gives the slopes at a state of rest; undefined where the Jacobian is singular beyond the totals. */
export type SteadyControls = (system: SteadyProblem, y: Float64Array) => SteadyControl | undefined;

/**
 * Prepares slopes of a steady state for a model that is at its start: J dy = -df/dp, with each total moving as its
 * start does. Scaled (p/q dq/dp) and for reactions they are the control coefficients of metabolic control analysis.
 * @see Reder 1988: Metabolic control theory: a structural approach, doi:10.1016/S0022-5193(88)80073-0
 */
export function steadyControls(pathway: CompiledPathway, ids: readonly string[]): SteadyControls {
  const { symbols, network } = pathway;
  const slots = ids.map((id) => network.gates.get(id) ?? symbols.get(id)?.slot ?? -1);
  const parameters = ids.map((id, k) => ({ id, value: pathway.values[slots[k] ?? -1] ?? 0 }));
  const shown = [...symbols.values()].filter(({ kind }) => kind === "species" || kind === "reaction");
  const code = sensitivityCode(
    pathway,
    slots,
    shown.map((s) => s.slot),
  );
  return (system, y) => {
    const n = system.size;
    const t = pathway.values[TIME_SLOT] ?? 0;
    const matrix = new Float64Array(n * n);
    system.jacobian(y, matrix);
    for (const { dependent, terms } of system.invariants) {
      matrix.fill(0, dependent * n, (dependent + 1) * n);
      for (const { index, weight } of terms) matrix[dependent * n + index] = weight;
    }
    const scales = equilibrate(matrix, n);
    const lu = factorDense(matrix, n);
    if (lu === undefined) return undefined;
    const partials = code.partialsAt(t, y);
    const dy = new Float64Array(ids.length * n);
    for (let k = 0; k < ids.length; k++) {
      const right = partials.slice(k * n, (k + 1) * n).map((v) => -v);
      for (const { dependent, terms } of system.invariants)
        right[dependent] = terms.reduce((sum, { index, weight }) => sum + weight * (code.start[k * n + index] ?? 0), 0);
      for (let i = 0; i < n; i++) right[i] = (right[i] ?? 0) / (scales[i] ?? 1);
      solveLu(lu, right, dy.subarray(k * n, (k + 1) * n));
    }
    const slopes = new Float64Array(ids.length * shown.length);
    code.outputs(t, y, dy, slopes);
    const values = Float64Array.from(shown, (s) => pathway.values[s.slot] ?? 0);
    return { parameters, columns: shown.map((s) => s.id), values, slopes };
  };
}

/** Scales rows to a largest entry of 1; returns what they were divided by. */
function equilibrate(matrix: Float64Array, n: number): Float64Array {
  const scales = new Float64Array(n).fill(1);
  for (let i = 0; i < n; i++) {
    const row = matrix.subarray(i * n, (i + 1) * n);
    const largest = row.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    if (!(largest > 0)) continue;
    scales[i] = largest;
    for (let j = 0; j < n; j++) row[j] = (row[j] ?? 0) / largest;
  }
  return scales;
}
