import { CellweaveError } from "../../errors.ts";
import { mediumModule } from "../../metabolism/medium/medium.ts";
import type { BiomassOptions } from "../../metabolism/medium/options.ts";
import type { MediumSpec } from "../schema/medium.ts";
import type { BuiltModule } from "./context.ts";

/** @throws CellweaveError `medium/biomass` where neither or both of biomass and strains are given */
export function buildMedium({ medium, pools, biomass, strains, dilution, vessel }: MediumSpec): BuiltModule {
  if ((biomass === undefined) === (strains === undefined))
    throw new CellweaveError("medium/biomass", `the medium '${medium}' needs either biomass or strains`, {
      hint: "biomass: { initial: 0.01 }, or strains: { wild-type: { initial: 0.01 }, mutant: { initial: 0.01 } }",
    });
  const module = mediumModule({
    id: medium,
    pools: Object.entries(pools).map(([id, pool]) => ({ variable: `pool:${id}`, ...pool })),
    biomass: biomass ?? strainsOf(strains),
    ...(dilution === undefined ? {} : { dilution }),
    ...(vessel === undefined ? {} : { vessel }),
  });
  return { module, repeatability: "A" };
}

function strainsOf(strains: MediumSpec["strains"] = {}): BiomassOptions[] {
  return Object.entries(strains).map(([name, strain]) => ({ variable: `biomass:${name}`, label: name, ...strain }));
}
