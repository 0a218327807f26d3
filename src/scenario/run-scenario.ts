import type { Trajectory } from "../engine/trajectory.ts";
import type { FluxAnalysis } from "./analyses/analysis.ts";
import { resolveAnalyses } from "./analyses/resolve.ts";
import { runAnalyses } from "./analyses/run-analyses.ts";
import { ARMS } from "./arms/arm.ts";
import { type ArmCell, composeArm, disposeArm } from "./arms/arm-cell.ts";
import { type ArmJob, doJobs, type Executor } from "./arms/jobs.ts";
import type { KeepOptions } from "./arms/keep.ts";
import { runArm, takesUp } from "./arms/run-arm.ts";
import type { Workers } from "./arms/workers-node.ts";
import { errorAt } from "./documents/check.ts";
import { recordInputs } from "./documents/files.ts";
import type { Source } from "./documents/source.ts";
import { namesOf } from "./names.ts";
import { observablesOf } from "./observables.ts";
import { refuseOverlaps } from "./overlap.ts";
import { type Perturbation, resolvePerturbation } from "./perturbation.ts";
import type { ArmResult, RunOptions, ScenarioResult } from "./result.ts";
import type { Scenario } from "./scenario.ts";
import { type Overrides, type Setting, settingOf } from "./setting.ts";
import { readMeasurements } from "./tables/measurements.ts";
import { readWorld, type World } from "./world.ts";

/**
 * Runs a scenario: every arm, and every arm without the perturbations where the scenario compares.
 *
 * A run that cannot go on keeps what it reached; see `trajectory.status` of each arm.
 * @throws CellweaveError for a name the cell doesn't know, a file that is missing or wrong, a perturbation that no
 *   module of any arm takes up
 */
export async function runScenario(scenario: Scenario, options: RunOptions = {}): Promise<ScenarioResult> {
  const inputs = recordInputs(options.files ?? (await import("./documents/files-node.ts")).nodeFiles);
  const world = await readWorld(scenario, inputs, options);
  const arms: ArmCell[] = [];
  try {
    for (const arm of options.arms ?? scenario.spec.arms ?? ARMS)
      arms.push(await composeArm(arm, world, options.couplings ?? []));
    const { compares, questions, ...plan } = await planOf(scenario, world, arms, options);
    const results = await simulateAll(arms, { ...plan, compares }, world, options);
    return {
      ...plan,
      scenario,
      manifest: world.manifest,
      graph: world.graph,
      arms: results,
      analyses: await runAnalyses(questions, arms, results, plan.perturbations),
      inputs: inputs.read,
      repeatability: arms.some((arm) => arm.repeatability === "B") ? "B" : "A",
    };
  } finally {
    for (const arm of arms) disposeArm(arm);
  }
}

interface Plan extends Pick<ScenarioResult, "perturbations" | "observables" | "measurements" | "setting"> {
  readonly compares: boolean;
  readonly questions: readonly FluxAnalysis[];
}

async function planOf(
  scenario: Scenario,
  { manifest, graph, inputs }: World,
  arms: readonly ArmCell[],
  overrides: Overrides,
): Promise<Plan> {
  const names = namesOf(scenario.source, {
    graph,
    variables: labelsOf(arms),
    units: new Map(arms.flatMap(({ cell }) => cell.variables.map(({ id, unit }) => [id, unit] as const))),
    modules: new Map(arms.flatMap(({ modules }) => modules.map((module) => [module.id, module]))),
  });
  const perturbations = (scenario.spec.perturbations ?? []).map((spec, i) =>
    resolvePerturbation(spec, ["perturbations", i], names),
  );
  refuseOverlaps(perturbations, scenario.source);
  for (const perturbation of perturbations) refuseUnheard(perturbation, arms, scenario.source);
  return {
    perturbations,
    observables: observablesOf(scenario, names, arms),
    measurements: await readMeasurements(scenario, names, inputs),
    questions: resolveAnalyses(scenario, names, arms),
    setting: settingOf(scenario, manifest, names, overrides),
    compares: perturbations.length > 0 && scenario.spec.compare !== "nothing",
  };
}

/** Labels by id; where arms differ, any label beats none. */
function labelsOf(arms: readonly ArmCell[]): Map<string, string | undefined> {
  const labels = new Map<string, string | undefined>();
  for (const { cell } of arms) for (const { id, label } of cell.variables) labels.set(id, label ?? labels.get(id));
  return labels;
}

/** How long the first run goes on before other threads are started, ms: about what it takes to start one. */
const ALONE_MS = 400;

async function simulateAll(
  arms: readonly ArmCell[],
  { perturbations, setting, compares }: Omit<Plan, "questions">,
  world: World,
  options: RunOptions,
): Promise<ArmResult[]> {
  const jobs = arms.flatMap(({ arm }): ArmJob[] => [
    { arm, run: "perturbed", perturbations },
    ...(compares ? [{ arm, run: "reference" as const, perturbations: [] }] : []),
  ]);
  const keeperOf = options.keep && (await keepersFor(options.keep, jobs, world, setting, options));
  const here: Executor = (job, onProgress) => {
    const arm = arms.find((candidate) => candidate.arm === job.arm);
    if (arm === undefined) throw new Error(`no arm '${job.arm}'`);
    const { signal, ledger: pages = false } = options;
    return runArm(arm, setting, { perturbations: job.perturbations, signal, onProgress, pages, ...keeperOf?.(job) });
  };
  let others: Workers | undefined;
  const start = async () => {
    others = await workersFor(jobs.length, world, setting, options);
    return others?.executors ?? [];
  };
  try {
    const onProgress = ({ arm, run }: ArmJob, done: number) => options.onProgress?.({ arm, run, done });
    const trajectories = await doJobs(jobs, [here], onProgress, { afterMs: ALONE_MS, start });
    return arms.map((arm) => resultOf(arm, perturbations, jobs, trajectories));
  } finally {
    await others?.close();
  }
}

/** Makes the folder of checkpoints ready, and says where each run keeps its own. */
async function keepersFor(
  keep: KeepOptions,
  jobs: readonly ArmJob[],
  { inputs, regulator, fallback }: World,
  setting: Setting,
  { ledger = false }: RunOptions,
) {
  const { openKeep, keeperIn } = await import("./arms/keep-node.ts");
  const hashes = inputs.read.map(({ sha256 }) => sha256).sort();
  const start = [...setting.start];
  await openKeep(keep, JSON.stringify({ jobs, hashes, regulator, fallback, setting: { ...setting, start }, ledger }));
  return (job: ArmJob) => ({ keeper: keeperIn(keep, job) });
}

/** Threads beside this one; undefined where there is nothing to share, or something that no other thread can have. */
async function workersFor(
  jobs: number,
  { manifest, regulator, fallback }: World,
  setting: Setting,
  options: RunOptions,
) {
  const count = Math.min(options.threads ?? 1, jobs) - 1;
  if (count < 1 || options.couplings !== undefined || options.files !== undefined) return undefined;
  const { CAN_START, startWorkers } = await import("./arms/workers-node.ts");
  if (!CAN_START) return undefined;
  const { base: file, source } = manifest;
  const { ledger: pages = false, keep } = options;
  return startWorkers(
    count,
    { text: source.text ?? "", file, regulator, fallback, setting, pages, keep },
    options.signal,
  );
}

function resultOf(
  arm: ArmCell,
  perturbations: readonly Perturbation[],
  jobs: readonly ArmJob[],
  trajectories: readonly Trajectory[],
): ArmResult {
  const found = (run: ArmJob["run"]) => trajectories[jobs.findIndex((job) => job.arm === arm.arm && job.run === run)];
  const trajectory = found("perturbed");
  if (trajectory === undefined) throw new Error(`arm '${arm.arm}' was not run`);
  const ignores = perturbations.filter((p) => !takesUp(arm, p)).map(({ label }) => label);
  const uncertainty = arm.uncertainty === undefined ? {} : { uncertainty: arm.uncertainty };
  return { name: arm.arm, trajectory, reference: found("reference"), ignores, ...uncertainty };
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
