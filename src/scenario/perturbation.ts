import type { Edit, TimedEdit, TimedJump } from "../cell/edit.ts";
import type { Path } from "./documents/problem.ts";
import type { PerturbationSpec } from "./schema/perturbation.ts";

/** A gene as the graph knows it. */
export interface GeneName {
  /** The id that modules use: a b-number. */
  readonly locus: string;
  /** What people call it. */
  readonly name: string;
  /** Its node in the regulatory graph, where the cell has one. */
  readonly node: string | undefined;
}

/** A parameter of a module. */
export interface ParameterName {
  readonly module: string;
  readonly parameter: string;
}

/** What names in a scenario resolve to. Each throws a CellweaveError with a hint where a name is unknown. */
export interface Names {
  gene(name: string, path: Path): GeneName;
  /** Id of a variable of the cell; genes in it may be named as people name them. */
  variable(id: string, path: Path): string;
  /** The unit of a variable, where it is known. */
  unit?(id: string): string | undefined;
  /** The parameter of a module that `module.parameter` names. */
  parameter(name: string, path: Path): ParameterName;
  /** The parameter that holds the gas transfer coefficient of a pool. */
  transfer(pool: string, path: Path): ParameterName;
  /** The node of the regulatory graph that a pool acts on, where there is one. */
  node(pool: string): string | undefined;
}

/** A perturbation, resolved: what it asks of the modules, and what a reader calls it. */
export interface Perturbation {
  /** Where it stands in the scenario. */
  readonly path: Path;
  /** Short, for figures: `ΔarcA`, `o2_e kLa = 0`. */
  readonly label: string;
  /** Hours; infinite where the window is open. */
  readonly from: number;
  readonly to: number;
  readonly edit: TimedEdit | undefined;
  readonly jump: TimedJump | undefined;
  readonly gene: GeneName | undefined;
  /** What it acts on in the regulatory graph, where that has it. */
  readonly node: string | undefined;
}

/** Perturbations as written, resolved against the cell. */
export function resolvePerturbation(spec: PerturbationSpec, path: Path, names: Names): Perturbation {
  if ("set" in spec) {
    const variable = names.variable(`pool:${spec.medium}`, [...path, "medium"]);
    const jump = { variable, value: spec.set, at: spec.at };
    const label = `${spec.medium} = ${spec.set} ${names.unit?.(variable) ?? "mmol/L"}`;
    return {
      path,
      label,
      from: spec.at,
      to: spec.at,
      edit: undefined,
      jump,
      gene: undefined,
      node: names.node(spec.medium),
    };
  }
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = spec;
  const { edit, label, gene } = editOf(spec, path, names);
  const node = gene?.node ?? ("medium" in spec ? names.node(spec.medium) : undefined);
  return { path, label, from, to, edit: { edit, from, to }, jump: undefined, gene, node };
}

type Windowed = Exclude<PerturbationSpec, { set: number }>;

interface LabelledEdit {
  readonly edit: Edit;
  readonly label: string;
  readonly gene: GeneName | undefined;
}

function editOf(spec: Windowed, path: Path, names: Names): LabelledEdit {
  if ("clamp" in spec) {
    const variable = names.variable(spec.clamp, [...path, "clamp"]);
    const edit = { kind: "clamp", variable, value: spec.value } as const;
    return { edit, label: `${spec.clamp} = ${spec.value}`, gene: undefined };
  }
  if ("parameter" in spec) {
    const target = names.parameter(spec.parameter, [...path, "parameter"]);
    return {
      edit: { kind: "parameter", ...target, value: spec.value },
      label: `${spec.parameter} = ${spec.value}`,
      gene: undefined,
    };
  }
  if ("medium" in spec) {
    const target = names.transfer(spec.medium, [...path, "medium"]);
    const label = spec.kLa === 0 ? `no ${spec.medium} supply` : `${spec.medium} kLa = ${spec.kLa} 1/h`;
    return { edit: { kind: "parameter", ...target, value: spec.kLa }, label, gene: undefined };
  }
  return geneEdit(spec, path, names);
}

type GeneSpec = Extract<Windowed, { knockout: string } | { knockdown: string } | { overexpression: string }>;

function geneEdit(spec: GeneSpec, path: Path, names: Names): LabelledEdit {
  const edit = (name: string, key: string, level: number) => {
    const gene = names.gene(name, [...path, key]);
    return { gene, edit: { kind: "gene", gene: gene.locus, level, genotype: spec.from === undefined } as const };
  };
  if ("knockout" in spec) {
    const found = edit(spec.knockout, "knockout", 0);
    return { ...found, label: `Δ${found.gene.name}` };
  }
  if ("knockdown" in spec) {
    const found = edit(spec.knockdown, "knockdown", spec.level);
    return { ...found, label: `${found.gene.name} × ${spec.level}` };
  }
  const found = edit(spec.overexpression, "overexpression", spec.level);
  return { ...found, label: `${found.gene.name} × ${spec.level}` };
}
