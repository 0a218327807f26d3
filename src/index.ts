// The only public door. Solvers and the ONNX runtime are loaded when they are first needed.

export { type Prediction, predictQuery } from "./analysis/experiments/predict.ts";
export { type Trial, trial } from "./analysis/experiments/trial.ts";
export { type DoseGrid, type Synergy, synergy } from "./analysis/inhibitors/synergy.ts";
// Cells: what a module is, and how modules become one.
export type { Cell } from "./cell/cell.ts";
export { composeCell } from "./cell/compose.ts";
export type { Edit, TimedEdit, TimedJump } from "./cell/edit.ts";
export type {
  CellModule,
  Content,
  Contribution,
  Feedback,
  Instant,
  Matter,
  ModuleSnapshot,
  RateDeclaration,
  Window,
} from "./cell/module.ts";
export { type FailureCode, type ModuleStatus, OK } from "./cell/status.ts";
export type { Variable, VariableDeclaration, VariableKind } from "./cell/variable.ts";
export { between, rateAt, readsAt } from "./cell/window.ts";
// The time loop.
export type { Checkpoint } from "./engine/checkpoint/checkpoint-data.ts";
export { checkpointFromText, checkpointToText } from "./engine/checkpoint/checkpoint-text.ts";
export { type Allocation, rationed } from "./engine/mass/ration.ts";
export type { SimulateOptions } from "./engine/options.ts";
export { type Preculture, type PrecultureOptions, preculture } from "./engine/preculture.ts";
export { type Run, startRun } from "./engine/run.ts";
export { simulate } from "./engine/simulate.ts";
export {
  columnOf,
  type Depletion,
  type Kink,
  type LedgerEntry,
  type LedgerPage,
  type RunStatistics,
  type RunStatus,
  type RunWarning,
  type Trajectory,
} from "./engine/trajectory.ts";
// Errors.
export { CellweaveError, type ErrorDetails, type ErrorKind, type Place } from "./errors.ts";
export { cycleFree } from "./metabolism/balance/cycle-free.ts";
export { type Envelope, productionEnvelope } from "./metabolism/balance/envelope.ts";
export { type FluxSolver, fba, openFlux, pfba } from "./metabolism/balance/fba.ts";
export { type Variability, type VariabilityOptions, variability } from "./metabolism/balance/fva.ts";
export { type Filling, type Fillings, type GapfillOptions, gapfill } from "./metabolism/balance/gapfill.ts";
export { type GeometricOptions, geometricFba } from "./metabolism/balance/geometric.ts";
export { type Goal, type LexicographicSolution, lexicographic } from "./metabolism/balance/lexicographic.ts";
export { fewestNutrients, type MinimalMediumOptions, minimalMedium } from "./metabolism/balance/minimal-medium.ts";
export { type PhasePlane, type PhasePlaneOptions, phasePlane } from "./metabolism/balance/phase-plane.ts";
export { type Prices, prices } from "./metabolism/balance/prices.ts";
export type { FluxSolution } from "./metabolism/balance/solution.ts";
export { dynamicFba } from "./metabolism/dynamic/dynamic-fba.ts";
export type { CompoundOption, DynamicOptions, StrainOption, UptakeOption } from "./metabolism/dynamic/options.ts";
export type { ExpressionKind } from "./metabolism/limits/expression-kinds.ts";
export {
  type ExpressionLimits,
  type ExpressionOptions,
  limitByExpression,
} from "./metabolism/limits/expression-limits.ts";
export { type PooledModel, type Turnover, withProteinPool } from "./metabolism/limits/protein-pool.ts";
// Modules that ship.
export { mediumModule } from "./metabolism/medium/medium.ts";
export type { MediumOptions, VesselOptions } from "./metabolism/medium/options.ts";
export { type BalanceReport, checkBalance } from "./metabolism/model/check-balance.ts";
export { bounded, knockout, withObjective } from "./metabolism/model/edits.ts";
export type { FluxBounds, FluxModel } from "./metabolism/model/flux-model.ts";
export {
  type BorderSummary,
  borderSummary,
  equationOf,
  type MetaboliteRate,
  type MetaboliteSummary,
  metaboliteSummary,
} from "./metabolism/model/flux-summary.ts";
export { withMedium, withOpenExchanges } from "./metabolism/model/medium-bounds.ts";
export { blockedReactions, type DeadEnd, deadEnds } from "./metabolism/model/structure.ts";
export { metabolicModule } from "./metabolism/module/metabolic-module.ts";
export type { MetabolicOptions } from "./metabolism/module/options.ts";
export {
  type Deletion,
  type DeletionOptions,
  type DeletionScreen,
  doubleDeletions,
  singleDeletions,
} from "./metabolism/mutants/deletions.ts";
export { type Essential, type EssentialOptions, essential } from "./metabolism/mutants/essential.ts";
export { type MutantOptions, type MutantSolution, mutantFluxes } from "./metabolism/mutants/mutant.ts";
export { fluxModelFromFile } from "./metabolism/read/flux-file-node.ts";
export { fluxModelFromJson, fluxModelFromYaml } from "./metabolism/read/read-cobra-json.ts";
export { fluxModelFromMat } from "./metabolism/read/read-cobra-mat.ts";
export { fluxModel } from "./metabolism/read/read-model.ts";
export { cobraJson } from "./metabolism/read/write-cobra-json.ts";
export { type FluxSamples, type SamplingOptions, sampleFluxes } from "./metabolism/sampling/sample.ts";
export { type DeletionPlan, deletionJob, deletionScreen } from "./metabolism/screens/deletion-screen.ts";
export type { DeletionJob, ScreenJob, VariabilityJob } from "./metabolism/screens/job.ts";
export { runScreen } from "./metabolism/screens/run-node.ts";
export type { ScreenOptions, ScreenOutcome } from "./metabolism/screens/work.ts";
export { provideSundials } from "./numerics/sundials/shared.ts";
export {
  type RunStatistics as SimulateSbmlStatistics,
  type SimulateOptions as SimulateSbmlOptions,
  type SolverName,
  simulate as simulateSbml,
} from "./pathway/run/simulate.ts";
export type { Simulation } from "./pathway/run/simulation.ts";
export { type Simulator, simulator } from "./pathway/run/simulator.ts";
export { openScan, type ScanAxis, type ScanPoint, type ScanResult, type ScanSpec } from "./pathway/scan/scan.ts";
export { type Sensitivities, type SensitivityOptions, sensitivities } from "./pathway/sensitivity/sensitivity.ts";
export { conservedMoieties, type Moiety, moietyText } from "./pathway/steady/moieties.ts";
export { type SteadyOptions, type SteadyState, type SteadyStatus, steadyState } from "./pathway/steady/steady.ts";
export { type Ensemble, type EnsembleOptions, stochasticEnsemble } from "./pathway/stochastic/ensemble.ts";
// Regulation: the graph and the learned regulators.
export { type BaselineRegulatorOptions, baselineRegulator } from "./regulation/baselines/baseline-regulator.ts";
export type { Baseline, FittedBaseline, KnockoutExample, KnockoutQuery } from "./regulation/baselines/example.ts";
export { type RegulatoryGraph, regulatoryGraph } from "./regulation/graph/graph.ts";
export { parseRegulatoryFile } from "./regulation/graph/graph-file.ts";
export { type GraphGene, resolveGene } from "./regulation/graph/graph-genes.ts";
export { neighbourhood } from "./regulation/graph/neighbourhood.ts";
export { randomised } from "./regulation/graph/randomise.ts";
export type { Experiments, Intervention } from "./regulation/in-context/experiments.ts";
export {
  type ExperimentsRegulator,
  type ExperimentsRegulatorOptions,
  experimentsRegulator,
} from "./regulation/in-context/experiments-regulator.ts";
export { openReader } from "./regulation/in-context/open-node.ts";
export { allPredictors, type Predictor } from "./regulation/in-context/predictors.ts";
export { type EdgesOnTable, edgesOnTable, type SignedEdge } from "./regulation/in-context/signed-edges.ts";
export { type RegulatorModuleOptions, regulatorModule } from "./regulation/module/regulator-module.ts";
export { type Range, type RangeJudge, rangeJudge } from "./regulation/range/range.ts";
export type { Regulator, RegulatorInputs, RegulatorNames, RegulatorOutputs } from "./regulation/regulator.ts";
export { noChangeRegulator } from "./regulation/trained/no-change.ts";
export { type OpenedRegulator, openRegulator } from "./regulation/trained/open-node.ts";
// Reports, and fluxes on metabolic maps.
export { type FluxMapInput, fluxMapFigure } from "./report/escher/figure.ts";
export { type EscherMap, readEscherMap } from "./report/escher/map.ts";
export { type ConditionRow, conditionsFigure } from "./report/figures/conditions.ts";
export { type ScanFigureInput, scanFigure } from "./report/figures/scan.ts";
export { type SynergyLabels, synergyFigure } from "./report/figures/synergy.ts";
export type { ReportInput } from "./report/input.ts";
export { type RunFiles, runFiles } from "./report/run-folder.ts";
export { writeRunFolder } from "./report/run-folder-node.ts";
export { type RunOrigin, scenarioReport } from "./report/scenario-report.ts";
export type { Figure } from "./report/svg/figure.ts";
// SBML, and what can be done with one file.
export { CHECK_RULES } from "./sbml/check/catalogue.ts";
export { checkSbml, type SbmlCheck } from "./sbml/check/check-sbml.ts";
export type { SbmlFinding } from "./sbml/check/finding.ts";
export type { SbmlDocument } from "./sbml/document.ts";
export { type ReadOptions, readSbml } from "./sbml/read.ts";
export { type ConvertedSbml, type ConvertOptions, convertSbml } from "./sbml/write/convert.ts";
// Scenarios.
export type { AnalysisResult, AnalysisRow } from "./scenario/analyses/analysis.ts";
export { ARMS, type ArmName } from "./scenario/arms/arm.ts";
export type { Coupling } from "./scenario/arms/arm-cell.ts";
export { type CellManifest, parseCellManifest } from "./scenario/cell-manifest.ts";
export type { Files } from "./scenario/documents/files.ts";
export { readScenario } from "./scenario/documents/read-scenario-node.ts";
export { parseGraph } from "./scenario/experiments/read-graph.ts";
export { parseExperiments } from "./scenario/experiments/read-table.ts";
export type { ArmResult, RunOptions, ScenarioProgress, ScenarioResult } from "./scenario/result.ts";
export { runScenario } from "./scenario/run-scenario.ts";
export { defineScenario, parseScenario, type Scenario } from "./scenario/scenario.ts";
export type { CellSpec } from "./scenario/schema/cell.ts";
export type { PerturbationSpec } from "./scenario/schema/perturbation.ts";
export type { ScenarioSpec } from "./scenario/schema/scenario.ts";
// Drugs on signalling: the inhibitor benchmark and combinations.
export { type Midas, parseMidas } from "./scenario/tables/midas.ts";
export type { Uncertainty } from "./scenario/uncertainty.ts";
