import type { Variable, VariableKind } from "../cell/variable.ts";
import { columnOf } from "../engine/trajectory.ts";
import type { ArmName } from "../scenario/arm.ts";
import { allVariables } from "./csv.ts";
import type { ReportArm, ReportInput } from "./input.ts";
import { endOf, nameOf, valueAt } from "./sample.ts";

/** How much the arms disagree about one variable. */
export interface ArmDifference {
  readonly variable: string;
  readonly label: string;
  readonly kind: VariableKind;
  readonly unit: string;
  /** Largest magnitude in any arm, at least the variable's nominal, in its unit. */
  readonly scale: number;
  /** Time mean of (largest - smallest arm) / scale: what the list is ranked by. */
  readonly mean: number;
  /** Hour at which the arms are furthest apart. */
  readonly at: number;
  /** Values of the arms at that hour, in the variable's unit. */
  readonly values: ReadonlyMap<ArmName, number>;
  /** Why, in words: the scenario's reason, or who answered in which arm. */
  readonly why: string;
}

/** Who answered in which arm, and in which arms the variable stays where it began. */
function ownersOf(arms: readonly ReportArm[], id: string): string {
  const owners = new Map<string, ArmName[]>();
  const still: ArmName[] = [];
  for (const { name, trajectory } of arms) {
    const i = trajectory.variables.findIndex((variable) => variable.id === id);
    const owner = trajectory.variables[i]?.owner;
    const column = trajectory.columns[i];
    if (owner === undefined || column === undefined) continue;
    owners.set(owner, [...(owners.get(owner) ?? []), name]);
    if (column.every((value) => value === column[0])) still.push(name);
  }
  const held = still.length < arms.length && still.length > 0 ? `; constant in the ${still.join(" and ")} arm` : "";
  const [only] = owners.keys();
  if (owners.size > 1) return [...owners].map(([owner, names]) => `${names.join(" and ")}: ${owner}`).join("; ") + held;
  const missing = arms.map(({ name }) => name).filter((name) => !owners.get(only ?? "")?.includes(name));
  if (missing.length > 0) return `computed by ${only}, which the ${missing.join(" and ")} arm is without${held}`;
  return held === "" ? `computed by ${only} in every arm, from different inputs` : `computed by ${only}${held}`;
}

function differenceOf(input: ReportInput, variable: Variable, common: Float64Array): ArmDifference | undefined {
  const held = input.arms.flatMap(({ name, trajectory }) => {
    const column = columnOf(trajectory, variable.id);
    return column ? [{ name, at: (t: number) => valueAt(trajectory.times, column, t) }] : [];
  });
  if (held.length < 2) return undefined;
  let largest = variable.nominal;
  let widest = -1;
  let at = 0;
  let area = 0;
  let before = { t: common[0] ?? 0, spread: 0 };
  common.forEach((t, i) => {
    const values = held.map((arm) => arm.at(t));
    const spread = Math.max(...values) - Math.min(...values);
    largest = Math.max(largest, ...values.map(Math.abs));
    if (spread > widest) {
      widest = spread;
      at = t;
    }
    if (i > 0) area += ((spread + before.spread) / 2) * (t - before.t);
    before = { t, spread };
  });
  const span = before.t - (common[0] ?? 0);
  if (!(span > 0) || !(largest > 0)) return undefined;
  const { id, kind, unit } = variable;
  return {
    variable: id,
    label: nameOf(input, id),
    kind,
    unit,
    scale: largest,
    mean: area / span / largest,
    at,
    values: new Map(held.map((arm) => [arm.name, arm.at(at)])),
    why: input.reasons?.get(id) ?? ownersOf(input.arms, id),
  };
}

/** Whether a variable is what a module predicted beside the owner's value (`<id>@<module>`). */
export function isPrediction(id: string): boolean {
  return id.includes("@");
}

/**
 * Variables in which the arms differ, most first, compared over the hours that all arms reached.
 * @param least differences with a smaller time mean are left out
 */
export function armDifferences(input: ReportInput, least = 1e-3): ArmDifference[] {
  const [first] = input.arms;
  if (first === undefined || input.arms.length < 2) return [];
  const end = Math.min(...input.arms.map((arm) => endOf(arm.trajectory)));
  const common = first.trajectory.times.filter((t) => t <= end);
  return allVariables(input.arms)
    .filter((variable) => !isPrediction(variable.id))
    .map((variable) => differenceOf(input, variable, common))
    .filter((difference) => difference !== undefined)
    .filter((difference) => difference.mean >= least)
    .sort((a, b) => b.mean - a.mean || (a.variable < b.variable ? -1 : 1));
}

const KIND_ORDER: readonly VariableKind[] = ["biomass", "pool", "flux", "activity", "expression", "species"];

/** The most different variables of each kind, in the order of kinds that figures keep. */
export function topByKind(
  differences: readonly ArmDifference[],
  most: number,
): { readonly kind: VariableKind; readonly rows: readonly ArmDifference[] }[] {
  return KIND_ORDER.map((kind) => ({
    kind,
    rows: differences.filter((difference) => difference.kind === kind).slice(0, most),
  })).filter((group) => group.rows.length > 0);
}
