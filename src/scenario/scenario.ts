import type { CellweaveError } from "../errors.ts";
import { checked, errorAt } from "./documents/check.ts";
import { plainSource, type Source, yamlSource } from "./documents/source.ts";
import type { PerturbationSpec } from "./schema/perturbation.ts";
import { type ScenarioSpec, scenarioSchema } from "./schema/scenario.ts";

/** A checked scenario, with what is needed to say where its parts stand and to find the files it names. */
export interface Scenario {
  readonly spec: ScenarioSpec;
  readonly source: Source;
  /** Absolute path or URL that the file names in it are relative to. */
  readonly base: string;
}

/**
 * A scenario from the text of a `*.scenario.yaml`.
 * @param base absolute path of the file, to which the names in it are relative
 * @throws CellweaveError with file, line and column, what was found and what was expected
 */
export function parseScenario(text: string, base: string, file = base): Scenario {
  return scenarioFrom(yamlSource(text, file), base);
}

/**
 * A scenario written in TypeScript, checked like the YAML.
 * @param base what file names are relative to: `import.meta.url` of the script
 */
export function defineScenario(spec: ScenarioSpec, base: string): Scenario {
  return scenarioFrom(plainSource(spec), base);
}

function scenarioFrom(source: Source, base: string): Scenario {
  const spec = checked("scenario", scenarioSchema, source);
  const scenario = { spec, source, base };
  checkTimes(scenario);
  checkAmounts(scenario);
  return scenario;
}

function checkTimes({ spec, source }: Scenario): void {
  const { from = 0, to } = spec.time;
  if (to <= from)
    throw errorAt(source, ["time", "to"], "scenario/time", `expected a time after the start (${from} h), got ${to} h`);
  for (const [i, perturbation] of (spec.perturbations ?? []).entries())
    checkWindow(perturbation, { from, to }, (key, message, hint) =>
      errorAt(source, ["perturbations", i, key], "scenario/window", message, hint),
    );
}

type Complain = (key: string, message: string, hint?: string) => CellweaveError;

function checkWindow(spec: PerturbationSpec, time: { from: number; to: number }, complain: Complain): void {
  const run = `the run from ${time.from} to ${time.to} h`;
  if ("at" in spec) {
    if (spec.at < time.from || spec.at >= time.to) throw complain("at", `${spec.at} h is outside ${run}`);
    return;
  }
  const { from = time.from, to = time.to } = spec;
  if (from < time.from) throw complain("from", `${from} h is before the start of ${run}`, hintForEarly(spec));
  if (from >= time.to) throw complain("from", `${from} h is not before the end of ${run}`);
  if (to <= time.from) throw complain("to", `${to} h is not after the start of ${run}`);
  if (to <= from) throw complain("to", `expected a time after the window's start (${from} h), got ${to} h`);
}

function hintForEarly(spec: PerturbationSpec): string {
  const gene = "knockout" in spec || "knockdown" in spec || "overexpression" in spec;
  return gene
    ? "leave out 'from' for a genotype that the strain carries since before the run"
    : "leave out 'from' for what is there from the start";
}

/** Amounts are never negative; fluxes and activities may be. */
const AMOUNT = /^(biomass($|:)|pool:|species:|expression:)/;
/** Nor are constants of kinetics, gas transfer and feed: `metabolism.EX_glc__D_e.vmax`, `medium.pool:o2_e.kLa`. */
const CONSTANT = /^[^.]+\..+\.(vmax|km|max|kLa|saturation|feed)$/;

function checkAmounts({ spec, source }: Scenario): void {
  for (const [i, perturbation] of (spec.perturbations ?? []).entries()) {
    const name =
      "clamp" in perturbation ? perturbation.clamp : "parameter" in perturbation ? perturbation.parameter : "";
    if (!("value" in perturbation) || perturbation.value >= 0) continue;
    const isAmount = "clamp" in perturbation ? AMOUNT.test(name) : CONSTANT.test(name);
    if (!isAmount) continue;
    const message = `expected at least 0 for '${name}', got ${perturbation.value}`;
    throw errorAt(source, ["perturbations", i, "value"], "scenario/negative", message);
  }
}
