import { CellweaveError } from "../../errors.ts";
import { type Condition, type Experiments, type Intervention, isLogarithmic, meanOfKnown } from "./experiments.ts";
import type { EdgesOnTable } from "./signed-edges.ts";
import { scalesOf, spreadOf } from "./spread.ts";

/** Channels of an intervention on one variable, as `models/training/incontext/worlds.py` has them. */
export const CHANNELS = 5;
const [CLAMPED, LOSS, GAIN, CUT, OUTSIDE] = [0, 1, 2, 3, 4];

/** Rows of a table as predictors take them: changes against each row's own control. */
export interface Rows {
  readonly count: number;
  readonly variables: number;
  /** Change over the variable's spread of changes, shape [count, variables]; 0 where not known. */
  readonly value: Float64Array;
  /** The row's control against the mean control, over the variable's spread of all that was measured; same shape. */
  readonly state: Float64Array;
  /** The same distance over the variable's spread of changes; same shape. */
  readonly away: Float64Array;
  /** 1 where the value is known; same shape. */
  readonly known: Float64Array;
  /** Shape [count, variables, CHANNELS]. */
  readonly acts: Float64Array;
  /** 1 where anything was done, on variables or beside them; shape [count]. */
  readonly perturbed: Uint8Array;
  /** What was done to nodes of the graph that the table lacks, shape [count]. */
  readonly beyond: readonly ReadonlyMap<string, number>[];
  /** Shape [count]. */
  readonly project: readonly string[];
}

/** A context of experiments, in the units predictors take. */
export interface Context {
  readonly experiments: Experiments;
  readonly edges: EdgesOnTable;
  readonly rows: Rows;
  /** Spread of each variable's changes, in the table's unit, shape [variables]. */
  readonly spread: Float64Array;
  /** Controls by project, in the table's unit, shape [variables] each. */
  readonly controls: ReadonlyMap<string, Float64Array>;
  /** Mean control and spread of all that was measured. */
  readonly centre: Float64Array;
  readonly totalSpread: Float64Array;
  /** What a variable's product reads when there is none, in the table's unit, shape [variables]. */
  readonly absent: Float64Array;
}

/** A question: what was done, in which project's control state. */
export interface Query {
  readonly interventions: readonly Intervention[];
  readonly project: string;
  /** Readings that the interventions fix beside those they name, by variable, in the table's unit. */
  readonly known?: ReadonlyMap<string, number>;
}

/**
 * Sets a context up.
 * @throws CellweaveError `experiments/no-control` where no condition is free of interventions
 */
export function contextOf(experiments: Experiments, edges: EdgesOnTable): Context {
  const { conditions, variables } = experiments;
  const controls = controlsOf(experiments);
  const centre = columnMeans(conditions.map((c) => controlOf(controls, c.project)));
  const changes = conditions.map((c) => c.values.map((v, i) => v - (controlOf(controls, c.project)[i] ?? 0)));
  const spread = spreadOf(changes, scalesOf(conditions));
  const away = conditions.map((c) => controlOf(controls, c.project).map((v, i) => v - (centre[i] ?? 0)));
  const totalSpread = spread.map((s, i) =>
    Math.hypot(s, Math.sqrt(meanOfKnown(away.map((row) => (row[i] ?? 0) ** 2)))),
  );
  const absent = absentOf(conditions, variables.length);
  const setting = { experiments, edges, spread, controls, centre, totalSpread, absent };
  return { ...setting, rows: rowsOf(setting, conditions) };
}

/** Queries as rows: what is held by them is known, all else is asked. */
export function queryRows(context: Context, queries: readonly Query[]): Rows {
  const { variables } = context.experiments;
  const conditions = queries.map(({ interventions, project, known }): Condition => {
    const values = Float64Array.from(variables, (name) => known?.get(name) ?? Number.NaN);
    for (const { kind, target, amount } of interventions) {
      const i = variables.indexOf(target);
      if (i >= 0 && kind === "clamp") values[i] = amount;
      if (i >= 0 && kind === "knockout") values[i] = context.absent[i] ?? 0;
    }
    return { project, interventions, values, replicates: 0 };
  });
  return rowsOf(context, conditions);
}

function rowsOf(context: Omit<Context, "rows">, conditions: readonly Condition[]): Rows {
  const n = context.experiments.variables.length;
  const beyond = conditions.map(({ interventions }) => beyondOf(interventions, context.edges));
  const rows: Rows = {
    count: conditions.length,
    variables: n,
    value: new Float64Array(conditions.length * n),
    state: new Float64Array(conditions.length * n),
    away: new Float64Array(conditions.length * n),
    known: new Float64Array(conditions.length * n),
    acts: new Float64Array(conditions.length * n * CHANNELS),
    perturbed: Uint8Array.from(conditions, ({ interventions }) => (interventions.length > 0 ? 1 : 0)),
    beyond,
    project: conditions.map(({ project }) => project),
  };
  for (const [c, condition] of conditions.entries()) {
    const control = controlOf(context.controls, condition.project);
    for (let i = 0; i < n; i++) {
      const change = (condition.values[i] ?? Number.NaN) - (control[i] ?? 0);
      rows.known[c * n + i] = Number.isNaN(change) ? 0 : 1;
      rows.value[c * n + i] = Number.isNaN(change) ? 0 : change / (context.spread[i] ?? 1);
      const distance = (control[i] ?? 0) - (context.centre[i] ?? 0);
      rows.state[c * n + i] = distance / (context.totalSpread[i] ?? 1);
      rows.away[c * n + i] = distance / (context.spread[i] ?? 1);
    }
    for (const intervention of condition.interventions) act(rows, c, intervention, context);
  }
  return rows;
}

/** Writes an intervention into the channels of the variables that it touches. */
function act(rows: Rows, row: number, { kind, target, amount }: Intervention, context: Omit<Context, "rows">): void {
  const n = rows.variables;
  const i = context.experiments.variables.indexOf(target);
  const set = (variable: number, channel: number | undefined, value: number): void => {
    const at = (row * n + variable) * CHANNELS + (channel ?? 0);
    rows.acts[at] = (rows.acts[at] ?? 0) + value;
  };
  if (i < 0) {
    const effects = context.edges.outside.get(target);
    const dose = doseOf(kind, amount);
    for (const [variable, effect] of effects?.entries() ?? []) if (effect !== 0) set(variable, OUTSIDE, effect * dose);
    return;
  }
  if (kind === "clamp") set(i, CLAMPED, 1);
  else if (kind === "knockout") set(i, LOSS, 1);
  else if (kind === "knockdown") set(i, LOSS, amount);
  else if (kind === "overexpression") set(i, GAIN, amount / (context.spread[i] ?? 1));
  else set(i, CUT, amount);
}

/** How far a regulator's activity goes up or down; nothing where it is held at a value of its own. */
function doseOf(kind: Intervention["kind"], amount: number): number {
  if (kind === "clamp") return 0;
  return kind === "overexpression" ? 1 : -(kind === "knockout" ? 1 : amount);
}

function beyondOf(interventions: readonly Intervention[], { beyond }: EdgesOnTable): Map<string, number> {
  const found = new Map<string, number>();
  for (const { target, kind, amount } of interventions)
    for (const [node, effect] of beyond.get(target) ?? [])
      found.set(node, (found.get(node) ?? 0) + effect * doseOf(kind, amount));
  return found;
}

/** The control of each project: its untouched conditions, else all projects' together. */
function controlsOf({ conditions }: Experiments): Map<string, Float64Array> {
  const untouched = conditions.filter(({ interventions }) => interventions.length === 0);
  if (untouched.length === 0)
    throw new CellweaveError("experiments/no-control", "no experiment is free of interventions", {
      hint: "changes are predicted against a control: add a row whose intervention columns are empty",
    });
  const all = columnMeans(untouched.map(({ values }) => values));
  const controls = new Map<string, Float64Array>([["", all]]);
  for (const project of new Set(untouched.map((condition) => condition.project))) {
    const own = columnMeans(untouched.filter((c) => c.project === project).map(({ values }) => values));
    controls.set(
      project,
      own.map((value, i) => (Number.isNaN(value) ? (all[i] ?? 0) : value)),
    );
  }
  return controls;
}

/** A project's control; that of all projects where it has none of its own. */
export function controlOf(controls: ReadonlyMap<string, Float64Array>, project: string): Float64Array {
  return controls.get(project) ?? controls.get("") ?? new Float64Array();
}

/** Column means of what is known, 0 where nothing is. */
function columnMeans(rows: readonly Float64Array[]): Float64Array {
  return Float64Array.from(rows[0] ?? [], (_, i) => {
    const value = meanOfKnown(rows.map((row) => row[i] ?? Number.NaN));
    return Number.isNaN(value) ? 0 : value;
  });
}

/** 0 in a table of amounts; in one with negative values (logarithms) the least that each variable ever reads. */
function absentOf(conditions: readonly Condition[], n: number): Float64Array {
  if (!isLogarithmic(conditions)) return new Float64Array(n);
  return Float64Array.from({ length: n }, (_, i) =>
    conditions.reduce(
      (least, { values }) => (Number.isNaN(values[i] ?? 0) ? least : Math.min(least, values[i] ?? 0)),
      0,
    ),
  );
}
