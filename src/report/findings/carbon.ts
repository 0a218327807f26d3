import { EXPERIMENTER, type Trajectory } from "../../engine/trajectory.ts";

/** Carbon atoms a molecule, by BiGG id of what E. coli takes up and gives off (formulas: bigg.ucsd.edu). */
const CARBON: ReadonlyMap<string, number> = new Map([
  ["glc__D", 6],
  ["fru", 6],
  ["ac", 2],
  ["acald", 2],
  ["etoh", 2],
  ["for", 1],
  ["lac__D", 3],
  ["pyr", 3],
  ["succ", 4],
  ["fum", 4],
  ["mal__L", 4],
  ["akg", 5],
  ["glu__L", 5],
  ["gln__L", 5],
  ["co2", 1],
]);

/** Carbon atoms of a pool of the medium; undefined where it isn't known to have any. */
export function carbonOf(variable: string): number | undefined {
  return CARBON.get(variable.replace(/^pool:/, "").replace(/_e$/, ""));
}

/** Where the carbon of a culture went, mmol C/L. */
export interface CarbonBalance {
  readonly takenUp: number;
  /** What was given off and not taken up again, largest first. */
  readonly products: readonly { readonly variable: string; readonly carbon: number }[];
}

/**
 * Carbon that modules other than the medium took from it and gave to it over a run, net for each pool: feeds, gas,
 * dilution and what the experimenter sets don't count. Undefined where none was taken up.
 */
export function carbonBalance({
  ledger,
  variables,
}: Pick<Trajectory, "ledger" | "variables">): CarbonBalance | undefined {
  const owners = new Map(variables.map(({ id, owner }) => [id, owner]));
  const net = new Map<string, number>();
  for (const { variable, module, moved } of ledger) {
    const atoms = carbonOf(variable);
    const cells = module !== EXPERIMENTER && module !== owners.get(variable);
    if (atoms !== undefined && cells) net.set(variable, (net.get(variable) ?? 0) + atoms * moved);
  }
  const takenUp = -[...net.values()].filter((carbon) => carbon < 0).reduce((sum, carbon) => sum + carbon, 0);
  if (!(takenUp > 0)) return undefined;
  const products = [...net]
    .filter(([, carbon]) => carbon > 1e-3 * takenUp)
    .map(([variable, carbon]) => ({ variable, carbon }))
    .sort((a, b) => b.carbon - a.carbon);
  return { takenUp, products };
}
