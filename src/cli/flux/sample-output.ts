import type { FluxSamples } from "../../metabolism/sampling/sample.ts";
import { table } from "../table.ts";
import { fixed, NOTHING } from "./flux-output.ts";

/** Chains agree below this split R-hat. @see doi:10.1214/20-BA1221 (section 4.4) */
const AGREED = 1.01;
const NAMED = 3;

/** Of each flux that is anything: mean, standard deviation, standard error of the mean, effective samples, split R-hat. */
export function samplesTable(ids: readonly string[], { samples, convergence }: FluxSamples): string {
  const lines = ids.flatMap((id, j) => {
    const mean = samples.reduce((sum, v) => sum + (v[j] ?? 0), 0) / samples.length;
    const deviation = Math.sqrt(samples.reduce((sum, v) => sum + ((v[j] ?? 0) - mean) ** 2, 0) / samples.length);
    if (Math.abs(mean) < NOTHING && deviation < NOTHING) return [];
    const { rHat = Number.NaN, effective = Number.NaN } = convergence[j] ?? {};
    const worth = Number.isNaN(effective) ? "-" : effective.toFixed(0);
    const agreement = Number.isNaN(rHat) ? "-" : rHat.toFixed(3);
    return [[id, fixed(mean), fixed(deviation), fixed(deviation / Math.sqrt(effective)), worth, agreement]];
  });
  return table([["", "mean", "deviation", "error", "effective", "R-hat"], ...lines]);
}

/** Says in a line how far the chains have come, and in another what to do where they haven't settled. */
export function convergenceNote(ids: readonly string[], { convergence, draws, thinning }: FluxSamples): string {
  const moving = convergence.flatMap((found, j) => (Number.isNaN(found.rHat) ? [] : [{ id: ids[j], ...found }]));
  const how = `${draws.length} chains of ${draws[0] ?? 0} samples, ${thinning} steps apart`;
  if (moving.length === 0)
    return `${how}: nothing to say of convergence, for too few samples or because nothing moves\n`;
  const worst = moving.toSorted((a, b) => b.rHat - a.rHat);
  const least = Math.min(...moving.map(({ effective }) => effective));
  const open = worst.filter(({ rHat }) => rHat > AGREED);
  const says = `${how}: effective samples at least ${least.toFixed(0)}, split R-hat at most ${worst[0]?.rHat.toFixed(3)}\n`;
  if (open.length === 0) return says;
  const named = open.slice(0, NAMED).map(({ id, rHat }) => `${id} (${rHat.toFixed(2)})`);
  const more = open.length > NAMED ? " and more" : "";
  return (
    `${says}warning: ${open.length} of ${moving.length} fluxes have not settled (split R-hat above ${AGREED}): ` +
    `${named.join(", ")}${more}; take more steps between samples (--thinning ${10 * thinning}) or more samples\n`
  );
}
