import type { LedgerEntry, RunStatus, RunWarning, Trajectory } from "../engine/trajectory.ts";
import type { ArmName } from "../scenario/arms/arm.ts";
import { extent } from "../vendor/d3.ts";
import { type DataFit, dataFits } from "./findings/data-fit.ts";
import { type ArmDifference, armDifferences } from "./findings/differences.ts";
import { type Findings, findingsOf } from "./findings/findings.ts";
import { type RunRange, rangeOfRun } from "./findings/range-spans.ts";
import { type Stepping, steppingOf } from "./findings/stepping.ts";
import type { ReportArm, ReportInput } from "./input.ts";

/** First, last, smallest and largest value of a variable over a run, in its unit; null where not a number. */
export interface Extremes {
  readonly variable: string;
  readonly unit: string;
  readonly initial: number | null;
  readonly final: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** One run in numbers. */
export interface RunSummary {
  readonly status: RunStatus;
  readonly findings: Findings;
  readonly variables: readonly Extremes[];
  readonly warnings: readonly RunWarning[];
  /** Whether a regulator was asked about what it was trained on, over all and hour by hour. */
  readonly range: RunRange;
  readonly ledger: readonly LedgerEntry[];
  readonly statistics: Omit<Stepping, "changes" | "rejected"> & {
    readonly rejected: number;
    /** Attempts rejected, by why. */
    readonly rejectedFor: Stepping["rejected"];
    /** Milliseconds a module. */
    readonly moduleMs: readonly { readonly module: string; readonly ms: number }[];
    readonly totalMs: number;
  };
}

/** What `summary.json` holds. */
export interface Summary {
  readonly format: "cellweave-summary";
  readonly formatVersion: 1;
  readonly title: string;
  readonly cell: string;
  readonly arms: readonly {
    readonly arm: ArmName;
    readonly run: RunSummary;
    /** The run against the measured points of each variable; see `DataFit`. */
    readonly data: readonly (Omit<DataFit, "correlation"> & { readonly correlation: number | null })[];
    /** Findings of the same arm unperturbed. */
    readonly wildType: Findings | null;
  }[];
  /** Most different first; values by arm at hour `at`. */
  readonly differences: readonly (Omit<ArmDifference, "values"> & {
    readonly values: readonly { readonly arm: ArmName; readonly value: number }[];
  })[];
}

/** The same number, 0 for minus zero. */
function unsignedZero(x: number): number {
  return x === 0 ? 0 : x;
}

function finite(x: number | undefined): number | null {
  return x !== undefined && Number.isFinite(x) ? unsignedZero(x) : null;
}

function extremesOf({ variables, columns }: Trajectory): Extremes[] {
  return variables.map(({ id, unit }, i) => {
    const column = columns[i] ?? new Float64Array();
    const [min, max] = extent(column);
    return {
      variable: id,
      unit,
      initial: finite(column[0]),
      final: finite(column.at(-1)),
      min: finite(min),
      max: finite(max),
    };
  });
}

/** One trajectory in numbers. */
export function summariseRun(trajectory: Trajectory): RunSummary {
  const { rejected, moduleMs, totalMs } = trajectory.statistics;
  const { changes: _, rejected: rejectedFor, ...stepping } = steppingOf(trajectory);
  return {
    status: trajectory.status,
    findings: findingsOf(trajectory),
    variables: extremesOf(trajectory),
    warnings: trajectory.warnings,
    range: rangeOfRun(trajectory),
    ledger: trajectory.ledger.map((entry) => ({ ...entry, moved: unsignedZero(entry.moved) })),
    statistics: {
      ...stepping,
      rejected,
      rejectedFor,
      moduleMs: [...moduleMs].map(([module, ms]) => ({ module, ms })),
      totalMs,
    },
  };
}

function armOf(
  { name, trajectory, reference }: ReportArm,
  { measurements }: Pick<ReportInput, "measurements">,
): Summary["arms"][number] {
  const fits = dataFits(trajectory, measurements);
  return {
    arm: name,
    run: summariseRun(trajectory),
    data: fits.map((fit) => ({ ...fit, correlation: finite(fit.correlation) })),
    wildType: reference ? findingsOf(reference) : null,
  };
}

/** The run in numbers, as `summary.json` keeps it: plain data that JSON carries. */
export function summarise(input: ReportInput): Summary {
  return {
    format: "cellweave-summary",
    formatVersion: 1,
    title: input.title,
    cell: input.cell,
    arms: input.arms.map((arm) => armOf(arm, input)),
    differences: armDifferences(input).map(({ values, ...rest }) => ({
      ...rest,
      values: [...values].map(([arm, value]) => ({ arm, value })),
    })),
  };
}
