import type { Frame } from "./axis.ts";
import type { Point } from "./simplify.ts";

/** A text to be set beside its own line, sizes in px. */
export interface LabelRequest {
  readonly width: number;
  readonly height: number;
  /** Points of its line in px, a few px apart. */
  readonly line: readonly Point[];
}

/** A box by its upper left corner, px. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 5;

/** Rivals further away than this are all the same, px. */
const FAR = 60;

/**
 * Distance of the nearest point of a line from a box; 0 inside.
 * @param enough looks no further once a point is as near as this
 */
function nearestOf(line: readonly Point[], box: Box, enough = 0): number {
  const stop = enough * enough;
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  let best = Number.POSITIVE_INFINITY;
  for (const [x, y] of line) {
    const dx = x < box.x ? box.x - x : x > right ? x - right : 0;
    const dy = y < box.y ? box.y - y : y > bottom ? y - bottom : 0;
    best = Math.min(best, dx * dx + dy * dy);
    if (best <= stop) break;
  }
  return Math.sqrt(best);
}

/** Whether two boxes overlap. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function candidates({ width, height, line }: LabelRequest, frame: Frame): Box[] {
  const boxes: Box[] = [];
  for (let i = 0; i < line.length; i += 3) {
    const [x, y] = line[i] ?? [0, 0];
    for (const [left, top] of [
      [x - width / 2, y - height - GAP],
      [x - width / 2, y + GAP],
      [x + GAP, y - height / 2],
      [x - width - GAP, y - height / 2],
      [x + GAP, y - height - GAP],
      [x - width - GAP, y - height - GAP],
    ] as const) {
      if (left < frame.x + 2 || left + width > frame.x + frame.width) continue;
      if (top < frame.y || top + height > frame.y + frame.height - 1) continue;
      boxes.push({ x: left, y: top, width, height });
    }
  }
  return boxes;
}

/**
 * Free boxes inside the plot, each clearly nearer to its own line than to any other; undefined where there is none.
 * @param taken boxes that nothing may cover
 * @returns same order as `requests`
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  frame: Frame,
  taken: readonly Box[] = [],
): (Box | undefined)[] {
  const occupied = [...taken];
  return requests.map((request, index) => {
    let best: Box | undefined;
    let most = 9;
    for (const box of candidates(request, frame)) {
      if (occupied.some((other) => overlap(box, other))) continue;
      const own = nearestOf(request.line, box);
      if (own < 2 || own + most >= FAR) continue;
      let other = FAR;
      requests.forEach((rival, i) => {
        if (i !== index && other - own > most) other = Math.min(other, nearestOf(rival.line, box, own + most));
      });
      if (other - own > most) {
        most = other - own;
        best = box;
      }
    }
    if (best) occupied.push(best);
    return best;
  });
}
