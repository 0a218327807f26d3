import type { Variable } from "../../cell/variable.ts";
import { type ColumnSource, parquetWriteBuffer } from "../../vendor/parquet.ts";
import type { ReportArm } from "../input.ts";
import { allVariables, columnsOf, type NamedRun, runsOf } from "./csv.ts";

/** What a reader of the Parquet file learns about a column, under the key `cellweave.columns`. */
function columnNotes(variables: readonly Variable[]): string {
  return JSON.stringify(variables.map(({ id, kind, unit, owner }) => ({ id, kind, unit, owner })));
}

/** One column over all trajectories, one after the other; null where one lacks the variable. */
function joined(
  runs: readonly NamedRun[],
  pick: (run: number) => Float64Array | undefined,
): Float64Array | (number | null)[] {
  const parts = runs.map(({ trajectory }, i) => pick(i) ?? new Array<null>(trajectory.times.length).fill(null));
  if (parts.some(Array.isArray)) return parts.flatMap((part) => [...part]);
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    if (!Array.isArray(part)) whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * All trajectories of a run as Parquet: columns `arm` (string, as in the CSV), `time_h` and a column a variable (double).
 * Unit, kind and owner of each variable are JSON in the file's metadata under `cellweave.columns`.
 */
export function trajectoryParquet(arms: readonly ReportArm[]): Uint8Array {
  const variables = allVariables(arms);
  const runs = runsOf(arms);
  const columns = runs.map(({ trajectory }) => columnsOf(trajectory, variables));
  const names = runs.flatMap(({ name, trajectory }) => Array.from(trajectory.times, () => name));
  const columnData: ColumnSource[] = [
    { name: "arm", data: names, type: "STRING", nullable: false },
    { name: "time_h", data: joined(runs, (i) => runs[i]?.trajectory.times), type: "DOUBLE", nullable: false },
    ...variables.map(
      ({ id }, v): ColumnSource => ({
        name: id,
        data: joined(runs, (i) => columns[i]?.[v]),
        type: "DOUBLE",
        encoding: "PLAIN",
      }),
    ),
  ];
  const kvMetadata = [
    { key: "cellweave.columns", value: columnNotes(variables) },
    { key: "cellweave.time", value: "h" },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy: "cellweave", statistics: false }));
}
