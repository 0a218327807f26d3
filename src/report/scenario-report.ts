import type { ArmName } from "../scenario/arms/arm.ts";
import type { ScenarioResult } from "../scenario/result.ts";
import { SEED } from "../scenario/seed.ts";
import { scenarioGraph } from "./graph/scenario-graph.ts";
import type { ReportArm, ReportInput } from "./input.ts";

/** What a report says of a run that the result itself doesn't know. */
export interface RunOrigin {
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly version: string;
  readonly versions: readonly { readonly name: string; readonly version: string }[];
  /** Command line that repeats the run. */
  readonly command: string;
  /** How a reader finds an input file: its path from where the command was run. */
  nameOf(path: string): string;
}

const ARM_IN_WORDS: Readonly<Record<ArmName, string>> = {
  mechanistic: "mechanistic: known mechanism alone; what only the learned regulator knows stays at its reference",
  learned: "learned: the learned regulator without the pathway models; it answers for everything it was trained on",
  hybrid: "hybrid: pathway models answer for what they model, the learned regulator for everything else",
};

/** A scenario's result as reports and run folders take it. */
export function scenarioReport(result: ScenarioResult, origin: RunOrigin): ReportInput {
  const { scenario, manifest, setting, observables, measurements, repeatability, inputs } = result;
  const { created, version, versions, command, nameOf } = origin;
  const graph = scenarioGraph(result);
  return {
    title: scenario.spec.title ?? scenario.spec.scenario,
    description: scenario.spec.description?.trim() ?? "",
    cell: manifest.spec.title ?? manifest.spec.cell,
    arms: result.arms.map(
      ({ name, trajectory, reference, uncertainty }): ReportArm => ({
        name,
        trajectory,
        ...(uncertainty === undefined ? {} : { uncertainty }),
        ...(reference === undefined ? {} : { reference }),
      }),
    ),
    observables,
    measurements,
    perturbations: result.perturbations.map(({ label, from, to, edit }) => ({
      label,
      ...(edit?.edit.kind === "gene" ? { gene: true } : {}),
      from: Math.max(from, setting.from),
      to: Math.min(to, setting.to),
    })),
    ...(graph === undefined ? {} : { graph }),
    ...(manifest.spec.allocation === undefined ? {} : { allocation: manifest.spec.allocation }),
    ...(result.analyses.length === 0 ? {} : { analyses: result.analyses }),
    provenance: {
      created,
      version,
      versions,
      command,
      inputs: inputs.map((input) => ({ ...input, path: nameOf(input.path) })),
      seed: SEED,
      rtol: setting.rtol,
      atol: setting.atol,
      class: repeatability,
    },
    explanations: explanations(result),
  };
}

function explanations({ arms, setting, manifest }: ScenarioResult): string[] {
  const ignored = arms.flatMap(({ name, ignores }) =>
    ignores.map((label) => `In the ${name} arm no module takes up ${label}; there it changes nothing.`),
  );
  const grown =
    setting.precultureHours === undefined
      ? []
      : [`Before the start the strain grew ${setting.precultureHours} h in the starting medium, held constant.`];
  const about = manifest.spec.description?.trim();
  return [
    `${arms.map(({ name }) => ARM_IN_WORDS[name]).join("; ")}.`,
    ...grown,
    ...ignored,
    ...(about === undefined ? [] : [about]),
  ];
}
