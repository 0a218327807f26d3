import type { CompiledPathway } from "../code/compile.ts";
import { isConcentration } from "../symbols.ts";

/**
 * Absolute tolerance of each state: where the state is the amount of a species seen by concentration, `atol` is of
 * the concentration and is scaled by the compartment's size in memory.
 * @param nominals magnitudes by id that `atol` is taken relative to; 1 where absent
 * @returns shape [size]; entries beyond the states are `atol`
 */
export function absoluteTolerances(
  pathway: CompiledPathway,
  atol: number,
  nominals: ReadonlyMap<string, number>,
  size: number,
): Float64Array {
  const out = new Float64Array(size).fill(atol);
  const { states, values } = pathway;
  const volumes = volumeSlots(pathway);
  for (let i = 0; i < volumes.length; i++) {
    const slot = volumes[i] ?? -1;
    const volume = slot < 0 ? 1 : Math.abs(values[slot] ?? 1);
    const scale = volume > 0 && Number.isFinite(volume) ? volume : 1;
    const nominal = nominals.size === 0 ? 1 : (nominals.get(states[i]?.symbol.id ?? "") ?? 1);
    out[i] = atol * (nominal * scale);
  }
  return out;
}

const known = new WeakMap<CompiledPathway, Int32Array>();

/** By state: the slot of the size that turns its concentration into the amount it is integrated by, or -1. */
export function volumeSlots(pathway: CompiledPathway): Int32Array {
  let slots = known.get(pathway);
  if (slots === undefined) {
    slots = Int32Array.from(pathway.states, ({ symbol, slot }) =>
      isConcentration(symbol) && slot === symbol.amount ? symbol.volume : -1,
    );
    known.set(pathway, slots);
  }
  return slots;
}
