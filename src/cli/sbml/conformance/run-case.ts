import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CellweaveError } from "../../../errors.ts";
import { fba } from "../../../metabolism/balance/fba.ts";
import { fluxModel } from "../../../metabolism/read/read-model.ts";
import { withInitialValues } from "../../../pathway/network/initial-values.ts";
import { simulate } from "../../../pathway/run/simulate.ts";
import type { SbmlDocument } from "../../../sbml/document.ts";
import { readSbml } from "../../../sbml/read.ts";
import { siblings } from "../sbml-file.ts";
import { compareTimeCourse, type Deviation, deviation } from "./compare.ts";
import { throughConversion } from "./round-trip.ts";
import {
  type CaseDescription,
  type CaseSettings,
  type ExpectedTable,
  parseDescription,
  parseResults,
  parseSettings,
} from "./settings.ts";
import { stochasticProblem } from "./stochastic-case.ts";

/** How one file of one case ended. A refusal is an error of ours with a code; everything else that is not a pass is a failure. */
export interface CaseResult {
  readonly id: string;
  readonly file: string;
  readonly tags: readonly string[];
  readonly outcome: "passed" | "failed" | "refused";
  readonly message: string;
  readonly milliseconds: number;
}

interface Case {
  readonly id: string;
  readonly folder: string;
  readonly description: CaseDescription;
  readonly settings: CaseSettings;
  readonly expected: ExpectedTable;
}

/** Numbers of cases under a folder, ascending. */
export function listCases(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => /^\d{5}$/.test(name) && existsSync(join(folder, name, `${name}-settings.txt`)))
    .sort();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new CellweaveError("file/unreadable", `Cannot read the folder: ${(cause as Error).message}`, {
      place: { file: folder },
      hint: "name the folder of the suite that holds the numbered cases, for example semantic",
      cause,
    });
  }
}

/** Model files of a case: one a level and version. */
export function modelFiles(folder: string, id: string): string[] {
  return readdirSync(join(folder, id))
    .filter((name) => name.startsWith(`${id}-sbml-`) && name.endsWith(".xml"))
    .sort();
}

export function loadCase(folder: string, id: string): Case {
  const read = (suffix: string): string => readFileSync(join(folder, id, `${id}-${suffix}`), "utf8");
  return {
    id,
    folder: join(folder, id),
    description: parseDescription(read("model.m")),
    settings: parseSettings(read("settings.txt")),
    expected: parseResults(read("results.csv")),
  };
}

/** How a case is run. */
export interface CaseOptions {
  /** How often a stochastic model is run, default 1,000. */
  readonly runs?: number;
  /** Whether the model is written as Level 3 and read again first. */
  readonly roundTrip?: boolean;
}

/** Runs one model file against the case's expectations. */
export async function runCaseFile(loaded: Case, file: string, options: CaseOptions = {}): Promise<CaseResult> {
  const start = performance.now();
  const done = (outcome: CaseResult["outcome"], message: string): CaseResult => ({
    id: loaded.id,
    file,
    tags: loaded.description.tags,
    outcome,
    message,
    milliseconds: performance.now() - start,
  });
  try {
    const message = await problemOf(loaded, file, options);
    return message === undefined ? done("passed", "") : done("failed", message);
  } catch (error) {
    if (error instanceof CellweaveError) return done("refused", error.format());
    return done("failed", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

/** What is wrong, or undefined. */
async function problemOf(loaded: Case, file: string, options: CaseOptions): Promise<string | undefined> {
  const { folder, description } = loaded;
  const { runs = 1000, roundTrip = false } = options;
  const read = roundTrip ? throughConversion : readSbml;
  const document = read(readFileSync(join(folder, file), "utf8"), { file, external: siblings(folder) });
  if (description.type === "FluxBalanceSteadyState") return fluxProblem(document, loaded);
  if (description.type === "TimeCourse") return timeCourseProblem(document, loaded);
  if (description.type === "StochasticTimeCourse" || description.type === "StatisticalDistribution")
    return stochasticProblem(document, loaded.settings, loaded.expected, runs);
  throw new CellweaveError("conformance/unsupported", `The test type '${description.type}' is not supported`);
}

function timeCourseProblem(document: SbmlDocument, { settings, expected }: Case): string | undefined {
  const { start, duration, steps, absolute, relative } = settings;
  const simulation = simulate(document, {
    t0: 0,
    t1: start + duration,
    points: steps + 1,
    rtol: Math.min(1e-8, relative * 1e-3),
    atol: Math.max(1e-20, Math.min(1e-12, absolute * 1e-3)),
    maxSteps: 200_000,
  });
  if (!simulation.status.ok) return `${simulation.status.code}: ${simulation.status.message}`;
  const worst = compareTimeCourse(simulation, expected, settings);
  return worst.ratio <= 1 ? undefined : describe(worst);
}

/** Fluxes of the optimum; an objective's id is its value. */
async function fluxProblem(document: SbmlDocument, { settings, expected }: Case): Promise<string | undefined> {
  const solution = await fba(fluxModel(withInitialValues(document)));
  if (solution.status !== "optimal") return `${solution.status}: ${solution.message}`;
  const active = document.activeObjective ?? "OBJF";
  const indices = new Map(document.reactions.map((r, i) => [r.id, i]));
  for (const [column, variable] of expected.header.entries()) {
    const want = expected.rows[0]?.[column] ?? Number.NaN;
    const flux = solution.fluxes[indices.get(variable) ?? -1] ?? Number.NaN;
    const got = variable === active ? solution.objective : flux;
    const ratio = deviation(want, got, settings);
    if (ratio > 1) return describe({ ratio, variable, time: 0, expected: want, got });
  }
  return undefined;
}

function describe({ ratio, variable, time, expected, got }: Deviation): string {
  return `'${variable}' at time ${time}: expected ${expected}, got ${got} (${ratio.toPrecision(3)} times the tolerance)`;
}
