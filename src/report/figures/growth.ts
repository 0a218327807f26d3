import { type GeneGrowth, grows } from "../../analysis/growth/gene-growth.ts";
import { GROWS_FROM } from "../../analysis/growth/keio.ts";
import { scaleLinear } from "../../vendor/d3.ts";
import { bottomAxis, type Frame, valueAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { ARM_STYLES, INK, MUTED } from "../svg/palette.ts";
import { type Box, overlap } from "../svg/place-labels.ts";

const FRAME: Frame = { x: 62, y: 84, width: 620, height: 360 };
/** A change of relative growth from which a gene is named in the figure. */
const NAMED = 0.1;
/** Size of names, their distance from a point, and how far they may stick out on the right, px. */
const SIZE = 9;
const GAP = 4;
const MARGIN = 25;
/** Lines by which a name may be moved, nearest first. */
const SHIFTS = [0, 1, -1, 2, -2, 3, -3, 4, -4];

/** Measured density of each mutant that the cell knows against its growth in two arms of the cell. */
export function growthFigure(genes: readonly GeneGrowth[]): Figure {
  const known = genes.filter(({ hybrid }) => !Number.isNaN(hybrid));
  const densest = Math.max(0.5, ...known.map(({ density }) => density));
  const x = scaleLinear([0, densest], [FRAME.x, FRAME.x + FRAME.width]).nice();
  const fastest = Math.max(1, ...known.flatMap(({ mechanistic, hybrid }) => [mechanistic, hybrid]));
  const y = scaleLinear([0, 1.05 * fastest], [FRAME.y + FRAME.height, FRAME.y]);
  const head = {
    name: "growth",
    title: "Growth of deletion mutants on glucose, measured and in the cell",
    caption:
      `Each of ${known.length} deleted genes: density after 24 h in MOPS glucose (Keio collection; below ${GROWS_FROM} is no ` +
      "growth) against growth relative to the wild type in the mechanistic and the hybrid arm, joined by a line.",
  };
  return figure(
    head,
    { width: FRAME.x + FRAME.width + 30, height: FRAME.y + FRAME.height + 52 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    key(FRAME.x, 54),
    valueAxis(y, FRAME),
    bottomAxis(x, FRAME, { title: "measured OD600 after 24 h", grid: true }),
    label(FRAME.x, FRAME.y - 8, "growth relative to the wild type", { fill: MUTED }),
    svg("line", {
      x1: x(GROWS_FROM),
      x2: x(GROWS_FROM),
      y1: FRAME.y,
      y2: FRAME.y + FRAME.height,
      stroke: INK,
      "stroke-dasharray": "4 3",
    }),
    known.map((gene) => mark(gene, x, y)),
    names(known.filter(isNamed), x, y),
  );
}

function mark(gene: GeneGrowth, x: (v: number) => number, y: (v: number) => number): Markup {
  const { name, density, mechanistic, hybrid } = gene;
  const [at, before, after] = [x(density), y(mechanistic), y(hybrid)];
  return svg(
    "g",
    { class: "gene" },
    svg("title", {}, `${name}: OD600 ${density}, mechanistic ${mechanistic.toFixed(2)}, hybrid ${hybrid.toFixed(2)}`),
    svg("line", { x1: at, x2: at, y1: before, y2: after, stroke: MUTED, "stroke-width": 1 }),
    svg("circle", {
      cx: at,
      cy: before,
      r: 3.6,
      fill: "none",
      stroke: ARM_STYLES.mechanistic.colour,
      "stroke-width": 1.4,
    }),
    svg("circle", { cx: at, cy: after, r: 2.8, fill: ARM_STYLES.hybrid.colour, "fill-opacity": 0.8 }),
  );
}

/** The cell is wrong about it, or its regulation changes much. */
function isNamed({ density, mechanistic, hybrid }: GeneGrowth): boolean {
  return grows(hybrid) !== density >= GROWS_FROM || Math.abs(hybrid - mechanistic) > NAMED;
}

/** Names beside their points, moved up or down, or to the left, where another name is in the way. */
function names(genes: readonly GeneGrowth[], x: (v: number) => number, y: (v: number) => number): Markup[] {
  const taken: Box[] = [];
  return genes.map(({ name, density, hybrid }) => {
    const [at, after] = [x(density), y(hybrid)];
    const size = { width: textWidth(name, SIZE), height: SIZE };
    const places = SHIFTS.flatMap((shift): Box[] => [
      { x: at + GAP, y: after - GAP - SIZE + shift * SIZE, ...size },
      { x: at - GAP - size.width, y: after - GAP - SIZE + shift * SIZE, ...size },
    ]).filter((box) => box.x >= FRAME.x && box.x + box.width <= FRAME.x + FRAME.width + MARGIN);
    const box = places.find((place) => !taken.some((other) => overlap(place, other))) ?? places[0];
    if (box === undefined) return svg("g", {});
    taken.push(box);
    return label(box.x, box.y + SIZE, name, { size: SIZE, fill: INK });
  });
}

function key(x: number, y: number): Markup {
  const { mechanistic, hybrid } = ARM_STYLES;
  return svg(
    "g",
    { class: "key" },
    svg("circle", { cx: x + 4, cy: y - 4, r: 3.6, fill: "none", stroke: mechanistic.colour, "stroke-width": 1.4 }),
    label(x + 13, y, "cell, mechanistic", { fill: MUTED }),
    svg("circle", { cx: x + 134, cy: y - 4, r: 2.8, fill: hybrid.colour }),
    label(x + 142, y, "cell, hybrid", { fill: MUTED }),
    svg("line", { x1: x + 230, x2: x + 250, y1: y - 4, y2: y - 4, stroke: INK, "stroke-dasharray": "4 3" }),
    label(x + 256, y, `left of it: no growth measured`, { fill: MUTED }),
  );
}
