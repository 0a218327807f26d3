import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CellweaveError } from "../../errors.ts";
import { simulate } from "../../pathway/simulate.ts";
import { readSbml } from "../../sbml/read.ts";
import { defaultIntegrator } from "../default-integrator.ts";
import { siblings } from "../sbml-file.ts";
import { compareTimeCourse, type Deviation } from "./compare.ts";
import {
  type CaseDescription,
  type CaseSettings,
  type ExpectedTable,
  parseDescription,
  parseResults,
  parseSettings,
} from "./settings.ts";

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
  return readdirSync(folder)
    .filter((name) => /^\d{5}$/.test(name) && existsSync(join(folder, name, `${name}-settings.txt`)))
    .sort();
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

/** Runs one model file against the case's expectations. */
export function runCaseFile(loaded: Case, file: string): CaseResult {
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
    const message = problemOf(loaded, file);
    return message === undefined ? done("passed", "") : done("failed", message);
  } catch (error) {
    if (error instanceof CellweaveError) return done("refused", error.format());
    return done("failed", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

function problemOf({ folder, description, settings, expected }: Case, file: string): string | undefined {
  if (description.type !== "TimeCourse")
    throw new CellweaveError("conformance/unsupported", `The test type '${description.type}' is not supported`);
  const document = readSbml(readFileSync(join(folder, file), "utf8"), { file, external: siblings(folder) });
  const { start, duration, steps, absolute, relative } = settings;
  const simulation = simulate(document, {
    t0: 0,
    t1: start + duration,
    points: steps + 1,
    rtol: Math.min(1e-8, relative * 1e-3),
    atol: Math.max(1e-20, Math.min(1e-12, absolute * 1e-3)),
    maxSteps: 200_000,
    integrator: defaultIntegrator(),
  });
  if (!simulation.status.ok) return `${simulation.status.code}: ${simulation.status.message}`;
  const worst = compareTimeCourse(simulation, expected, settings);
  return worst.ratio <= 1 ? undefined : describe(worst);
}

function describe({ ratio, variable, time, expected, got }: Deviation): string {
  return `'${variable}' at time ${time}: expected ${expected}, got ${got} (${ratio.toPrecision(3)} times the tolerance)`;
}
