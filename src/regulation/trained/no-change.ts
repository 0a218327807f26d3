import type { Regulator, RegulatorNames, RegulatorReference } from "../regulator.ts";

/** A regulator for which nothing ever changes: the plainest row of every comparison. */
export function noChangeRegulator(names: RegulatorNames, reference: RegulatorReference): Regulator {
  return {
    name: "no change",
    names,
    reference,
    predict(_inputs, { activityChange, log2Expression }) {
      activityChange.fill(0);
      log2Expression.fill(0);
    },
    dispose() {},
  };
}
