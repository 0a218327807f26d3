import type { Window } from "../../cell/module.ts";
import type { MediumParameters } from "./parameters.ts";

/** What flows into the medium over a window. */
export interface Inflow {
  /** Whether anything does. */
  readonly runs: boolean;
  /** L/h; 0 without a vessel. */
  flow(t: number): number;
  /** Dilution rate, 1/h: the chemostat's and flow over volume. */
  dilution(t: number): number;
}

/** The inflow over a window: the volume is known from the window's start and what has flowed since. */
export function inflowOf({ dilution, vessel, exchanges }: MediumParameters, { t0, start }: Window): Inflow {
  if (vessel === undefined || vessel.flow === 0 || exchanges[vessel.at]?.held === true)
    return { runs: dilution > 0, flow: () => 0, dilution: () => dilution };
  const { at, flow: first, growth, from } = vessel;
  const initial = start[at] ?? 0;
  const flow = (t: number) => (t < from ? 0 : first * Math.exp(growth * (t - from)));
  const added = (t: number) => {
    const [a, b] = [Math.max(t0, from), Math.max(t, from)];
    return growth === 0 ? first * (b - a) : (flow(a) * Math.expm1(growth * (b - a))) / growth;
  };
  return { runs: true, flow, dilution: (t) => dilution + flow(t) / (initial + added(t)) };
}
