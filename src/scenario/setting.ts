import type { CellManifest } from "./cell-manifest.ts";
import type { Names } from "./perturbation.ts";
import type { Scenario } from "./scenario.ts";

/** A scenario's numbers, with every default in place. */
export interface Setting {
  /** Hours. */
  readonly from: number;
  readonly to: number;
  readonly points: number;
  /** Times that are kept beside these, hours: those of analyses. */
  readonly moments: readonly number[];
  readonly rtol: number;
  readonly atol: number;
  /** Hours; undefined where there is no preculture. */
  readonly precultureHours: number | undefined;
  /** Values at the start that differ from the manifest's, by variable id. */
  readonly start: ReadonlyMap<string, number>;
}

/** What a caller may set in place of what the scenario says. */
export interface Overrides {
  readonly points?: number;
  readonly rtol?: number;
  readonly atol?: number;
}

/** Tolerances: the caller's, else the scenario's, else the manifest's, else 1e-4 and 1e-6. */
export function settingOf(scenario: Scenario, manifest: CellManifest, names: Names, overrides: Overrides): Setting {
  const { time, tolerances, preculture } = scenario.spec;
  const fallback = manifest.spec.tolerances;
  return {
    from: time.from ?? 0,
    to: time.to,
    points: overrides.points ?? time.points ?? 201,
    moments: (scenario.spec.analyses ?? []).flatMap(({ at }) => at),
    rtol: overrides.rtol ?? tolerances?.rtol ?? fallback?.rtol ?? 1e-4,
    atol: overrides.atol ?? tolerances?.atol ?? fallback?.atol ?? 1e-6,
    precultureHours: preculture?.hours,
    start: startChanges(scenario, names),
  };
}

function startChanges({ spec }: Scenario, names: Names): Map<string, number> {
  const changes = new Map<string, number>();
  for (const [pool, value] of Object.entries(spec.medium ?? {}))
    changes.set(names.variable(`pool:${pool}`, ["medium", pool]), value);
  if (spec.biomass !== undefined) changes.set(names.variable("biomass", ["biomass"]), spec.biomass);
  return changes;
}
