import { ARMS } from "../../scenario/arms/arm.ts";
import { type Cultivation, growStrain, type StrainState } from "../strains/cell-strain.ts";
import { type FluxEntry, threeWays } from "./flux-rows.ts";
import { DILUTION, type FluxTask } from "./flux-task.ts";

const UPTAKE = "flux:GLCpts";

/** A chemostat on the cell's own medium, until nothing moves; it begins where the wild type nearly ends. */
const CHEMOSTAT: Cultivation = {
  time: { to: 80, points: 2 },
  medium: { glc__D_e: 0.05 },
  biomass: 0.8,
  perturbations: [
    { parameter: "medium.dilution", value: DILUTION },
    { parameter: "medium.pool:glc__D_e.feed", value: 11.1 },
    { parameter: "medium.pool:nh4_e.feed", value: 18.7 },
  ],
};

export interface CellEntries {
  readonly entries: readonly FluxEntry[];
  /** Deleted genes that the cell doesn't know, so that its wild type answers. */
  readonly unknown: readonly string[];
  /** Runs that didn't reach the end or take up no glucose there; their fluxes count as zero. */
  readonly ended: readonly string[];
}

/**
 * What the arms of a cell say of the strains in the chemostat.
 * @param cell path of its manifest
 * @param onProgress called with the share done, 0 to 1
 */
export async function cellEntries(
  cell: string,
  task: FluxTask,
  onProgress: (done: number) => void = () => {},
): Promise<CellEntries> {
  const wildType = (await growStrain(cell, undefined, CHEMOSTAT, ARMS)) ?? [];
  const states: StrainState[][] = [];
  const unknown: string[] = [];
  for (const gene of task.strains) {
    const found = await growStrain(cell, gene, CHEMOSTAT, ARMS);
    if (found === undefined) unknown.push(gene);
    states.push(found ?? wildType);
    onProgress(states.length / task.strains.length);
  }
  const ended: string[] = [];
  const entries = wildType.flatMap((wild, k) => {
    const name = `cell, ${wild.arm}`;
    const predicted = states.map((arms, s) => {
      const shares = sharesOf(arms[k], task);
      if (shares === undefined) ended.push(`${task.strains[s]} (${wild.arm})`);
      return shares ?? new Float64Array(task.reactions.length);
    });
    const entry = { name, predicted };
    return threeWays(task, entry, sharesOf(wild, task) ?? task.reference);
  });
  return { entries, unknown, ended };
}

/** Fluxes at the end by the task's reactions, divided by glucose uptake. */
function sharesOf(state: StrainState | undefined, { reactions }: FluxTask): Float64Array | undefined {
  const uptake = state?.value(UPTAKE) ?? Number.NaN;
  if (state?.done !== true || !(uptake > 1e-9)) return undefined;
  return Float64Array.from(reactions, (id) => state.value(`flux:${id}`) / uptake);
}
