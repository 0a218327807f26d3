import { CellweaveError } from "../../errors.ts";
import type { PathwayInput, PathwayModuleOptions, PathwayOwned } from "../../pathway/module/options.ts";
import { pathwayModule } from "../../pathway/module/pathway-module.ts";
import { stochasticPathwayModule } from "../../pathway/stochastic/module.ts";
import type { PathwaySpec } from "../schema/pathway.ts";
import { SEED } from "../seed.ts";
import type { BuildContext, BuiltModule } from "./context.ts";
import { readModel } from "./read-model.ts";

export async function buildPathway(spec: PathwaySpec, context: BuildContext): Promise<BuiltModule> {
  refuseMixture(spec);
  const { seed = SEED, molecules, method = "deterministic" } = spec;
  const options = { ...optionsOf(spec), document: await readModel(spec.sbml, context), seed };
  if (method === "deterministic") return { module: pathwayModule(options), repeatability: "A" };
  const module = stochasticPathwayModule({ ...options, ...(molecules === undefined ? {} : { molecules }) });
  return { module, repeatability: "A" };
}

/** Options that belong to one method only, and are given for the other. */
function refuseMixture(spec: PathwaySpec): void {
  const method = spec.method ?? "deterministic";
  const other = method === "stochastic" ? (["rtol", "atol", "solver"] as const) : (["molecules", "seed"] as const);
  const given = other.find((name) => spec[name] !== undefined);
  if (given === undefined) return;
  throw new CellweaveError(
    "cell/method",
    `pathway '${spec.pathway}': '${given}' means nothing to a ${method} pathway`,
    {
      hint: method === "stochastic" ? `remove '${given}'` : "add 'method: stochastic', or remove it",
    },
  );
}

function optionsOf(spec: PathwaySpec): Omit<PathwayModuleOptions, "document"> {
  const { pathway, sbml: _, inputs = {}, owns, genes = {}, parameters = {}, timeScale, rtol, atol, solver } = spec;
  return {
    id: pathway,
    ...(timeScale === undefined ? {} : { timeScale }),
    ...(solver === undefined ? {} : { solver }),
    ...(rtol === undefined ? {} : { rtol }),
    ...(atol === undefined ? {} : { atol }),
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
