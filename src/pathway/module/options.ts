import type { VariableDeclaration, VariableKind } from "../../cell/variable.ts";
import { CellweaveError } from "../../errors.ts";
import type { Integrator } from "../../numerics/ode/ode.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { didYouMean } from "../../suggest.ts";
import { type CompiledPathway, compilePathway } from "../code/compile.ts";
import type { NetworkOptions } from "../network/network-types.ts";
import type { SolverName } from "../run/solvers.ts";
import type { PathwaySymbol } from "../symbols.ts";

/** A parameter or species of the model that follows a variable of the cell: value = factor x variable. */
export interface PathwayInput {
  readonly sbml: string;
  readonly variable: string;
  /** Default 1. */
  readonly factor?: number;
}

/** A quantity of the model that the cell sees, in the model's unit (species: concentration unless the file says amounts). */
export interface PathwayOwned {
  /** SBML id. Integrated and held quantities become states of the cell, those with an assignment rule outputs. */
  readonly sbml: string;
  /** Id in the cell; `species:<sbml>` where absent. */
  readonly variable?: string;
  /** Default `species`. */
  readonly kind?: VariableKind;
  readonly unit: string;
  /** Magnitude at which an error matters, in `unit`. */
  readonly nominal: number;
  readonly label?: string;
}

export interface PathwayModuleOptions {
  readonly id: string;
  readonly document: SbmlDocument;
  /** SBML time units in an hour: 3600 where the model counts seconds. Default 1. */
  readonly timeScale?: number;
  readonly inputs?: readonly PathwayInput[];
  readonly owns: readonly PathwayOwned[];
  /** Parameters that a gene's edits set to the product of their levels (1 unperturbed, 0 knocked out). */
  readonly genes?: readonly { readonly gene: string; readonly parameter: string }[];
  /** Values in place of the file's, by parameter id. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** Relative tolerance, default 1e-6. */
  readonly rtol?: number;
  /** Absolute tolerance relative to each variable's nominal, default 1e-6. */
  readonly atol?: number;
  /** Steps in one window (between events), default 20,000. */
  readonly maxSteps?: number;
  /** Seed of random choices among simultaneous events, default 1. */
  readonly seed?: number;
  /** Default `auto`. */
  readonly solver?: SolverName;
  /** An integrator of one's own in place of `solver`. */
  readonly integrator?: Integrator;
}

/** The options resolved against the compiled model. */
export interface PathwayBinding {
  readonly pathway: CompiledPathway;
  readonly owns: readonly VariableDeclaration[];
  /** Symbols of `owns`, same order. */
  readonly symbols: readonly PathwaySymbol[];
  /** Index into the state vector of each of `owns`; -1 for an output. */
  readonly stateOf: Int32Array;
  readonly inputs: readonly { readonly slot: number; readonly factor: number }[];
  readonly reads: readonly string[];
}

/** Compiles the model and resolves every id of the options. Throws the `sbml/...` errors. */
export function bindPathway(
  options: PathwayModuleOptions,
  compile: Pick<NetworkOptions, "singleRates"> = {},
): PathwayBinding {
  const { document, inputs = [], owns, genes = [], parameters } = options;
  const pathway = compilePathway(document, {
    ...compile,
    driven: new Set(inputs.map((i) => i.sbml)),
    integrated: new Set(owns.map((o) => o.sbml)),
    clampable: new Set(owns.map((o) => o.sbml)),
    ...(parameters === undefined ? {} : { parameters }),
  });
  const need = (id: string): PathwaySymbol =>
    pathway.symbols.get(id) ?? unknown(options.id, id, pathway.symbols.keys());
  for (const { parameter } of genes) requireSettable(options.id, need(parameter));
  pathway.initialise(0);
  pathway.observe();
  const symbols = owns.map((o) => need(o.sbml));
  const declared = owns.map((o, i) => declare(pathway, o, symbols[i]));
  return {
    pathway,
    owns: declared,
    symbols,
    stateOf: Int32Array.from(symbols, (s) => pathway.states.findIndex((state) => state.symbol === s)),
    inputs: inputs.map((i) => ({ slot: need(i.sbml).slot, factor: i.factor ?? 1 })),
    reads: inputs.map((i) => i.variable),
  };
}

function declare(pathway: CompiledPathway, o: PathwayOwned, symbol: PathwaySymbol | undefined): VariableDeclaration {
  const output = symbol?.determination === "assigned" || symbol?.determination === "driven";
  return {
    id: o.variable ?? `species:${o.sbml}`,
    kind: o.kind ?? "species",
    unit: o.unit,
    role: output ? "output" : "state",
    initial: pathway.values[symbol?.slot ?? 0] ?? 0,
    nominal: o.nominal,
    ...(o.label === undefined ? {} : { label: o.label }),
  };
}

function requireSettable(module: string, symbol: PathwaySymbol): void {
  if (symbol.kind === "parameter" && symbol.determination === "held") return;
  throw new CellweaveError(
    "pathway/not-a-parameter",
    `Module '${module}': '${symbol.id}' is ${symbol.kind === "parameter" ? "determined by the model" : `a ${symbol.kind}`} when a free parameter was expected`,
  );
}

function unknown(module: string, id: string, known: Iterable<string>): never {
  const hint = didYouMean(id, known);
  throw new CellweaveError("sbml/unknown-id", `Module '${module}': the model has nothing called '${id}'`, {
    ...(hint === undefined ? {} : { hint }),
  });
}
