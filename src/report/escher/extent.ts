import type { EscherMap, MapPoint } from "./map.ts";

/** What a map's content takes up, in the map's units. */
export interface Extent extends MapPoint {
  readonly width: number;
  readonly height: number;
}

/** Sizes of what is written on a map, in its units. */
export const TEXT = { title: 46, reaction: 30, primary: 24, secondary: 18 } as const;

const MARGIN = 30;
/** Width of a character as a share of its height, and characters of a flux behind a reaction's id. */
const CHARACTER = 0.58;
const VALUE = 6;

/** The rectangle around everything drawn on a map; canvases are often much larger, or smaller. */
export function extentOf({ reactions, nodes, texts }: EscherMap): Extent {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const include = ({ x, y }: MapPoint): void => {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  };
  const write = (at: MapPoint, characters: number, size: number): void => {
    include({ x: at.x, y: at.y - size });
    include({ x: at.x + CHARACTER * size * characters, y: at.y });
  };
  for (const node of nodes) {
    if (node.kind === "marker") continue;
    include(node);
    write(node.label, node.id.length, node.primary ? TEXT.primary : TEXT.secondary);
  }
  for (const { id, label, segments } of reactions) {
    write(label, id.length + VALUE, TEXT.reaction);
    for (const { from, to, bends } of segments) for (const point of [from, to, ...(bends ?? [])]) include(point);
  }
  for (const text of texts) write(text, text.text.length, TEXT.title);
  if (box.left > box.right) return { x: 0, y: 0, width: 1, height: 1 };
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  return { x: box.left - MARGIN, y: box.top - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}
