import type { CellModule } from "../cell/module.ts";
import { regulatorModule } from "../regulation/module/regulator-module.ts";
import { noChangeRegulator } from "../regulation/trained/no-change.ts";

const EXPRESSION = "expression:";

/**
 * The expression that some module reads and none owns: it stays at the reference, but for gene edits.
 * @param growth variable that dilutes products, 1/h; without one nothing is diluted
 * @returns undefined where every expression has an owner
 */
export function referenceExpression(
  modules: readonly CellModule[],
  growth: string | undefined,
): CellModule | undefined {
  const owned = new Set(modules.flatMap((module) => module.owns.map(({ id }) => id)));
  const missing = modules.flatMap(({ reads }) => reads.filter((id) => id.startsWith(EXPRESSION) && !owned.has(id)));
  if (missing.length === 0) return undefined;
  const genes = [...new Set(missing)].sort().map((id) => id.slice(EXPRESSION.length));
  const names = { activities: [], environment: [], effectors: [], genes, expression: genes };
  const reference = { activity: new Float64Array(0), environment: new Float64Array(0) };
  return regulatorModule({
    id: "reference-expression",
    regulator: noChangeRegulator(names, reference),
    hold: true,
    ...(growth === undefined ? {} : { growth }),
  });
}
