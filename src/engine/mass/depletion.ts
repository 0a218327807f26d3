import type { Engine } from "../engine.ts";
import { interpolateStates } from "../step/inside.ts";

const SHARE = 0.01;
/** Halvings of a step: to a millionth of it. */
const HALVINGS = 20;

/** Levels below which pools count as used up; 0 for what was not there, shape [pools and biomass]. */
export function depletionLevels({ roles, now }: Engine): Float64Array {
  return Float64Array.from(roles.nonNegative, (i) => SHARE * Math.max(0, now.values[i] ?? 0));
}

/** Notes pools that fall below their level in the accepted step, at the time that its dense output says. */
export function noteDepletions(engine: Engine): void {
  const { cell, roles, levels, depletions, end } = engine;
  for (let n = 0; n < roles.nonNegative.length; n++) {
    const i = roles.nonNegative[n] ?? 0;
    const level = levels[n] ?? 0;
    if (!(level > 0 && (end.values[i] ?? 0) <= level)) continue;
    const variable = cell.variables[i]?.id ?? "";
    if (!depletions.some((entry) => entry.variable === variable))
      depletions.push({ variable, t: fallTime(engine, i, level) });
  }
}

function fallTime({ cell, now, end, inside }: Engine, i: number, level: number): number {
  let [low, high] = [now.t, end.t];
  for (let k = 0; k < HALVINGS; k++) {
    inside.t = (low + high) / 2;
    interpolateStates(cell, now, inside);
    if ((inside.values[i] ?? 0) <= level) high = inside.t;
    else low = inside.t;
  }
  return high;
}
