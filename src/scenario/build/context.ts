import type { CellModule } from "../../cell/module.ts";
import type { ArmRule } from "../arms/arm-rule.ts";
import type { Uncertainty } from "../uncertainty.ts";
import type { World } from "../world.ts";

/** What a module is built with, beside its own options. */
export interface BuildContext extends World {
  readonly rule: ArmRule;
}

/** A module ready to be composed into a cell. */
export interface BuiltModule {
  readonly module: CellModule;
  /** Class of a run with it: A bitwise repeatable anywhere, B on the same machine and build. */
  readonly repeatability: "A" | "B";
  /** How far off a regulator may be, where its card says. */
  readonly uncertainty?: Uncertainty;
}
