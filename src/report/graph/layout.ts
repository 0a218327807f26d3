import type { ReportNode } from "../input.ts";
import { textWidth } from "../svg/format.ts";
import type { GraphLayers, TargetBlock } from "./layers.ts";

/** A node with its place: centre and size, px. */
export interface PlacedNode {
  readonly node: ReportNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A block of targets with its frame (upper left corner), px. */
export interface PlacedBlock {
  readonly block: TargetBlock;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly cells: readonly PlacedNode[];
}

export interface GraphLayout {
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly blocks: readonly PlacedBlock[];
  readonly width: number;
  readonly height: number;
}

const SINGLE = { height: 30, gap: 26, row: 78 };
const CELL = { height: 22, gap: 5, pad: 10, widest: 128 };
const BLOCK_GAP = 22;
const CAPTION = 20;
const WIDEST = 940;
const NARROWEST = 600;

function widthOf(node: ReportNode): number {
  const slant = node.type === "gene" || node.type === "imodulon" ? 20 : 34;
  return Math.max(52, textWidth(node.name, 12) + slant);
}

function cellWidth(block: TargetBlock): number {
  const longest = Math.max(...block.nodes.map((node) => textWidth(node.name, 11)));
  return Math.min(CELL.widest, Math.max(46, longest + 14));
}

interface Grid {
  readonly block: TargetBlock;
  readonly cell: number;
  readonly columns: number;
  readonly width: number;
}

function gridsFor(blocks: readonly TargetBlock[], rows: number, captions: readonly number[]): Grid[] {
  return blocks.map((block, i) => {
    const cell = cellWidth(block);
    const columns = Math.ceil(block.nodes.length / rows);
    const width = Math.max(columns * (cell + CELL.gap) - CELL.gap, captions[i] ?? 0) + 2 * CELL.pad;
    return { block, cell, columns, width };
  });
}

/** Blocks side by side, with as few rows of cells as fit; blocks that don't fit at all begin a new shelf. */
function shelves(blocks: readonly TargetBlock[], captions: readonly number[]): Grid[][] {
  const tallest = Math.max(1, ...blocks.map((block) => block.nodes.length));
  for (let rows = Math.min(3, tallest); rows <= 14; rows++) {
    const grids = gridsFor(blocks, rows, captions);
    if (total(grids) <= WIDEST) return [grids];
  }
  const result: Grid[][] = [[]];
  for (const grid of gridsFor(blocks, 8, captions)) {
    const last = result.at(-1) ?? [];
    if (last.length > 0 && total([...last, grid]) > WIDEST) result.push([grid]);
    else last.push(grid);
  }
  return result;
}

function total(grids: readonly Grid[]): number {
  return grids.reduce((sum, grid) => sum + grid.width + BLOCK_GAP, -BLOCK_GAP);
}

function placeBlock({ block, cell, columns, width }: Grid, x: number, y: number): PlacedBlock {
  const rows = Math.ceil(block.nodes.length / columns);
  const inner = columns * (cell + CELL.gap) - CELL.gap;
  const left = x + (width - inner) / 2;
  const cells = block.nodes.map((node, i) => ({
    node,
    x: left + (i % columns) * (cell + CELL.gap) + cell / 2,
    y: y + CAPTION + CELL.pad + Math.floor(i / columns) * (CELL.height + CELL.gap) + CELL.height / 2,
    width: cell,
    height: CELL.height,
  }));
  const height = CAPTION + rows * (CELL.height + CELL.gap) - CELL.gap + 2 * CELL.pad;
  return { block, x, y, width, height, cells };
}

/** Mean position of what a node acts on, among what is placed already. */
function pull(id: string, layers: GraphLayers, placed: ReadonlyMap<string, { readonly x: number }>): number {
  const at = layers.edges.flatMap(({ source, target }) => (source === id ? (placed.get(target)?.x ?? []) : []));
  return at.length === 0 ? Number.POSITIVE_INFINITY : at.reduce((a, b) => a + b, 0) / at.length;
}

function placeRow(row: readonly ReportNode[], middle: number, y: number): PlacedNode[] {
  const widths = row.map(widthOf);
  const whole = widths.reduce((sum, w) => sum + w + SINGLE.gap, -SINGLE.gap);
  let x = middle - whole / 2;
  return row.map((node, i) => {
    const width = widths[i] ?? 0;
    x += width + SINGLE.gap;
    return { node, x: x - SINGLE.gap - width / 2, y, width, height: SINGLE.height };
  });
}

function rowWidth(row: readonly ReportNode[]): number {
  return row.reduce((sum, node) => sum + widthOf(node) + SINGLE.gap, -SINGLE.gap);
}

/**
 * Places rows and blocks; bottom rows first, so that causes stand above what they act on.
 * @param captions widths of the blocks' captions, px
 * @param top px above the first row
 */
export function graphLayout(layers: GraphLayers, captions: readonly number[], top: number): GraphLayout {
  const packed = layers.blocks.length > 0 ? shelves(layers.blocks, captions) : [];
  const inner = Math.max(NARROWEST, ...layers.rows.map(rowWidth), ...packed.map(total));
  const width = inner + 36;
  const middle = width / 2;
  const nodes = new Map<string, PlacedNode>();
  for (let r = layers.rows.length - 1; r >= 0; r--) {
    const row = layers.rows[r] ?? [];
    const pulls = new Map(row.map((node) => [node.id, pull(node.id, layers, nodes)]));
    const order = row
      .map((node, i) => ({ node, i }))
      .sort((a, b) => (pulls.get(a.node.id) ?? 0) - (pulls.get(b.node.id) ?? 0) || a.i - b.i);
    const y = top + SINGLE.height / 2 + r * SINGLE.row;
    for (const place of placeRow(
      order.map(({ node }) => node),
      middle,
      y,
    ))
      nodes.set(place.node.id, place);
  }
  let y = top + layers.rows.length * SINGLE.row;
  const blocks: PlacedBlock[] = [];
  for (const shelf of packed) {
    let x = middle - total(shelf) / 2;
    const placed = shelf.map((grid) => {
      const at = placeBlock(grid, x, y);
      x += grid.width + BLOCK_GAP;
      return at;
    });
    blocks.push(...placed);
    y += Math.max(...placed.map((block) => block.height)) + 34;
  }
  return { nodes, blocks, width, height: packed.length > 0 ? y - 34 : y - SINGLE.row + SINGLE.height };
}
