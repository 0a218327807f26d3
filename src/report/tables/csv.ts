import type { Variable } from "../../cell/variable.ts";
import type { Trajectory } from "../../engine/trajectory.ts";
import type { ReportArm } from "../input.ts";

/** One trajectory of a run folder's table. */
export interface NamedRun {
  /** What the column `arm` says: the arm, or `<arm>:wild-type` for the same arm unperturbed. */
  readonly name: string;
  readonly trajectory: Trajectory;
}

/** All trajectories of a run, the unperturbed ones first. */
export function runsOf(arms: readonly ReportArm[]): NamedRun[] {
  const wild = arms.flatMap(({ name, reference }) =>
    reference ? [{ name: `${name}:wild-type`, trajectory: reference }] : [],
  );
  return [...wild, ...arms.map(({ name, trajectory }) => ({ name, trajectory }))];
}

/** Variables of all arms, in order of first appearance. */
export function allVariables(arms: readonly ReportArm[]): Variable[] {
  const variables = new Map<string, Variable>();
  for (const { trajectory } of arms)
    for (const variable of trajectory.variables) if (!variables.has(variable.id)) variables.set(variable.id, variable);
  return [...variables.values()];
}

/** The columns of a trajectory in the order of `variables`; undefined where it lacks one. */
export function columnsOf(trajectory: Trajectory, variables: readonly Variable[]): (Float64Array | undefined)[] {
  const positions = new Map(trajectory.variables.map((variable, i) => [variable.id, i]));
  return variables.map(({ id }) => trajectory.columns[positions.get(id) ?? -1]);
}

/** A field of a CSV record (RFC 4180): quoted where it holds a comma, a quote or a line break. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function numberField(x: number | undefined): string {
  return x === undefined || Number.isNaN(x) ? "" : String(x);
}

/**
 * All trajectories of a run as CSV: columns `arm`, `time_h`, then a column a variable, in the variable's unit. `arm` is
 * `hybrid`, or `hybrid:wild-type` for the same arm unperturbed.
 *
 * Numbers are the shortest decimals that read back to the same double (minus zero is written as 0); an empty field is no number. Units are in
 * `manifest.json`. Lines end with LF.
 */
export function trajectoryCsv(arms: readonly ReportArm[]): string {
  const variables = allVariables(arms);
  const records = [["arm", "time_h", ...variables.map(({ id }) => id)].map(csvField).join(",")];
  for (const { name, trajectory } of runsOf(arms)) {
    const columns = columnsOf(trajectory, variables);
    trajectory.times.forEach((t, i) => {
      records.push([name, numberField(t), ...columns.map((column) => numberField(column?.[i]))].join(","));
    });
  }
  return `${records.join("\n")}\n`;
}
