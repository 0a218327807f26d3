import { CellweaveError } from "../../errors.ts";
import { analyticCentre } from "../../numerics/sampling/analytic-centre.ts";
import type { Body } from "../../numerics/sampling/barrier.ts";
import type { Directions, WalkSpace } from "../../numerics/sampling/hit-and-run.ts";
import { halfAxes, johnEllipsoid } from "../../numerics/sampling/john-ellipsoid.ts";
import type { FluxSpace } from "./flux-space.ts";

/** A body of flux distributions, and directions in which it is about as wide as long. */
export interface RoundedBody extends WalkSpace {
  /** Of each coordinate of the walk, which flux it is; fluxes whose limits nothing reaches are none. */
  readonly coordinates: Int32Array;
  /** The analytic centre, shape [fluxes + 1]. */
  readonly centre: Float64Array;
  /** Change of all fluxes along each direction, shape [directions, fluxes + 1]. */
  readonly changes: Float64Array;
  /** Weights of the coordinates in which the directions are orthonormal. */
  readonly metric: Float64Array;
}

/** What is known of the fluxes and of the objective after them, each of shape [fluxes + 1]. */
export interface FluxRanges {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly least: Float64Array;
  readonly largest: Float64Array;
  /** A point within all limits that are not met by every other. */
  readonly inside: Float64Array;
}

/** A limit is reached by what comes nearer, as a share of the flux's range or of 1. */
const REACHED = 1e-6;
/** A change of less than this share of the direction's largest is rounding. */
const ROUNDING = 1e-12;

/**
 * Rounds the flux distributions of a model: the half axes of the John ellipsoid about the analytic centre become the
 * directions of the walk.
 * @see doi:10.1093/bioinformatics/btx052 (coordinate hit-and-run with rounding)
 */
export function rounded(space: FluxSpace, ranges: FluxRanges): RoundedBody {
  const { moving, basis } = space;
  const { columns, lower, upper } = reached(space, ranges);
  const coordinates = Int32Array.from(columns, (c) => moving[c] ?? 0);
  const rows = columns.map((c) => Float64Array.from(basis, (direction) => direction[c] ?? 0));
  const body: Body = { rows, lower, upper };
  const values = Float64Array.from(coordinates, (j) => ranges.inside[j] ?? 0);
  const centre = ranges.inside.slice();
  const none = { ...body, directions: sparse([]), coordinates, centre, changes: new Float64Array(0), metric: values };
  if (basis.length === 0) return none;
  const moved = analyticCentre(body, values);
  const ellipsoid = johnEllipsoid(body, values);
  if (moved === undefined || ellipsoid === undefined)
    throw new CellweaveError("metabolism/sampling", "the flux distributions are too thin to be told from a flat body", {
      hint: "widen the narrowest bounds, or make them equal",
    });
  const combined = (weights: Float64Array) => changeAlong(space, weights, centre.length);
  for (const [j, change] of combined(moved).entries()) centre[j] = (centre[j] ?? 0) + change;
  const axes = halfAxes(ellipsoid.factor).map(combined);
  const changes = new Float64Array(axes.length * centre.length);
  for (const [k, axis] of axes.entries()) changes.set(axis, k * centre.length);
  const directions = sparse(axes.map((axis) => Float64Array.from(coordinates, (j) => axis[j] ?? 0)));
  return { lower, upper, directions, coordinates, centre, changes, metric: ellipsoid.weights };
}

/** Change of all fluxes along a sum of the basis' directions, shape [width]. */
function changeAlong({ moving, basis }: FluxSpace, weights: Float64Array, width: number): Float64Array {
  const change = new Float64Array(width);
  basis.forEach((direction, k) => {
    const weight = weights[k] ?? 0;
    if (weight === 0) return;
    moving.forEach((j, c) => {
      change[j] = (change[j] ?? 0) + weight * (direction[c] ?? 0);
    });
  });
  return change;
}

/** The moving fluxes that come to a limit, with those limits alone: no other limit can end a step. */
function reached({ moving }: FluxSpace, { lower, upper, least, largest }: FluxRanges) {
  const columns: number[] = [];
  const [low, high]: [number[], number[]] = [[], []];
  moving.forEach((j, c) => {
    const near = REACHED * Math.max(1, (largest[j] ?? 0) - (least[j] ?? 0));
    const below = (least[j] ?? 0) - (lower[j] ?? 0) < near;
    const above = (upper[j] ?? 0) - (largest[j] ?? 0) < near;
    if (!below && !above) return;
    columns.push(c);
    low.push(below ? (lower[j] ?? 0) : Number.NEGATIVE_INFINITY);
    high.push(above ? (upper[j] ?? 0) : Number.POSITIVE_INFINITY);
  });
  return { columns, lower: Float64Array.from(low), upper: Float64Array.from(high) };
}

function sparse(rows: readonly Float64Array[]): Directions {
  const starts = new Int32Array(rows.length + 1);
  const coordinates: number[] = [];
  const values: number[] = [];
  rows.forEach((row, k) => {
    const least = ROUNDING * row.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    row.forEach((v, j) => {
      if (Math.abs(v) <= least) return;
      coordinates.push(j);
      values.push(v);
    });
    starts[k + 1] = coordinates.length;
  });
  return { starts, coordinates: Int32Array.from(coordinates), values: Float64Array.from(values) };
}
