import { scaleLog } from "d3";
import { figure, label } from "../../../src/report/svg/figure.ts";
import { type Markup, svg } from "../../../src/report/svg/markup.ts";
import { GRID, INK, MUTED } from "../../../src/report/svg/palette.ts";
import { meanRatio, type Quantity, ratios } from "../pathways/summary.ts";
import type { PeerRun } from "./report.ts";

const LEFT = 190;
const WIDTH = 640;
const ROW = 64;
const TOP = 84;
const SHOWN: readonly (readonly [Quantity, string])[] = [
  ["load", "load"],
  ["load and first", "load and first run"],
  ["repeat", "repeated run"],
  ["equal error", "at equal error"],
  ["scan", "scan, two threads"],
];
const COLOURS = ["#0072B2", "#D55E00"];
/** Dots side by side within so many px are stacked. */
const NEAR = 5;

/** How many times longer each peer takes, a dot a model, geometric means as lines. */
export function ratioFigure({ contenders, results }: PeerRun): string {
  const [us = "", ...peers] = contenders;
  const all = SHOWN.flatMap(([quantity]) => peers.flatMap((peer) => ratios(results, us, peer, quantity)));
  const most = Math.max(10, ...all.map(({ ratio }) => ratio));
  const least = Math.min(0.1, ...all.map(({ ratio }) => ratio));
  const x = scaleLog([least, most], [LEFT, LEFT + WIDTH]);
  const bottom = TOP + SHOWN.length * peers.length * (ROW / 2) + SHOWN.length * 14;
  const rows: Markup[] = [];
  SHOWN.forEach(([quantity, title], q) => {
    const y = TOP + q * (peers.length * (ROW / 2) + 14);
    rows.push(label(18, y + ROW / 2, title, { weight: 600 }));
    peers.forEach((peer, p) => {
      const at = y + (p + 0.5) * (ROW / 2);
      const found = ratios(results, us, peer, quantity);
      const colour = COLOURS[p] ?? INK;
      rows.push(...dots(found, x, at, colour));
      const mean = x(meanRatio(results, us, peer, quantity));
      rows.push(svg("line", { x1: mean, x2: mean, y1: at - 13, y2: at + 13, stroke: colour, "stroke-width": 3 }));
    });
  });
  const ticks = [0.01, 0.1, 0.5, 1, 2, 5, 10, 100].filter((tick) => tick >= least && tick <= most);
  const grid = ticks.map((tick) => [
    svg("line", { x1: x(tick), x2: x(tick), y1: TOP - 8, y2: bottom, stroke: tick === 1 ? "#999999" : GRID }),
    label(x(tick), bottom + 16, String(tick), { anchor: "middle", fill: MUTED, size: 11 }),
  ]);
  const key = peers.map((peer, p) => [
    svg("circle", { cx: LEFT + 170 * p, cy: 52, r: 4, fill: COLOURS[p] ?? INK, "fill-opacity": 0.7 }),
    label(LEFT + 8 + 170 * p, 56, peer, { size: 12 }),
  ]);
  const head = {
    name: "pathways",
    title: "Kinetic models beside other simulators",
    caption: `How many times longer the other simulator takes, a dot a model; bars are geometric means. Right of 1 ${us} is faster.`,
  };
  return `${
    figure(
      head,
      { width: LEFT + WIDTH + 30, height: bottom + 46 },
      label(18, 26, head.title, { size: 16, weight: 600 }),
      key,
      grid,
      rows,
      label(LEFT + WIDTH / 2, bottom + 36, "the other's time / ours", { anchor: "middle", fill: MUTED }),
    ).svg
  }\n`;
}

/** Dots on a line; those that would hide each other are moved up and down in turn. */
function dots(
  found: readonly { readonly name: string; readonly ratio: number }[],
  x: (ratio: number) => number,
  y: number,
  colour: string,
): Markup[] {
  const placed: { x: number; level: number }[] = [];
  return found
    .toSorted((a, b) => a.ratio - b.ratio)
    .map(({ name, ratio }) => {
      const at = x(ratio);
      const taken = new Set(placed.filter((dot) => Math.abs(dot.x - at) < NEAR).map((dot) => dot.level));
      const level = [0, 1, -1, 2, -2].find((l) => !taken.has(l)) ?? 0;
      placed.push({ x: at, level });
      const title = svg("title", {}, `${name}: ${ratio.toFixed(2)}`);
      return svg("circle", { cx: at, cy: y + 4.5 * level, r: 3, fill: colour, "fill-opacity": 0.6 }, title);
    });
}
