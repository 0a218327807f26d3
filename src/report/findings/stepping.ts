import type { Kink, RejectionReason, Trajectory } from "../../engine/trajectory.ts";
import { table } from "../html/tables.ts";
import type { ReportInput } from "../input.ts";
import { hours } from "../svg/format.ts";
import { type Child, html } from "../svg/markup.ts";

/** How one run was stepped, as `manifest.json` and `summary.json` keep it. */
export interface Stepping {
  readonly steps: number;
  /** Attempts rejected, by why. */
  readonly rejected: readonly { readonly why: RejectionReason; readonly count: number }[];
  /** Sweeps of all modules after the prediction, over all attempts. */
  readonly corrections: number;
  readonly evaluations: number;
  /** What modules count of their own work, over the run and per simulated hour. */
  readonly work: readonly {
    readonly module: string;
    readonly what: string;
    readonly count: number;
    readonly perHour: number;
  }[];
  /** Changes from one smooth piece to another: when (h), of which module, what entered and left. */
  readonly changes: readonly Kink[];
}

/** How a run was stepped. */
export function steppingOf({ statistics, status, times, kinks = [] }: Trajectory): Stepping {
  const { steps, rejectedFor, corrections, evaluations, work } = statistics;
  const simulated = status.t - (times[0] ?? status.t);
  return {
    steps,
    rejected: [...rejectedFor].map(([why, count]) => ({ why, count })),
    corrections,
    evaluations,
    work: work.map(({ module, what, count }) => ({
      module,
      what,
      count,
      perHour: simulated > 0 ? Number((count / simulated).toPrecision(4)) : 0,
    })),
    changes: kinks,
  };
}

/** Rows of the list of changes that are not folded away. */
const SHOWN = 12;

/** Work of every run's modules, and when which module left a smooth piece in the arms. */
export function steppingBody({ arms, allocation = [] }: ReportInput): Child[] {
  const work = arms.flatMap(({ name, trajectory }) =>
    steppingOf(trajectory).work.map(({ module, what, count, perHour }) => [
      name,
      module,
      what,
      String(count),
      perHour.toPrecision(3),
    ]),
  );
  const rejected = arms.map(({ name, trajectory: { statistics } }) => {
    const why = [...statistics.rejectedFor].map(([reason, count]) => `${reason} ${count}`).join(", ");
    return [name, String(statistics.corrections), why === "" ? "none" : why];
  });
  const changes = arms.flatMap(({ name, trajectory }) =>
    (trajectory.kinks ?? []).map(({ t, module, change }) => [name, hours(t), module, change ?? ""]),
  );
  const numeric = (text: string) => ({ text, numeric: true });
  const columns = [{ text: "Arm" }, numeric("At"), { text: "Module" }, { text: "What changed" }];
  const more = changes.slice(SHOWN);
  const shared = allocation.map(({ pool, tiers, half }) => {
    const order = tiers.map((names) => names.join(" and ")).join(", then ");
    return html("p", { class: "facts" }, `Where ${pool} runs short (half of the demand at ${half} mmol/L): ${order}.`);
  });
  return [
    ...shared,
    table([{ text: "Arm" }, numeric("Corrections"), { text: "Rejected attempts, by why" }], rejected),
    work.length > 0
      ? table(
          [{ text: "Arm" }, { text: "Module" }, { text: "Work" }, numeric("Count"), numeric("A simulated hour")],
          work,
        )
      : undefined,
    changes.length > 0
      ? html("p", { class: "facts" }, "Where a module passed from one smooth piece to another:")
      : undefined,
    changes.length > 0 ? table(columns, changes.slice(0, SHOWN)) : undefined,
    more.length > 0 ? html("details", {}, html("summary", {}, `${more.length} more`), table(columns, more)) : undefined,
  ];
}
