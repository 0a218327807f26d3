import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { SbmlDocument } from "../../../src/sbml/document.ts";

export interface BenchModel {
  /** File name without extension; BioModels without zeros: `BIOMD64`. */
  readonly name: string;
  readonly file: string;
  /** End of the run, in the model's unit of time. */
  readonly t1: number;
}

const DATA = process.env.CELLWEAVE_DATA ?? "../shared/data";
const USUAL_END = 100;
/** Where the published figure runs longer, so that the model does what it is known for. */
const ENDS: ReadonlyMap<string, number> = new Map([
  ["BIOMD10", 9000],
  ["BIOMD12", 1000],
  ["BIOMD19", 3600],
  ["BIOMD139", 2000],
  ["BIOMD140", 2000],
]);

/** The kinetic models of the data folder; an error where there are none. */
export function benchModels(): BenchModel[] {
  const folders = ["biomodels", "kinetic"].map((folder) => join(DATA, folder)).filter((folder) => existsSync(folder));
  if (folders.length === 0) throw new Error(`no models under ${DATA} (set CELLWEAVE_DATA)`);
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".xml"))
      .map((file) => {
        const name = basename(file, ".xml").replace(/^BIOMD0*/, "BIOMD");
        return { name, file: join(folder, file), t1: ENDS.get(name) ?? USUAL_END };
      }),
  );
}

/** What a scan changes: the first parameter that is constant and not 0, else the first species that starts above 0. */
export function scanned(document: SbmlDocument): { readonly id: string; readonly base: number } | undefined {
  const free = (id: string): boolean =>
    !document.rules.some((r) => r.variable === id) && !document.initialAssignments.some((a) => a.symbol === id);
  const parameter = document.parameters.find((p) => p.constant && (p.value ?? 0) > 0 && free(p.id));
  if (parameter !== undefined) return { id: parameter.id, base: parameter.value ?? 1 };
  const species = document.species.find(
    (s) => !s.boundaryCondition && !s.constant && startOf(s) > 0 && free(s.id) && !s.hasOnlySubstanceUnits,
  );
  return species === undefined ? undefined : { id: species.id, base: startOf(species) };
}

function startOf(s: SbmlDocument["species"][number]): number {
  return s.initialConcentration ?? s.initialAmount ?? 0;
}

/** Values from half to twice the base, evenly spaced in their logarithm. */
export function scanValues(base: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => base * 2 ** (-1 + (2 * i) / Math.max(1, count - 1)));
}
