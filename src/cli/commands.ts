import type { Command } from "./command.ts";

/** A command as the list shows it; its file is loaded only when it runs. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

function entry(summary: string, load: CommandEntry["load"]): CommandEntry {
  return { summary, load };
}

/** Every verb of the command line, in the order the help lists them. */
export const COMMANDS: ReadonlyMap<string, CommandEntry> = new Map([
  ["run", entry("Run a scenario of a cell and write a run folder", () => import("./run.ts"))],
  ["fba", entry("Growth and fluxes of a constraint-based model", () => import("./flux/fba.ts"))],
  ["fva", entry("Least and largest flux of each reaction (flux variability)", () => import("./flux/fva.ts"))],
  [
    "knockout",
    entry("Screen a constraint-based model for gene or reaction deletions", () => import("./flux/knockout.ts")),
  ],
  [
    "envelope",
    entry(
      "Range of the objective along one flux or two (production envelope, phase plane)",
      () => import("./flux/envelope.ts"),
    ),
  ],
  [
    "summary",
    entry(
      "What a model takes up and gives off, or what makes and uses a metabolite",
      () => import("./flux/summary.ts"),
    ),
  ],
  [
    "essential",
    entry("Genes or reactions that a constraint-based model can't grow without", () => import("./flux/essential.ts")),
  ],
  ["medium", entry("The least medium on which a model grows", () => import("./flux/medium.ts"))],
  [
    "gapfill",
    entry("The fewest reactions to add so that a model grows (gap filling)", () => import("./flux/gapfill.ts")),
  ],
  [
    "edit",
    entry("Write a constraint-based model with another medium, bounds, deletions", () => import("./flux/edit.ts")),
  ],
  ["sample", entry("Flux distributions drawn evenly from all that are possible", () => import("./flux/sample.ts"))],
  ["dfba", entry("Dynamic flux balance: strains in batch, fed-batch or chemostat", () => import("./flux/dfba.ts"))],
  [
    "network",
    entry(
      "What is amiss in a metabolic network: balance, blocked reactions, dead ends",
      () => import("./flux/network.ts"),
    ),
  ],
  ["simulate", entry("Time course of one SBML model, without a cell", () => import("./pathway/simulate.ts"))],
  ["steady", entry("Steady state of one SBML model, and whether it is stable", () => import("./pathway/steady.ts"))],
  [
    "sensitivity",
    entry(
      "How a time course of one SBML model depends on parameters and start values",
      () => import("./pathway/sensitivity.ts"),
    ),
  ],
  [
    "scan",
    entry("Time courses of one SBML model over ranges of parameters and knockouts", () => import("./pathway/scan.ts")),
  ],
  ["info", entry("What is in an SBML file", () => import("./sbml/info.ts"))],
  ["check", entry("Check SBML files against the rules of the specification", () => import("./sbml/check.ts"))],
  ["convert", entry("Write SBML of any level as Level 3, everything kept", () => import("./sbml/convert.ts"))],
  ["conformance", entry("Run cases of the SBML Test Suite and count by tag", () => import("./sbml/conformance.ts"))],
  [
    "predict",
    entry(
      "Predict an unseen knockout or drug from a table of your own experiments",
      () => import("./learned/predict.ts"),
    ),
  ],
  [
    "train",
    entry(
      "Train and judge regulators on your own samples, perturbations and graph",
      () => import("./learned/train.ts"),
    ),
  ],
  ["evaluate", entry("Measure the learned regulator against plain baselines", () => import("./learned/evaluate.ts"))],
  ["schema", entry("Print the JSON Schema of scenario files or cell manifests", () => import("./schema.ts"))],
]);
