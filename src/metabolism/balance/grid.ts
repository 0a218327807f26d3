/** A flux that is held, from its least to its largest possible value, mmol gDW^-1 h^-1. */
export interface Axis {
  readonly reaction: string;
  readonly flux: Float64Array;
}

/** Fluxes held at a point of the grid over some axes, one of each; the last axis runs fastest. */
export function heldAt(axes: readonly Axis[], point: number): number[] {
  let rest = point;
  return axes
    .toReversed()
    .map(({ flux }) => {
      const value = flux[rest % flux.length] ?? Number.NaN;
      rest = Math.floor(rest / flux.length);
      return value;
    })
    .toReversed();
}
