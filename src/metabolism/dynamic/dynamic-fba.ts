import { composeCell } from "../../cell/compose.ts";
import type { TimedEdit } from "../../cell/edit.ts";
import type { CellModule } from "../../cell/module.ts";
import { simulate } from "../../engine/simulate.ts";
import type { Trajectory } from "../../engine/trajectory.ts";
import { CellweaveError } from "../../errors.ts";
import { mediumModule } from "../medium/medium.ts";
import { metabolicModule } from "../module/metabolic-module.ts";
import { asStrain } from "../module/strain.ts";
import { compoundsOf, exchangesOfStrain } from "./exchanges.ts";
import type { DynamicOptions, StrainOption } from "./options.ts";

/**
 * Dynamic flux balance: strains that grow in one medium, batch, chemostat (`dilution`) or fed-batch (`vessel`), by
 * error-controlled steps that stop where an optimal basis changes.
 *
 * Variables: `pool:<compound>` (mmol/L), `biomass` (gDW/L), `flux:<reaction>` (mmol gDW^-1 h^-1) and `volume` (L) of a
 * fed-batch; with several strains `biomass:<name>` and `<name>/flux:<reaction>`. What a strain can take up without limit
 * (a bound of 999 or more) is there without limit; products that nobody follows leave unaccounted.
 * @returns the trajectory; its status says where it stopped
 * @throws CellweaveError for unknown compounds and reactions, and for a limited uptake of what has no pool
 * @see doi:10.1016/S0006-3495(02)73903-9 (dynamic FBA)
 */
export async function dynamicFba(options: DynamicOptions): Promise<Trajectory> {
  const { to, points = 201, edits = [], jumps, rtol, atol, signal, onProgress, maxSteps } = options;
  checkStrains(options);
  const pools = compoundsOf(options);
  const strains: CellModule[] = [];
  try {
    for (const strain of options.strains) strains.push(await strainModule(strain, pools, options.strains.length > 1));
    const cell = composeCell([medium(options, pools), ...strains]);
    return await simulate(cell, {
      t0: 0,
      t1: to,
      output: Float64Array.from({ length: points }, (_, k) => (k === points - 1 ? to : (k * to) / (points - 1))),
      edits: [...feedEdits(options), ...edits],
      ...definedOf({ jumps, rtol, atol, signal, onProgress, maxSteps }),
    });
  } finally {
    for (const module of strains) module.dispose();
  }
}

function definedOf<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function checkStrains({ strains }: DynamicOptions): void {
  const names = strains.map(({ name }) => name);
  const again = names.find((name, k) => names.indexOf(name) < k);
  if (strains.length === 0) throw new CellweaveError("dfba/strains", "there is no strain");
  if (again !== undefined)
    throw new CellweaveError("dfba/strains", `two strains are called '${again}'`, { hint: "name them differently" });
}

/** Id of a strain's biomass variable. */
function biomassOf(name: string, several: boolean): string {
  return several ? `biomass:${name}` : "biomass";
}

async function strainModule(strain: StrainOption, pools: readonly string[], several: boolean): Promise<CellModule> {
  const module = await metabolicModule({
    id: strain.name,
    model: strain.model,
    ...exchangesOfStrain(strain, pools),
    drains: "others",
    defaultCapacity: "none",
    expression: [],
    biomass: biomassOf(strain.name, several),
    goals: strain.goals ?? [],
  });
  return several ? asStrain(module, strain.name) : module;
}

function medium({ strains, compounds, dilution, vessel }: DynamicOptions, pools: readonly string[]): CellModule {
  const given = new Map(compounds.map((compound) => [compound.id, compound]));
  const several = strains.length > 1;
  return mediumModule({
    pools: pools.map((id) => {
      const { id: _, ...same } = given.get(id) ?? { id, initial: 0 };
      return { variable: `pool:${id}`, ...same };
    }),
    biomass: strains.map(({ name, biomass, model }) => ({
      variable: biomassOf(name, several),
      initial: biomass,
      label: several ? name : `biomass of ${model.id}`,
    })),
    ...(dilution === undefined ? {} : { dilution }),
    ...(vessel === undefined ? {} : { vessel: { ...vessel, flow: 0 } }),
  });
}

/** The feed begins with an edit, so that the engine stops there. */
function feedEdits({ vessel }: DynamicOptions): TimedEdit[] {
  if (vessel?.flow === undefined) return [];
  const edit = { kind: "parameter", module: "medium", parameter: "flow", value: vessel.flow } as const;
  return [{ edit, from: vessel.flowFrom ?? 0, to: Number.POSITIVE_INFINITY }];
}
