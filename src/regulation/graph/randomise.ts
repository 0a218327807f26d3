import { type Random, seededRandom } from "../../numerics/seeded-random.ts";
import type { EdgeEntry, RegulatoryFile } from "./graph-file.ts";

/**
 * A control graph: edges of one type swap their targets pairwise, so that every node keeps its number of ingoing and
 * outgoing edges of each type and every source its signs, while who regulates whom is random.
 * @param types edge types to randomise; the others stay
 * @param swaps attempted swaps for each edge
 * @see Maslov, Sneppen 2002, doi:10.1126/science.1065103
 */
export function randomised(
  network: RegulatoryFile,
  seed: number,
  types: readonly string[] = ["regulates"],
  swaps = 20,
): RegulatoryFile {
  const random = seededRandom(seed);
  const edges = network.edges.map((edge) => ({ ...edge }));
  const taken = new Set(edges.map(key));
  for (const type of types) {
    const movable = edges.filter((edge) => edge.type === type);
    for (let k = 0; k < swaps * movable.length; k++) swapTargets(movable, random, taken);
  }
  return { ...network, id: `${network.id}-random-${seed}`, edges };
}

type Movable = { -readonly [K in keyof EdgeEntry]: EdgeEntry[K] };

function key({ source, target }: { readonly source: string; readonly target: string }): string {
  return JSON.stringify([source, target]);
}

function swapTargets(edges: readonly Movable[], random: Random, taken: Set<string>): void {
  const a = edges[random.integer(edges.length)];
  const b = edges[random.integer(edges.length)];
  if (a === undefined || b === undefined || a === b || a.source === b.source || a.target === b.target) return;
  const first = { source: a.source, target: b.target };
  const second = { source: b.source, target: a.target };
  if (first.source === first.target || second.source === second.target) return;
  if (taken.has(key(first)) || taken.has(key(second))) return;
  taken.delete(key(a));
  taken.delete(key(b));
  [a.target, b.target] = [b.target, a.target];
  taken.add(key(a));
  taken.add(key(b));
}
