import type { Trajectory } from "../engine/trajectory.ts";
import type { NodeType } from "../regulation/graph/graph-attributes.ts";
import type { AnalysisResult } from "../scenario/analyses/analysis.ts";
import type { ArmName } from "../scenario/arms/arm.ts";
import type { Uncertainty } from "../scenario/uncertainty.ts";

/** One arm of a scenario. */
export interface ReportArm {
  readonly name: ArmName;
  readonly trajectory: Trajectory;
  /** The same arm without the perturbations. */
  readonly reference?: Trajectory;
  /** How far off the arm's regulator may be; no bands where absent. */
  readonly uncertainty?: Uncertainty;
}

/** A variable worth a figure. */
export interface Observable {
  /** Id of a variable of the cell. */
  readonly variable: string;
  /** What figures write; the variable's own label or id where absent. */
  readonly label?: string;
}

/** One measured point, in the variable's unit. */
export interface Measurement {
  readonly variable: string;
  /** Hours. */
  readonly time: number;
  readonly value: number;
  /** Standard deviation. */
  readonly sd?: number;
}

/** A perturbation as figures show it. */
export interface PerturbationMark {
  /** Short, for example `ΔarcA` or `oxygen off`. */
  readonly label: string;
  /** Hours; a window that spans the whole run is named but not shaded. */
  readonly from: number;
  readonly to: number;
  /** Whether it is a gene's: what a regulator answers for. */
  readonly gene?: boolean;
}

/** A node of the regulatory graph with its change against the unperturbed reference. */
export interface ReportNode {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  /** Locus tag, for example `b4401`. */
  readonly locus?: string;
  /** log2 fold change of expression or activity against the wild type of the same arm; absent where unknown. */
  readonly change: { readonly [arm in ArmName]?: number };
}

/** A signed edge: 1 activates, -1 represses, 0 dual or unknown. */
export interface ReportEdge {
  readonly source: string;
  readonly target: string;
  readonly sign: 1 | -1 | 0;
}

/** The regulatory graph around what was perturbed. */
export interface Neighbourhood {
  /** Ids of the perturbed nodes: genes, or what else is perturbed (a signal such as oxygen). */
  readonly focus: readonly string[];
  readonly nodes: readonly ReportNode[];
  readonly edges: readonly ReportEdge[];
  /** What `change` is and when it was read, for example `log2 fold change of expression at 4 h`. */
  readonly measure: string;
}

/** Where a run came from; enough to do it again. */
export interface Provenance {
  /** ISO 8601, UTC. */
  readonly created: string;
  /** Version of cellweave. */
  readonly version: string;
  /** Versions of what else had a hand in the numbers: node, highs, onnxruntime-node, odex, the models. */
  readonly versions: readonly { readonly name: string; readonly version: string }[];
  readonly inputs: readonly { readonly path: string; readonly role: string; readonly sha256: string }[];
  /** Of whatever modules draw. */
  readonly seed: number;
  readonly rtol: number;
  readonly atol: number;
  /**
   * A: bitwise repeatable on any machine with the same build of Node (version and kind of processor); B: on the same
   * machine and build; C: within tolerance.
   */
  readonly class: "A" | "B" | "C";
  /** Command line that repeats the run. */
  readonly command: string;
}

/** Who goes short when a pool runs out. */
export interface AllocationRule {
  readonly pool: string;
  /** Names of modules, the most urgent tier first. */
  readonly tiers: readonly (readonly string[])[];
  /** Concentration at which the last tier gets half of its demand, mmol/L. */
  readonly half: number;
}

/** Everything a report and a run folder are made of: plain data. */
export interface ReportInput {
  readonly title: string;
  /** What was asked, in the user's words. */
  readonly description: string;
  /** Name of the cell. */
  readonly cell: string;
  readonly arms: readonly ReportArm[];
  readonly observables: readonly Observable[];
  readonly measurements: readonly Measurement[];
  readonly perturbations: readonly PerturbationMark[];
  /** Fluxes of the wild type against perturbed figure; the central-carbon reactions that the cell has where absent. */
  readonly fluxes?: readonly Observable[];
  readonly graph?: Neighbourhood;
  /** How modules share pools that run out, as the cell's manifest says; nobody shares where absent. */
  readonly allocation?: readonly AllocationRule[];
  /** What the scenario asked of the cell's flux balance at some times; nothing where absent. */
  readonly analyses?: readonly AnalysisResult[];
  readonly provenance: Provenance;
  /** Paragraphs of plain text. */
  readonly explanations: readonly string[];
  /** Why the arms differ in a variable, one sentence, by variable id. */
  readonly reasons?: ReadonlyMap<string, string>;
}
