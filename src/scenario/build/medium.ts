import { mediumModule } from "../../metabolism/medium.ts";
import type { MediumSpec } from "../schema/medium.ts";
import type { BuiltModule } from "./build-module.ts";

export function buildMedium({ medium, pools, biomass, dilution, vessel }: MediumSpec): BuiltModule {
  const module = mediumModule({
    id: medium,
    pools: Object.entries(pools).map(([id, pool]) => ({ variable: `pool:${id}`, ...pool })),
    biomass,
    ...(dilution === undefined ? {} : { dilution }),
    ...(vessel === undefined ? {} : { vessel }),
  });
  return { module, repeatability: "A" };
}
