import type { RegulatoryGraph } from "../graph/graph.ts";
import { encodedBy } from "../graph/graph-genes.ts";
import { encodingGenes, lostRegulators } from "./regulon-features.ts";

/** What the genes of a regulator that is itself a target count for, beside a target of the lost regulator. */
const ONWARD = 0.5;

type Profile = ReadonlyMap<string, number>;

/**
 * How much the regulons of two sets of deleted genes have in common: the cosine of the genes they act on, whatever the
 * sign, those of regulators that they regulate with half the weight. 1 for the same regulon, 0 where a set has none.
 */
export function regulonKinship(network: RegulatoryGraph): (a: readonly string[], b: readonly string[]) => number {
  const profileOf = regulonProfiles(network);
  return (a, b) => cosine(profileOf(a), profileOf(b));
}

/** The genes that a set of deleted genes acts on, with how much; each set is looked up once. */
export function regulonProfiles(network: RegulatoryGraph): (genes: readonly string[]) => Profile {
  const profiles = new Map<string, Profile>();
  return (genes) => {
    const key = genes.join("+");
    const found = profiles.get(key) ?? profile(network, genes);
    profiles.set(key, found);
    return found;
  };
}

function profile(network: RegulatoryGraph, genes: readonly string[]): Profile {
  const { graph } = network;
  const lost = lostRegulators(network, genes);
  const found = new Map<string, number>();
  const add = (gene: string, amount: number) => found.set(gene, (found.get(gene) ?? 0) + amount);
  for (const regulator of lost) {
    for (const gene of regulonOf(network, regulator)) {
      add(gene, 1);
      if (!graph.hasNode(gene) || graph.getNodeAttribute(gene, "type") !== "gene") continue;
      for (const other of encodedBy(network, gene)) {
        if (lost.has(other)) continue;
        for (const next of regulonOf(network, other)) add(next, ONWARD / encodingGenes(network, other));
      }
    }
  }
  return found;
}

/** The regulator's genes in the whole genome where the network says so, else its targets in the network. */
function regulonOf({ graph }: RegulatoryGraph, regulator: string): readonly string[] {
  if (!graph.hasNode(regulator)) return [];
  const whole = graph.getNodeAttribute(regulator, "regulon");
  if (whole !== undefined) return whole;
  return graph
    .mapOutEdges(regulator, (_edge, { type }, _source, target) => (type === "regulates" ? target : undefined))
    .filter((target) => target !== undefined);
}

function cosine(a: Profile, b: Profile): number {
  let [shared, first, second] = [0, 0, 0];
  for (const [gene, amount] of a) {
    shared += amount * (b.get(gene) ?? 0);
    first += amount * amount;
  }
  for (const amount of b.values()) second += amount * amount;
  return first > 0 && second > 0 ? shared / Math.sqrt(first * second) : 0;
}
