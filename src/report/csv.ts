import type { Variable } from "../cell/variable.ts";
import type { ReportArm } from "./input.ts";

/** Variables of all arms, in order of first appearance. */
export function allVariables(arms: readonly ReportArm[]): Variable[] {
  const variables = new Map<string, Variable>();
  for (const { trajectory } of arms)
    for (const variable of trajectory.variables) if (!variables.has(variable.id)) variables.set(variable.id, variable);
  return [...variables.values()];
}

/** The columns of an arm in the order of `variables`; undefined where the arm lacks one. */
export function columnsOf(arm: ReportArm, variables: readonly Variable[]): (Float64Array | undefined)[] {
  const positions = new Map(arm.trajectory.variables.map((variable, i) => [variable.id, i]));
  return variables.map(({ id }) => arm.trajectory.columns[positions.get(id) ?? -1]);
}

/** A field of a CSV record (RFC 4180): quoted where it holds a comma, a quote or a line break. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function numberField(x: number | undefined): string {
  if (x === undefined || Number.isNaN(x)) return "";
  return Object.is(x, -0) ? "-0" : String(x);
}

/**
 * The trajectories of all arms as CSV: columns `arm`, `time_h`, then a column a variable, in the variable's unit.
 *
 * Numbers are the shortest decimals that read back to the same double; an empty field is no number. Units are in
 * `manifest.json`. Lines end with LF.
 */
export function trajectoryCsv(arms: readonly ReportArm[]): string {
  const variables = allVariables(arms);
  const records = [["arm", "time_h", ...variables.map(({ id }) => id)].map(csvField).join(",")];
  for (const arm of arms) {
    const columns = columnsOf(arm, variables);
    arm.trajectory.times.forEach((t, i) => {
      records.push([arm.name, numberField(t), ...columns.map((column) => numberField(column?.[i]))].join(","));
    });
  }
  return `${records.join("\n")}\n`;
}
