import { pathwayModule } from "../../pathway/module.ts";
import type { PathwayInput, PathwayModuleOptions, PathwayOwned } from "../../pathway/module-options.ts";
import type { PathwaySpec } from "../schema/pathway.ts";
import { SEED } from "../seed.ts";
import type { BuildContext, BuiltModule } from "./build-module.ts";
import { readModel } from "./read-model.ts";

export async function buildPathway(spec: PathwaySpec, context: BuildContext): Promise<BuiltModule> {
  const document = await readModel(spec.sbml, context);
  return { module: pathwayModule({ ...optionsOf(spec), document, seed: SEED }), repeatability: "A" };
}

function optionsOf(spec: PathwaySpec): Omit<PathwayModuleOptions, "document"> {
  const { pathway, sbml: _, inputs = {}, owns, genes = {}, parameters = {}, ...same } = spec;
  return {
    ...same,
    id: pathway,
    inputs: Object.entries(inputs).map(
      ([sbml, input]): PathwayInput => ({ sbml, ...(typeof input === "string" ? { variable: input } : input) }),
    ),
    owns: Object.entries(owns).map(([sbml, owned]): PathwayOwned => ({ sbml, ...owned })),
    genes: Object.entries(genes).flatMap(([gene, found]) =>
      (typeof found === "string" ? [found] : found).map((parameter) => ({ gene, parameter })),
    ),
    parameters: new Map(Object.entries(parameters)),
  };
}
