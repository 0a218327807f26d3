import type { Sign } from "./sign.ts";

export type NodeType = "gene" | "protein" | "tf" | "sigma" | "metabolite" | "signal" | "imodulon";

export interface NodeAttributes {
  readonly type: NodeType;
  readonly name: string;
  /** b-number. */
  readonly locus?: string;
  readonly synonyms?: readonly string[];
  /** Of a regulator: (activated - repressed) / targets with one sign, over its whole regulon; -1 to 1. */
  readonly mode?: number;
  /** Of a regulator: names of all genes it acts on, those outside the network too. */
  readonly regulon?: readonly string[];
  /** Of a regulator: share of each iModulon's genes, by weight, that it activates less that it represses; -1 to 1. */
  readonly reach?: ReadonlyMap<string, number>;
}

export interface EdgeAttributes {
  readonly sign: Sign;
  /** `regulates`, `encodes`, `phosphorylates`, `signals`. */
  readonly type: string;
  /** How well it is known, as its source grades it. */
  readonly evidence: string;
  /** Where the fact comes from. */
  readonly origin: string;
}
