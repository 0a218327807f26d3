import { quantileSorted, type ScaleSymLog, scaleSymlog } from "../../vendor/d3.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { fitted, number, textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { ARM_STYLES, MUTED } from "../svg/palette.ts";
import { symlogAxis } from "../svg/symlog-axis.ts";

const ROW = 15;
const PLOT = 430;
const TOP = 84;
/** Most reactions that are drawn: those whose fluxes spread most. */
const MOST = 45;
const NOTHING = 1e-9;

interface Spread {
  readonly id: string;
  /** 5, 25, 50, 75 and 95 % of the samples, mmol gDW^-1 h^-1. */
  readonly quantiles: readonly number[];
}

/**
 * How sampled fluxes spread: a row a reaction, those with the widest middle half first.
 * @param samples each of shape [reactions]
 */
export function samplesFigure(model: string, ids: readonly string[], samples: readonly Float64Array[]): Figure {
  const spreads = ids.map((id, j): Spread => {
    const sorted = samples.map((v) => v[j] ?? 0).sort((a, b) => a - b);
    return { id, quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => quantileSorted(sorted, p) ?? 0) };
  });
  const width = ({ quantiles }: Spread) => (quantiles[4] ?? 0) - (quantiles[0] ?? 0);
  const moving = spreads.filter((spread) => width(spread) > NOTHING);
  const rows = moving.toSorted((a, b) => width(b) - width(a)).slice(0, MOST);
  const left = 36 + Math.min(190, Math.max(60, ...rows.map(({ id }) => textWidth(id, 11))));
  const ends = rows.flatMap(({ quantiles }) => [quantiles[0] ?? 0, quantiles[4] ?? 0]);
  const bottom = TOP + Math.max(1, rows.length) * ROW;
  const x = scaleSymlog([Math.min(0, ...ends), Math.max(0, ...ends)], [left, left + PLOT]);
  const which = moving.length > rows.length ? `the ${rows.length} widest of ${moving.length}` : "all that move";
  const head = {
    name: "samples",
    title: `Fluxes drawn from all that are possible, ${model}`,
    caption: `${samples.length} samples, ${which}: line from 5 to 95 % of the samples, bar from 25 to 75 %, dot at the median. The scale is linear near zero and logarithmic beyond.`,
  };
  return figure(
    head,
    { width: left + PLOT + 36, height: bottom + 44 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    label(18, 45, `mmol gDW⁻¹ h⁻¹, ${samples.length} samples; ${which}`, { fill: MUTED }),
    label(18, 66, "line: 5 to 95 %; bar: 25 to 75 %; dot: median", { fill: MUTED }),
    symlogAxis(x, TOP, bottom),
    rows.map((row, k) => drawn(row, x, left, TOP + k * ROW)),
  );
}

function drawn({ id, quantiles }: Spread, x: ScaleSymLog<number, number>, left: number, y: number): Markup {
  const [least = 0, low = 0, middle = 0, high = 0, most = 0] = quantiles;
  const at = y + ROW / 2;
  const { colour } = ARM_STYLES.mechanistic;
  return svg(
    "g",
    { class: "row" },
    svg("title", {}, `${id}: median ${number(middle)}, 5 to 95 % ${number(least)} to ${number(most)}`),
    label(left - 8, at + 4, fitted(id, 11, left - 26), { size: 11, anchor: "end" }),
    svg("line", { x1: x(least), x2: x(most), y1: at, y2: at, stroke: colour, "stroke-width": 1.2 }),
    svg("rect", {
      x: x(low),
      y: at - 3.5,
      width: Math.max(1, x(high) - x(low)),
      height: 7,
      rx: 1,
      fill: colour,
      "fill-opacity": 0.45,
    }),
    svg("circle", { cx: x(middle), cy: at, r: 2.6, fill: colour }),
  );
}
