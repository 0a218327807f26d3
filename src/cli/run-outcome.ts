import type { ArmName } from "../scenario/arms/arm.ts";
import type { ScenarioResult } from "../scenario/result.ts";
import { EXIT } from "./command.ts";
import { table } from "./table.ts";

const ROUND_OFF = 1e-12;

interface Difference {
  readonly label: string;
  readonly unit: string;
  readonly at: number;
  readonly values: ReadonlyMap<ArmName, number>;
}

export function differenceTable(rows: readonly Difference[], { arms }: ScenarioResult): string {
  if (rows.length === 0) return "";
  const names = arms.map(({ name }) => name);
  const body = rows.map(({ label, unit, at, values }) => [
    `${label} (${unit})`,
    `${at.toPrecision(3)} h`,
    ...names.map((name) => figure(values.get(name))),
  ]);
  return `What differs most between the arms, at the hour where it does:\n${table([["", "at", ...names], ...body])}`;
}

/** Three digits; a dash where the arm has no such variable, zero where nothing but round-off is left. */
function figure(value = Number.NaN): string {
  if (!Number.isFinite(value)) return "-";
  return Math.abs(value) < ROUND_OFF ? "0" : value.toPrecision(3);
}

/** What a reader should know of runs that went on, a line each. */
export function notes({ arms }: ScenarioResult): string[] {
  return arms.flatMap(({ name, trajectory, ignores }) => [
    ...ignores.map((label) => `note: ${name} arm: no module takes up ${label}`),
    ...trajectory.warnings.map(
      ({ t, until, module, message }) => `note: ${name} arm, ${lasting(t, until)}, ${module}: ${message}`,
    ),
  ]);
}

function lasting(t: number, until: number | undefined): string {
  const from = Number(t.toPrecision(3));
  return until === undefined ? `from ${from} h on` : `${from} to ${Number(until.toPrecision(3))} h`;
}

/** What went wrong in which arm, a line each. */
export function troubles({ arms }: ScenarioResult): string[] {
  return arms.flatMap(({ name, trajectory, reference }) => {
    const runs = [
      { what: `${name} arm`, status: trajectory.status },
      ...(reference === undefined ? [] : [{ what: `${name} arm, wild type`, status: reference.status }]),
    ];
    return runs.flatMap(({ what, status }) =>
      status.code === "done" ? [] : [`${what}: ${status.code}: ${status.message ?? `stopped at ${status.t} h`}`],
    );
  });
}

export function exitCode({ arms }: ScenarioResult): number {
  const runs = arms.flatMap(({ trajectory, reference }) => [
    trajectory,
    ...(reference === undefined ? [] : [reference]),
  ]);
  if (runs.some(({ status }) => status.code === "interrupted")) return EXIT.interrupted;
  if (runs.every(({ status }) => status.code === "done")) return EXIT.done;
  return runs.every(({ times }) => times.length <= 1) ? EXIT.solver : EXIT.partial;
}
