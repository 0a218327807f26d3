import { CellweaveError } from "../../errors.ts";
import { standardDeviation } from "../../numerics/statistics.ts";
import { didYouMean } from "../../suggest.ts";
import { firstCells, readTable, samplesOf } from "../csv.ts";

/** Activities of iModulons in samples. */
export interface Activities {
  readonly file: string;
  readonly iModulons: readonly string[];
  /** One array for each sample, shape [iModulons]. */
  readonly samples: ReadonlyMap<string, Float64Array>;
}

/** Reads a table of activities: first column the iModulon's name, one further column a sample. */
export function parseActivities(text: string, file: string): Activities {
  const table = readTable(text, file);
  return { file, iModulons: firstCells(table), samples: samplesOf(table) };
}

/** The same samples, with only the iModulons named. */
export function selectIModulons(activities: Activities, names: readonly string[]): Activities {
  const index = new Map(activities.iModulons.map((name, i) => [name, i]));
  const picked = names.map((name) => {
    const i = index.get(name);
    if (i === undefined) throw unknown("iModulon", name, activities);
    return i;
  });
  const samples = new Map(
    [...activities.samples].map(([sample, column]) => [sample, Float64Array.from(picked, (i) => column[i] ?? 0)]),
  );
  return { ...activities, iModulons: names, samples };
}

/** Mean activities over samples, shape [iModulons]. */
export function meanOfSamples(activities: Activities, samples: readonly string[]): Float64Array {
  const total = new Float64Array(activities.iModulons.length);
  for (const sample of samples) {
    const column = activities.samples.get(sample);
    if (column === undefined) throw unknown("sample", sample, activities);
    for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + (column[i] ?? 0);
  }
  return total.map((sum) => sum / samples.length);
}

/** Standard deviation of each iModulon over all samples, shape [iModulons]. */
export function spread(activities: Activities): Float64Array {
  const columns = [...activities.samples.values()];
  return Float64Array.from(activities.iModulons, (_, i) => standardDeviation(columns.map((column) => column[i] ?? 0)));
}

function unknown(what: "iModulon" | "sample", name: string, { iModulons, samples, file }: Activities): CellweaveError {
  const known = what === "sample" ? samples.keys() : iModulons;
  const hint = didYouMean(name, known);
  return new CellweaveError(`knockouts/unknown-${what.toLowerCase()}`, `${what} '${name}' is not in ${file}`, {
    ...(hint === undefined ? {} : { hint }),
  });
}
