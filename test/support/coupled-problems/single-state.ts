import type { CellModule } from "../../../src/cell/module.ts";
import { pathwayModule } from "../../../src/pathway/module/pathway-module.ts";
import { type Formula, smallModel } from "../mathml-model.ts";

/** Inner tolerances, so tight that only the macro-step is seen. */
export const TIGHT = { rtol: 1e-11, atol: 1e-11 };

/** A module of one state with a rate rule; inputs are other parameters. */
export function singleState(
  id: string,
  state: { name: string; initial: number },
  rate: Formula,
  inputs: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, number>> = {},
): CellModule {
  const zeros = Object.fromEntries(Object.keys(inputs).map((name) => [name, 0]));
  return pathwayModule({
    id,
    document: smallModel({
      id,
      parameters: { [state.name]: state.initial, ...zeros, ...parameters },
      rates: { [state.name]: rate },
    }),
    inputs: Object.entries(inputs).map(([sbml, variable]) => ({ sbml, variable })),
    owns: [{ sbml: state.name, unit: "1", nominal: 1 }],
    ...TIGHT,
  });
}
