import type { Trajectory } from "../engine/trajectory.ts";
import { CellweaveError } from "../errors.ts";
import { type RegulatoryGraph, regulatoryGraph } from "../regulation/graph.ts";
import { parseRegulatoryFile } from "../regulation/graph-file.ts";
import { ARMS, type ArmName } from "./arm.ts";
import { type ArmCell, type Coupling, composeArm, disposeArm } from "./arm-cell.ts";
import { type CellManifest, parseCellManifest } from "./cell-manifest.ts";
import { errorAt } from "./check.ts";
import { type Files, type InputFile, type Inputs, recordInputs, sha256 } from "./files.ts";
import { type Measurement, readMeasurements } from "./measurements.ts";
import { namesOf } from "./names.ts";
import { type Observable, observablesOf } from "./observables.ts";
import { type Perturbation, resolvePerturbation } from "./perturbation.ts";
import type { Path } from "./problem.ts";
import { runArm, takesUp } from "./run-arm.ts";
import type { Scenario } from "./scenario.ts";
import { type Overrides, type Setting, settingOf } from "./setting.ts";
import type { Source } from "./source.ts";

/** How far a scenario has come. */
export interface ScenarioProgress {
  readonly arm: ArmName;
  readonly run: "perturbed" | "reference";
  /** Share of the whole scenario that is done, 0 to 1. */
  readonly done: number;
}

export interface RunOptions extends Overrides {
  /** In place of the scenario's. */
  readonly arms?: readonly ArmName[];
  /** In place of the scenario's: a name among the manifest's regulators. */
  readonly regulator?: string;
  /** Modules of one's own that join the cell, made anew for every arm. */
  readonly couplings?: readonly Coupling[];
  readonly onProgress?: (progress: ScenarioProgress) => void;
  /** Stops the run; what was reached is returned with status `interrupted`. */
  readonly signal?: AbortSignal;
  /** Where files are read from; this machine's disk where absent. */
  readonly files?: Files;
}

export interface ArmResult {
  readonly name: ArmName;
  readonly trajectory: Trajectory;
  /** The same arm without the perturbations, where the scenario compares. */
  readonly reference: Trajectory | undefined;
  /** Labels of perturbations that no module of this arm takes up. */
  readonly ignores: readonly string[];
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly manifest: CellManifest;
  readonly graph: RegulatoryGraph | undefined;
  readonly arms: readonly ArmResult[];
  readonly perturbations: readonly Perturbation[];
  readonly observables: readonly Observable[];
  readonly measurements: readonly Measurement[];
  readonly setting: Setting;
  /** Every file that was read, with its hash. */
  readonly inputs: readonly InputFile[];
  /** A: bitwise repeatable anywhere; B: on the same machine and build. */
  readonly repeatability: "A" | "B";
}

/**
 * Runs a scenario: every arm, and every arm without the perturbations where the scenario compares.
 *
 * A run that cannot go on keeps what it reached; see `trajectory.status` of each arm.
 * @throws CellweaveError for a name the cell doesn't know, a file that is missing or wrong, a perturbation that no
 *   module of any arm takes up
 */
export async function runScenario(scenario: Scenario, options: RunOptions = {}): Promise<ScenarioResult> {
  const inputs = recordInputs(options.files ?? (await import("./files-node.ts")).nodeFiles);
  await noteScenario(scenario, inputs);
  const manifest = await readManifest(scenario, inputs);
  const graph = await readGraph(manifest, inputs);
  const regulator = options.regulator ?? scenario.spec.regulator;
  const context = { manifest, inputs, graph, regulator };
  const arms: ArmCell[] = [];
  try {
    for (const arm of options.arms ?? scenario.spec.arms ?? ARMS)
      arms.push(await composeArm(arm, context, options.couplings ?? []));
    return await runArms(scenario, { manifest, graph, inputs, arms }, options);
  } finally {
    for (const arm of arms) disposeArm(arm);
  }
}

interface Prepared {
  readonly manifest: CellManifest;
  readonly graph: RegulatoryGraph | undefined;
  readonly inputs: Inputs;
  readonly arms: readonly ArmCell[];
}

async function runArms(
  scenario: Scenario,
  { manifest, graph, inputs, arms }: Prepared,
  options: RunOptions,
): Promise<ScenarioResult> {
  const names = namesOf(scenario.source, {
    graph,
    variables: new Set(arms.flatMap(({ cell }) => cell.variables.map(({ id }) => id))),
    modules: new Map(arms.flatMap(({ modules }) => modules.map((module) => [module.id, module]))),
  });
  const perturbations = (scenario.spec.perturbations ?? []).map((spec, i) =>
    resolvePerturbation(spec, ["perturbations", i], names),
  );
  for (const perturbation of perturbations) refuseUnheard(perturbation, arms, scenario.source);
  const setting = settingOf(scenario, manifest, names, options);
  const measurements = await readMeasurements(scenario, names, inputs);
  const observables = observablesOf(scenario, names, arms);
  return {
    ...{ scenario, manifest, graph, perturbations, observables, measurements, setting },
    arms: await simulateAll(arms, { perturbations, setting, options, compare: compares(scenario) }),
    inputs: inputs.read,
    repeatability: arms.some((arm) => arm.repeatability === "B") ? "B" : "A",
  };
}

function compares({ spec }: Scenario): boolean {
  return (spec.perturbations ?? []).length > 0 && spec.compare !== "nothing";
}

interface Plan {
  readonly perturbations: readonly Perturbation[];
  readonly setting: Setting;
  readonly options: RunOptions;
  readonly compare: boolean;
}

async function simulateAll(arms: readonly ArmCell[], plan: Plan): Promise<ArmResult[]> {
  const { perturbations, setting, options, compare } = plan;
  const total = arms.length * (compare ? 2 : 1);
  let finished = 0;
  const results: ArmResult[] = [];
  const run = async (arm: ArmCell, kind: ScenarioProgress["run"], applied: readonly Perturbation[]) => {
    const onProgress = (done: number) =>
      options.onProgress?.({ arm: arm.arm, run: kind, done: (finished + done) / total });
    const trajectory = await runArm(arm, setting, { perturbations: applied, signal: options.signal, onProgress });
    onProgress(1);
    finished++;
    return trajectory;
  };
  for (const arm of arms) {
    const trajectory = await run(arm, "perturbed", perturbations);
    const reference = compare ? await run(arm, "reference", []) : undefined;
    const ignores = perturbations.filter((p) => !takesUp(arm, p)).map(({ label }) => label);
    results.push({ name: arm.arm, trajectory, reference, ignores });
  }
  return results;
}

async function noteScenario({ source, base }: Scenario, inputs: Inputs): Promise<void> {
  if (source.text === undefined) return;
  inputs.note({ path: base, role: "scenario", sha256: await sha256(new TextEncoder().encode(source.text)) });
}

async function readManifest(scenario: Scenario, inputs: Inputs): Promise<CellManifest> {
  const file = inputs.files.resolve(scenario.base, scenario.spec.cell);
  return parseCellManifest(await textOf(inputs, file, "cell", scenario.source, ["cell"]), file);
}

async function readGraph(manifest: CellManifest, inputs: Inputs): Promise<RegulatoryGraph | undefined> {
  if (manifest.spec.graph === undefined) return undefined;
  const file = inputs.files.resolve(manifest.base, manifest.spec.graph);
  return regulatoryGraph(parseRegulatoryFile(await textOf(inputs, file, "graph", manifest.source, ["graph"]), file));
}

async function textOf(inputs: Inputs, file: string, role: string, source: Source, path: Path): Promise<string> {
  try {
    return await inputs.text(file, role);
  } catch (error) {
    throw error instanceof CellweaveError ? error.at(source.place(path)) : error;
  }
}

/** A perturbation that no module of any arm takes up would change nothing: the user's mistake. */
function refuseUnheard(perturbation: Perturbation, arms: readonly ArmCell[], source: Source): void {
  if (arms.some((arm) => takesUp(arm, perturbation))) return;
  const { label, path, edit } = perturbation;
  const hint =
    edit?.edit.kind === "gene"
      ? "the gene is in the graph, but in no gene rule, no SBML species and no token of the regulator"
      : "its owner can't do that";
  throw errorAt(source, path, "scenario/unheard", `no module of the cell takes up '${label}'`, hint);
}
