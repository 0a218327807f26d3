import { CellweaveError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import type { CellManifest } from "./cell-manifest.ts";
import { errorAt } from "./documents/check.ts";
import type { Scenario } from "./scenario.ts";

/**
 * The regulator that was asked for: the caller's option, else the scenario's; undefined where neither names one.
 * @throws CellweaveError `cell/unknown-regulator` where the cell doesn't list it, with the place of who asked
 */
export function askedRegulator(scenario: Scenario, manifest: CellManifest, option?: string): string | undefined {
  const name = option ?? scenario.spec.regulator;
  if (name === undefined) return undefined;
  const choices = manifest.spec.modules.flatMap((module) => ("regulator" in module ? Object.keys(module.choices) : []));
  if (choices.includes(name)) return name;
  const message = `the cell '${manifest.spec.cell}' has no regulator '${name}'`;
  const hint = didYouMean(name, choices) ?? (choices.length > 0 ? `it has ${choices.join(", ")}` : "it has none");
  if (option === undefined) throw errorAt(scenario.source, ["regulator"], "cell/unknown-regulator", message, hint);
  throw new CellweaveError("cell/unknown-regulator", `option '--regulator': ${message}`, { kind: "usage", hint });
}
