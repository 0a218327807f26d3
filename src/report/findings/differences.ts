import type { VariableKind } from "../../cell/variable.ts";
import type { ArmName } from "../../scenario/arms/arm.ts";
import type { ReportArm, ReportInput } from "../input.ts";
import { allVariables } from "../tables/csv.ts";
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

/** An arm with its columns by variable, on the times that all arms share. */
interface GriddedArm {
  readonly name: ArmName;
  readonly column: (id: string) => Float64Array | undefined;
}

function gridded({ name, trajectory }: ReportArm, common: Float64Array): GriddedArm {
  const { times, columns, variables } = trajectory;
  const positions = new Map(variables.map(({ id }, i) => [id, i]));
  const same = common.every((t, i) => times[i] === t);
  return {
    name,
    column: (id) => {
      const column = columns[positions.get(id) ?? -1];
      return same || !column ? column : common.map((t) => valueAt(times, column, t));
    },
  };
}

interface Spread {
  readonly scale: number;
  readonly mean: number;
  /** Index of the time at which the columns are furthest apart. */
  readonly widest: number;
}

/** How far apart columns are over the common times; undefined where there is nothing to compare. */
function spreadOf(columns: readonly Float64Array[], common: Float64Array, nominal: number): Spread | undefined {
  let scale = nominal;
  let widest = 0;
  let most = -1;
  let area = 0;
  let before = 0;
  for (let i = 0; i < common.length; i++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const column of columns) {
      const value = column[i] ?? Number.NaN;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const spread = high - low;
    scale = Math.max(scale, Math.abs(low), Math.abs(high));
    if (spread > most) {
      most = spread;
      widest = i;
    }
    if (i > 0) area += ((spread + before) / 2) * ((common[i] ?? 0) - (common[i - 1] ?? 0));
    before = spread;
  }
  const span = (common.at(-1) ?? 0) - (common[0] ?? 0);
  return span > 0 && scale > 0 ? { scale, mean: area / span / scale, widest } : undefined;
}

/** Whether a variable is what a module predicted beside the owner's value (`<id>@<module>`). */
function isPrediction(id: string): boolean {
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
  const arms = input.arms.map((arm) => gridded(arm, common));
  const found = allVariables(input.arms).flatMap((variable): ArmDifference[] => {
    const { id, kind, unit, nominal } = variable;
    if (isPrediction(id) || kind === "distance") return [];
    const held = arms.flatMap(({ name, column }) => {
      const values = column(id);
      return values ? [{ name, values }] : [];
    });
    const columns = held.map(({ values }) => values);
    const spread = columns.length < 2 ? undefined : spreadOf(columns, common, nominal);
    if (!spread || !(spread.mean >= least)) return [];
    const { scale, mean, widest } = spread;
    const at = common[widest] ?? 0;
    const values = new Map(held.map((arm) => [arm.name, arm.values[widest] ?? Number.NaN]));
    const why = input.reasons?.get(id) ?? ownersOf(input.arms, id);
    return [{ variable: id, label: nameOf(input, id), kind, unit, scale, mean, at, values, why }];
  });
  return found.sort((a, b) => b.mean - a.mean || (a.variable < b.variable ? -1 : 1));
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
