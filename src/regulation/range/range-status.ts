import { type ModuleStatus, OK } from "../../cell/status.ts";
import type { RegulatorModuleOptions } from "../module/regulator-options.ts";
import { IN, type Range, type RangeCode, type RangeJudge, worst } from "./range.ts";

/**
 * The range of the edits in force.
 * @param edited production by position among `genes`
 */
export function rangeOf(
  { range }: { readonly range?: RangeJudge },
  edited: ReadonlyMap<number, number>,
  genes: readonly string[],
): Range {
  if (range === undefined || edited.size === 0) return IN;
  return range([...edited].map(([gene, level]) => ({ gene: genes[gene] ?? "", level })));
}

/**
 * A warning while an edited gene, or the state, lies outside a regulator's range. It says who answers then: the fallback for
 * genes; where it is the state alone that is far off, the regulator goes on.
 * @param apart the state's distance from training, where it is known
 */
export function rangeStatus(
  options: Pick<RegulatorModuleOptions, "range" | "regulator" | "fallback" | "distance">,
  edited: ReadonlyMap<number, number>,
  genes: readonly string[],
  apart = 0,
): ModuleStatus {
  const perturbed = rangeOf(options, edited, genes);
  const state = options.distance?.range(apart) ?? IN;
  const code = worst([perturbed.code, state.code]);
  if (code === "IN") return OK;
  const reasons = [...perturbed.reasons, ...state.reasons];
  const beyond = code === "EDGE" ? "at the edge of" : "outside";
  const instead =
    perturbed.code === "OUT" && options.fallback !== undefined ? `; '${options.fallback.name}' answers instead` : "";
  const known = options.regulator.knows ?? `what '${options.regulator.name}' was trained on`;
  const message = `${code}: ${beyond} ${known}: ${reasons.join("; ")}${instead}`;
  return { ok: true, warning: message };
}

/** The name of the fallback that such a warning ends with; undefined where none answers. */
export function fallbackOfWarning(message: string): string | undefined {
  return /; '(?<name>[^']*)' answers instead$/u.exec(message)?.groups?.name;
}

/** The code that such a warning begins with; undefined for any other text. */
export function codeOfWarning(message: string): RangeCode | undefined {
  const [word] = message.split(":");
  return word === "EDGE" || word === "OUT" ? word : undefined;
}
