import type { MapPoint, MapSegment } from "./map.ts";

/** A segment ready to draw: its path, and a triangle where it ends in an arrow. */
export interface Drawn {
  readonly path: string;
  readonly heads: readonly string[];
}

/** Which ends of a segment carry arrowheads, and how far each stays from its node's centre. */
export interface Heads {
  readonly from: boolean;
  readonly to: boolean;
  readonly gap: (end: "from" | "to") => number;
  /** Line width; heads grow with it. */
  readonly width: number;
}

/** The path of a segment, shortened where it ends in an arrowhead. */
export function drawSegment({ from, to, bends }: MapSegment, { from: atFrom, to: atTo, gap, width }: Heads): Drawn {
  const [b1, b2] = bends ?? [to, from];
  const first = atFrom ? headAt(from, apart(b1, from) ? b1 : to, gap("from"), width) : undefined;
  const last = atTo ? headAt(to, apart(b2, to) ? b2 : from, gap("to"), width) : undefined;
  const [start, end] = [first?.base ?? from, last?.base ?? to];
  const curve = bends === undefined ? `L${text(end)}` : `C${text(b1)} ${text(b2)} ${text(end)}`;
  return {
    path: `M${text(start)} ${curve}`,
    heads: [first, last].flatMap((head) => (head === undefined ? [] : [head.triangle])),
  };
}

function apart(a: MapPoint, b: MapPoint): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) > 1e-6;
}

/** An arrowhead that points at a node from the side where `towards` lies. */
function headAt(node: MapPoint, towards: MapPoint, gap: number, width: number) {
  const distance = Math.hypot(node.x - towards.x, node.y - towards.y) || 1;
  const [ux, uy] = [(node.x - towards.x) / distance, (node.y - towards.y) / distance];
  const [length, half] = [1.3 * width + 12, 0.75 * width + 6];
  const along = (by: number): MapPoint => ({ x: node.x - by * ux, y: node.y - by * uy });
  const tip = along(gap);
  const base = along(gap + length);
  const [left, right] = [1, -1].map((side) => ({ x: base.x - side * half * uy, y: base.y + side * half * ux }));
  return {
    base: along(gap + 0.8 * length),
    triangle: `M${text(tip)} L${text(left ?? base)} L${text(right ?? base)} Z`,
  };
}

function text({ x, y }: MapPoint): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
