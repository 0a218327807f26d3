import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import type { DeletionScreen } from "../../metabolism/mutants/deletions.ts";
import { interpolateRgb, piecewise, scaleDiverging } from "../../vendor/d3.ts";
import { clusterOrder } from "../svg/cluster.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { number, textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { GRID, MUTED } from "../svg/palette.ts";
import { deletionName, strainName } from "./deletion-names.ts";
import { withoutAnswer } from "./deletions.ts";

/** Most genes (reactions) that a heat map shows: those with the largest sum of |epistasis|. */
const MOST = 70;
const NOTABLE = 1e-3;
const CELL = { least: 10, most: 22 } as const;
const HEAD = 86;

/** Worse than independent (orange), independent (white), better (blue); of Okabe and Ito's colours. */
const colours = piecewise(interpolateRgb, ["#A84700", "#E8A365", "#FAFAFA", "#79B4DA", "#00568A"]);

export interface EpistasisScreen extends DeletionScreen {
  /** Relative growth of each pair less the product of that of its single deletions; NaN where that is not known. */
  readonly epistasis?: Float64Array;
}

/** Epistasis of pairs as a heat map, like beside like. */
export function epistasisFigure(screen: EpistasisScreen, model: FluxModel, method: string): Figure {
  const { deletions, epistasis = new Float64Array(0) } = screen;
  const known = [...deletions.entries()].filter(([k]) => !Number.isNaN(epistasis[k]));
  const values = new Map(
    known.map(
      ([
        k,
        {
          deleted: [a = "", b = ""],
        },
      ]) => [pairKey(a, b), epistasis[k] ?? 0],
    ),
  );
  const open = deletions.length - known.length;
  const everyone = [...new Set(deletions.flatMap(({ deleted }) => deleted))];
  const shown = ordered(chosen(deletions, epistasis), values);
  const notable = epistasis.filter((value) => Math.abs(value) > NOTABLE);
  const range = Math.max(0.1, ...notable.map(Math.abs));
  const head = {
    name: "epistasis",
    title: `Epistasis of ${deletions.length} pairs of deletions, ${model.id}`,
    caption:
      `Relative growth of a strain with two deletions less the product of that of the two strains with one, by ${method}; ` +
      `wild type ${number(screen.wildType)} per hour. Orange pairs grow worse than if the two were independent, blue ones ` +
      `better. ${notable.length} pairs differ by more than ${NOTABLE}; ${shown.length} of ${everyone.length} are shown.`,
  };
  const cell = Math.max(CELL.least, Math.min(CELL.most, 560 / Math.max(1, shown.length)));
  const names = shown.map((id) => deletionName(id, model));
  const size = Math.min(12, cell - 1);
  const left = 20 + Math.max(60, ...names.map((name) => textWidth(name, size)));
  const side = cell * shown.length;
  const at = (k: number) => k * cell;
  const scale = scaleDiverging([-range, 0, range], colours);
  const cells = shown.flatMap((a, i) =>
    shown.map((b, j): Markup | undefined => {
      const value = values.get(pairKey(a, b));
      if (value === undefined) return undefined;
      const what = `${strainName([a, b], model)}: ${number(value)}`;
      const place = { x: left + at(j), y: HEAD + at(i), width: cell, height: cell };
      return svg("rect", { ...place, fill: scale(value), stroke: GRID, "stroke-width": 0.4 }, svg("title", {}, what));
    }),
  );
  const longest = Math.max(0, ...names.map((name) => textWidth(name, size)));
  return figure(
    head,
    { width: Math.max(left + side + 40, 560), height: HEAD + side + longest + 84 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    label(
      18,
      45,
      `growth of the pair less the product of the singles', relative to the wild type; ${method}${withoutAnswer(open)}`,
      { fill: MUTED },
    ),
    label(18, 62, `${shown.length} of ${everyone.length}: those with the strongest epistasis`, { fill: MUTED }),
    shown.length === 0
      ? label(
          18,
          HEAD + 4,
          open === 0 ? "no pair differs from independence" : "no pair that has an answer differs from independence",
        )
      : undefined,
    svg("g", { class: "cells" }, cells),
    names.map((name, k) => label(left - 6, HEAD + at(k + 0.5) + size / 3, name, { size, anchor: "end" })),
    names.map((name, k) => columnName(name, left + at(k + 0.5), HEAD + side + 8, size)),
    legend(range, left, HEAD + side + longest + 30),
  );
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** Those that take part in the strongest epistasis. */
function chosen(deletions: DeletionScreen["deletions"], epistasis: Float64Array): string[] {
  const sums = new Map<string, number>();
  deletions.forEach(({ deleted }, k) => {
    const size = Math.abs(epistasis[k] ?? 0);
    if (size > NOTABLE) for (const id of deleted) sums.set(id, (sums.get(id) ?? 0) + size);
  });
  const strongest = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return strongest.slice(0, MOST).map(([id]) => id);
}

function ordered(ids: readonly string[], values: ReadonlyMap<string, number>): string[] {
  const profiles = ids.map((a) => Float64Array.from(ids, (b) => values.get(pairKey(a, b)) ?? 0));
  return clusterOrder(profiles).map((k) => ids[k] ?? "");
}

function columnName(name: string, x: number, y: number, size: number): Markup {
  const transform = `rotate(-90 ${Math.round(x)} ${Math.round(y)})`;
  return svg("g", { transform }, label(x, y + size / 3, name, { size, anchor: "end" }));
}

function legend(range: number, x: number, y: number): Markup {
  const steps = 40;
  const width = 200;
  const scale = scaleDiverging([-range, 0, range], colours);
  const words = ["worse", "independent", "better"] as const;
  return svg(
    "g",
    { class: "key" },
    Array.from({ length: steps }, (_, k) =>
      svg("rect", {
        x: x + (k * width) / steps,
        y,
        width: width / steps + 0.5,
        height: 12,
        fill: scale(-range + (2 * range * (k + 0.5)) / steps),
      }),
    ),
    words.map((word, k) => label(x + (k * width) / 2, y - 6, word, { size: 11, anchor: "middle", fill: MUTED })),
    [-range, 0, range].map((value, k) =>
      label(x + (k * width) / 2, y + 26, number(value), { size: 11, anchor: "middle", fill: MUTED }),
    ),
  );
}
