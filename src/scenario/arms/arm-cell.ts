import { type Cell, initialState } from "../../cell/cell.ts";
import { composeCell } from "../../cell/compose.ts";
import type { CellModule } from "../../cell/module.ts";
import { type Allocation, rationed } from "../../engine/mass/ration.ts";
import { CellweaveError } from "../../errors.ts";
import { buildModule } from "../build/build-module.ts";
import { type CellManifest, kindAndName } from "../cell-manifest.ts";
import { referenceExpression } from "../reference-expression.ts";
import type { Uncertainty } from "../uncertainty.ts";
import type { World } from "../world.ts";
import type { ArmName } from "./arm.ts";
import { armRule } from "./arm-rule.ts";

/** A cell as one arm composes it. */
export interface ArmCell {
  readonly arm: ArmName;
  readonly cell: Cell;
  readonly modules: readonly CellModule[];
  /**
   * A: bitwise repeatable on any machine with the same build of Node (version and kind of processor), whose `Math` has
   * a hand in it; B: on the same machine and build, because onnxruntime has.
   */
  readonly repeatability: "A" | "B";
  /** How far off the arm's regulator may be, where its card says. */
  readonly uncertainty: Uncertainty | undefined;
}

/** A module of the user's own, made anew for every arm. */
export type Coupling = (arm: ArmName) => CellModule;

/** Composes the cell of one arm. The caller disposes of it. */
export async function composeArm(arm: ArmName, context: World, couplings: readonly Coupling[]): Promise<ArmCell> {
  const rule = armRule(arm, context.manifest);
  const modules: CellModule[] = [];
  let repeatability: "A" | "B" = "A";
  let uncertainty: Uncertainty | undefined;
  try {
    for (const [i, spec] of context.manifest.spec.modules.entries()) {
      if (rule.without.includes(kindAndName(spec).name)) continue;
      const built = await buildModule(spec, { ...context, rule }).catch((error: unknown) => {
        throw inManifest(error, context.manifest, i);
      });
      modules.push(built.module);
      if (built.repeatability === "B") repeatability = "B";
      uncertainty ??= built.uncertainty;
    }
    for (const coupling of couplings) modules.push(coupling(arm));
    const rest = referenceExpression(modules, growthOf(context.manifest));
    if (rest !== undefined) modules.push(rest);
    const shared = rationed(modules, allocationsOf(context.manifest));
    const cell = composeCell(shared, { precedence: rule.precedence });
    return { arm, cell, modules: shared, repeatability, uncertainty };
  } catch (error) {
    for (const module of modules) module.dispose();
    throw error;
  }
}

/** What a factory says of its options gets the place of the module's entry; what names a place of its own keeps it. */
function inManifest(error: unknown, { source }: CellManifest, i: number): unknown {
  if (!(error instanceof CellweaveError) || error.place !== undefined) return error;
  return error.at(source.place(["modules", i]));
}

function allocationsOf({ spec }: CellManifest): Allocation[] {
  return (spec.allocation ?? []).map((entry) => ({ ...entry, pool: `pool:${entry.pool}` }));
}

/** The variable that dilutes proteins, as the manifest's regulator names it. */
function growthOf({ spec }: CellManifest): string | undefined {
  for (const module of spec.modules) if ("regulator" in module) return module.growth;
  return undefined;
}

export function disposeArm({ modules }: ArmCell): void {
  for (const module of modules) module.dispose();
}

/** Values at the start: the manifest's, with what the scenario says differently, by variable id. */
export function startOf(cell: Cell, changes: ReadonlyMap<string, number>): Float64Array {
  const start = initialState(cell);
  for (const [id, value] of changes) {
    const index = cell.index.get(id);
    if (index !== undefined) start[index] = value;
  }
  return start;
}
