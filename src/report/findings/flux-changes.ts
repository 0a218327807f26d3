import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import type { ReportArm, ReportInput } from "../input.ts";
import { CENTRAL_CARBON } from "./central-carbon.ts";
import { firstBelow, GLUCOSE } from "./findings.ts";
import { windowsInside } from "./panel-data.ts";
import { endOf, nameOf, sampleAt, variableOf } from "./sample.ts";

/** A flux in the wild type and under the perturbation, mmol/gDW/h. */
export interface FluxChange {
  readonly variable: string;
  readonly label: string;
  /** The variable's full name. */
  readonly name: string;
  readonly wild: number;
  readonly perturbed: number;
}

export interface FluxComparison {
  /** Hours at which each run was read. */
  readonly wildTime: number;
  readonly perturbedTime: number;
  readonly groups: readonly { readonly pathway: string; readonly rows: readonly FluxChange[] }[];
}

/** Hour at which half of the glucose is used: the same stage of two cultures that grow at different rates. */
function halfway(trajectory: Trajectory): number {
  const glucose = columnOf(trajectory, GLUCOSE);
  const end = endOf(trajectory);
  return (glucose && firstBelow(trajectory.times, glucose, 0.5 * (glucose[0] ?? 0))) ?? end / 2;
}

function glucoseEnd(trajectory: Trajectory): number {
  const glucose = columnOf(trajectory, GLUCOSE);
  return (glucose && firstBelow(trajectory.times, glucose, 0.01 * (glucose[0] ?? 0))) ?? endOf(trajectory);
}

/**
 * Where a perturbation begins inside the run: the middle of its window, or of what of it passes before either culture
 * is out of glucose. Elsewhere the same stage of growth.
 */
function timesOf(input: ReportInput, perturbed: Trajectory, wild: Trajectory): [wild: number, perturbed: number] {
  const window = windowsInside(input).find(({ from }) => from > (perturbed.times[0] ?? 0));
  if (!window) return [halfway(wild), halfway(perturbed)];
  const to = Math.min(window.to, endOf(perturbed), endOf(wild));
  const fed = Math.min(to, glucoseEnd(perturbed), glucoseEnd(wild));
  const middle = (window.from + (fed > window.from ? fed : to)) / 2;
  return [middle, middle];
}

function groupsOf(input: ReportInput): readonly { readonly pathway: string; readonly variables: readonly string[] }[] {
  if (input.fluxes) return [{ pathway: "", variables: input.fluxes.map((flux) => flux.variable) }];
  return CENTRAL_CARBON.map(({ pathway, reactions }) => ({ pathway, variables: reactions.map((id) => `flux:${id}`) }));
}

/** Fluxes of one arm beside its wild type; undefined without a wild type or without any of the fluxes. */
export function compareFluxes(input: ReportInput, arm: ReportArm): FluxComparison | undefined {
  if (!arm.reference) return undefined;
  const { reference, trajectory } = arm;
  const [wildTime, perturbedTime] = timesOf(input, trajectory, reference);
  const groups = groupsOf(input).map(({ pathway, variables }) => ({
    pathway,
    rows: variables
      .filter((id) => variableOf(input, id))
      .map((id) => ({
        variable: id,
        label: input.fluxes?.find((flux) => flux.variable === id)?.label ?? id.replace(/^flux:/, ""),
        name: nameOf(input, id),
        wild: sampleAt(reference, id, wildTime),
        perturbed: sampleAt(trajectory, id, perturbedTime),
      }))
      .filter((row) => Number.isFinite(row.wild) && Number.isFinite(row.perturbed)),
  }));
  const filled = groups.filter((group) => group.rows.length > 0);
  return filled.length === 0 ? undefined : { wildTime, perturbedTime, groups: filled };
}
