import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import { isAnswered } from "../../metabolism/mutants/answered.ts";
import type { Deletion, DeletionScreen } from "../../metabolism/mutants/deletions.ts";
import { scaleLinear } from "../../vendor/d3.ts";
import { bottomAxis, type Frame, valueAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { fitted, number, textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { INK, MUTED } from "../svg/palette.ts";
import { strainName } from "./deletion-names.ts";

const RANK = { x: 62, y: 84, width: 560, height: 190 } as const;
const ROW = 19;
const BARS = 330;
/** Most strains that get a bar and most that are named in the list of those that don't grow. */
const MOST = 48;
/** Relative growth from which a strain counts as growing, and from which as growing like the wild type. */
const GROWS = 0.01;
const ALIKE = 0.999;

const COLOURS = { lethal: "#D55E00", slower: "#0072B2", alike: "#8A8A8A" } as const;
type Group = keyof typeof COLOURS;

interface Strain {
  readonly name: string;
  readonly growth: number;
  readonly group: Group;
}

/** Growth of single deletions: all strains by rank, then a bar for each that grows slower, worst first. */
export function deletionsFigure(screen: DeletionScreen, model: FluxModel, method: string): Figure {
  const strains = strainsOf(screen, model);
  const open = screen.deletions.length - strains.length;
  const slower = strains.filter(({ group }) => group === "slower");
  const bars = slower.slice(0, MOST);
  const lethal = strains.filter(({ group }) => group === "lethal");
  const lines = nameLines(lethal.slice(0, MOST).map(({ name }) => name));
  const top = RANK.y + RANK.height + 84;
  const listTop = top + (bars.length === 0 ? 0 : ROW * bars.length + 70);
  const head = {
    name: "deletions",
    title: `Growth of ${strains.length} strains with one deletion, ${model.id}`,
    caption:
      `Growth relative to the wild type (${number(screen.wildType)} per hour) by ${method}: ${lethal.length} strains do ` +
      `not grow (below ${GROWS * 100} %), ${slower.length} grow slower, ` +
      `${strains.length - lethal.length - slower.length} like the wild type.${open === 0 ? "" : ` ${open} more have no answer.`}`,
  };
  const height = listTop + (lines.length === 0 ? 0 : 22 + 16 * lines.length);
  return figure(
    head,
    { width: RANK.x + RANK.width + 40, height: height + 12 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    label(18, 45, `relative to the wild type, ${number(screen.wildType)} h⁻¹; ${method}${withoutAnswer(open)}`, {
      fill: MUTED,
    }),
    ranks(strains),
    bars.length === 0 ? undefined : drawBars(bars, slower.length, top),
    lines.length === 0 ? undefined : lethalList(lines, lethal.length, listTop),
  );
}

/** Said where a search gave up. */
export function withoutAnswer(count: number): string {
  return count === 0 ? "" : `; ${count} more have no answer`;
}

function strainsOf({ wildType, deletions }: DeletionScreen, model: FluxModel): Strain[] {
  const growthOf = ({ objective }: Deletion) => (Number.isNaN(objective) ? 0 : objective / wildType);
  return deletions
    .filter(isAnswered)
    .map((one): Strain => {
      const growth = growthOf(one);
      const group = growth < GROWS ? "lethal" : growth < ALIKE ? "slower" : "alike";
      return { name: strainName(one.deleted, model), growth, group };
    })
    .sort((a, b) => a.growth - b.growth || (a.name < b.name ? -1 : 1));
}

function ranks(strains: readonly Strain[]): Markup[] {
  const x = scaleLinear([0, strains.length], [RANK.x, RANK.x + RANK.width]);
  const most = Math.max(1, ...strains.map(({ growth }) => growth));
  const y = scaleLinear([0, most], [RANK.y + RANK.height, RANK.y]).nice();
  const radius = Math.max(1.4, Math.min(4, RANK.width / strains.length / 1.6));
  const counts = (Object.keys(COLOURS) as Group[]).map((group) => ({
    group,
    count: strains.filter((strain) => strain.group === group).length,
  }));
  const words: Readonly<Record<Group, string>> = { lethal: "no growth", slower: "slower", alike: "like the wild type" };
  let left = RANK.x;
  const key = counts.map(({ group, count }) => {
    const text = `${words[group]} ${count}`;
    const at = left;
    left += textWidth(text, 12) + 34;
    return [
      svg("circle", { cx: at + 5, cy: RANK.y - 18, r: 4, fill: COLOURS[group] }),
      label(at + 14, RANK.y - 14, text, { fill: MUTED }),
    ];
  });
  return [
    valueAxis(y, RANK),
    bottomAxis(x, RANK, { title: "strains by growth", count: Math.min(7, strains.length) }),
    svg("g", { class: "key" }, key),
    svg(
      "g",
      { class: "strains" },
      strains.map(({ name, growth, group }, k) =>
        svg(
          "circle",
          { cx: x(k + 0.5), cy: y(growth), r: radius, fill: COLOURS[group] },
          svg("title", {}, `${name}: ${number(growth)}`),
        ),
      ),
    ),
  ];
}

function drawBars(bars: readonly Strain[], all: number, top: number): Markup[] {
  const left = Math.min(210, Math.max(...bars.map(({ name }) => textWidth(name, 12)))) + 30;
  const frame: Frame = { x: left, y: top, width: BARS, height: ROW * bars.length };
  const x = scaleLinear([0, 1], [left, left + BARS]);
  const more = all > bars.length ? `, the ${bars.length} slowest of ${all}` : "";
  return [
    label(18, top - 14, `Slower${more}`, { size: 13, weight: 600 }),
    bottomAxis(x, frame, { title: "growth relative to the wild type", grid: true }),
    svg(
      "g",
      { class: "bars" },
      bars.map(({ name, growth }, k) => [
        label(left - 8, top + ROW * (k + 0.5) + 4, fitted(name, 12, left - 30), { anchor: "end" }),
        svg("rect", {
          x: left,
          y: top + ROW * k + 3,
          width: x(growth) - left,
          height: ROW - 6,
          fill: COLOURS.slower,
        }),
        label(x(growth) + 5, top + ROW * (k + 0.5) + 4, number(growth), { size: 11, fill: MUTED }),
      ]),
    ),
  ];
}

/** Names in lines that fit the figure. */
function nameLines(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    const longer = last === undefined ? name : `${last}, ${name}`;
    if (last === undefined || textWidth(longer, 12) > RANK.width + 30) lines.push(name);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function lethalList(lines: readonly string[], all: number, top: number): Markup[] {
  const more = all > MOST ? `, the first ${MOST} of ${all}` : "";
  return [
    label(18, top, `No growth${more}`, { size: 13, weight: 600 }),
    ...lines.map((line, k) => label(18, top + 20 + 16 * k, line, { fill: INK })),
  ];
}
