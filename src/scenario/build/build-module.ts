import type { CellModule } from "../../cell/module.ts";
import type { ArmRule } from "../arm-rule.ts";
import type { ModuleSpec } from "../schema/cell.ts";
import type { Uncertainty } from "../uncertainty.ts";
import type { World } from "../world.ts";
import { buildMedium } from "./medium.ts";
import { buildMetabolic } from "./metabolic.ts";
import { buildPathway } from "./pathway.ts";
import { buildRegulator } from "./regulator.ts";

/** What a module is built with, beside its own options. */
export interface BuildContext extends World {
  readonly rule: ArmRule;
}

export interface BuiltModule {
  readonly module: CellModule;
  readonly repeatability: "A" | "B";
  /** How far off a regulator may be, where its card says. */
  readonly uncertainty?: Uncertainty;
}

/** A module from its entry in the manifest. @throws CellweaveError for files and names that are wrong */
export async function buildModule(spec: ModuleSpec, context: BuildContext): Promise<BuiltModule> {
  if ("medium" in spec) return buildMedium(spec);
  if ("metabolic" in spec) return buildMetabolic(spec, context);
  if ("pathway" in spec) return buildPathway(spec, context);
  return buildRegulator(spec, context);
}
