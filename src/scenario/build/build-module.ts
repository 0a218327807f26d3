import type { ModuleSpec } from "../schema/cell.ts";
import type { BuildContext, BuiltModule } from "./context.ts";
import { buildMedium } from "./medium.ts";
import { buildMetabolic } from "./metabolic.ts";
import { buildPathway } from "./pathway.ts";
import { buildRegulator } from "./regulator.ts";

/** A module from its entry in the manifest. @throws CellweaveError for files and names that are wrong */
export async function buildModule(spec: ModuleSpec, context: BuildContext): Promise<BuiltModule> {
  if ("medium" in spec) return buildMedium(spec);
  if ("metabolic" in spec) return buildMetabolic(spec, context);
  if ("pathway" in spec) return buildPathway(spec, context);
  return buildRegulator(spec, context);
}
