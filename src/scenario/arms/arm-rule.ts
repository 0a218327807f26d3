import { type CellManifest, kindAndName, type ModuleKind } from "../cell-manifest.ts";
import type { ArmName } from "./arm.ts";

/** How one arm composes the cell. */
export interface ArmRule {
  /** Names of modules left out. */
  readonly without: readonly string[];
  /** Names of modules, strongest first, for variables that several declare. */
  readonly precedence: readonly string[];
  /** Whether the regulator keeps what it owns at the reference instead of following its prediction. */
  readonly hold: boolean;
  /** Whether the regulator sees the levels of its effectors. */
  readonly effectors: boolean;
}

/**
 * The rule of an arm, with what the manifest says differently.
 *
 * - hybrid: all modules; where a pathway and the regulator declare the same variable, the pathway answers, because
 *   it computes from known mechanism what the regulator only learned. The regulator's prediction is recorded too.
 * - learned: no pathway modules, so the regulator answers for everything it has tokens for, and its effector tokens,
 *   which pathways would fill, are masked. Medium and metabolism stay: they alone answer for pools and fluxes.
 * - mechanistic: what only the regulator knows stays at its reference.
 */
export function armRule(arm: ArmName, { spec }: CellManifest): ArmRule {
  const named = (kind: ModuleKind) =>
    spec.modules.map(kindAndName).flatMap((module) => (module.kind === kind ? [module.name] : []));
  const own = spec.arms?.[arm];
  const without = own?.without ?? (arm === "learned" ? named("pathway") : []);
  const precedence = own?.precedence ?? [...named("pathway"), ...named("metabolic"), ...named("regulator")];
  return {
    without,
    precedence: precedence.filter((name) => !without.includes(name)),
    hold: arm === "mechanistic",
    effectors: arm !== "learned",
  };
}
