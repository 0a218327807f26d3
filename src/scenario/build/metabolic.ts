import { geneAt } from "../../metabolism/model/edits.ts";
import type { CapacityOption, ExchangeOption, MetabolicOptions } from "../../metabolism/module/options.ts";
import { asStrain } from "../../metabolism/module/strain.ts";
import type { MetabolicSpec } from "../schema/metabolic.ts";
import type { BuildContext, BuiltModule } from "./context.ts";

export async function buildMetabolic(spec: MetabolicSpec, { inputs, manifest }: BuildContext): Promise<BuiltModule> {
  const { fluxModelFromFile } = await import("../../metabolism/read/flux-file-node.ts");
  const { metabolicModule } = await import("../../metabolism/module/metabolic-module.ts");
  const file = inputs.files.resolve(manifest.base, spec.sbml);
  const model = fluxModelFromFile(await inputs.bytes(file, "sbml"), file);
  const { strain, lacks: names = [] } = spec;
  const lacks = names.flatMap((gene) => model.genes[geneAt(model, gene)]?.id ?? []);
  const biomass = strain === undefined ? {} : { biomass: `biomass:${strain}` };
  const module = await metabolicModule({ ...optionsOf(spec), ...biomass, model });
  return { module: strain === undefined ? module : asStrain(module, strain, lacks), repeatability: "A" };
}

function optionsOf(spec: MetabolicSpec): Omit<MetabolicOptions, "model"> {
  const { metabolic, sbml: _sbml, strain: _strain, lacks: _lacks, exchanges, capacities, isoenzymes, ...same } = spec;
  return {
    ...same,
    id: metabolic,
    exchanges: Object.entries(exchanges).map(
      ([reaction, { pool, ...kinetics }]): ExchangeOption => ({ reaction, pool: `pool:${pool}`, ...kinetics }),
    ),
    ...(capacities === undefined ? {} : { capacities: Object.entries(capacities).map(capacityOption) }),
    ...(isoenzymes === undefined ? {} : { isoenzymes: new Map(Object.entries(isoenzymes)) }),
  };
}

type CapacitySpec = NonNullable<MetabolicSpec["capacities"]>[string];

function capacityOption([reaction, capacity]: [string, CapacitySpec]): CapacityOption {
  return typeof capacity === "number" ? { reaction, max: capacity } : { reaction, ...capacity };
}
