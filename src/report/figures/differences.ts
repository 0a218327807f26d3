import type { VariableKind } from "../../cell/variable.ts";
import { ARMS, type ArmName } from "../../scenario/arms/arm.ts";
import { scaleLinear } from "../../vendor/d3.ts";
import { type ArmDifference, armDifferences, topByKind } from "../findings/differences.ts";
import type { ReportInput } from "../input.ts";
import { armKey, armMark } from "../svg/arm-mark.ts";
import { bottomAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { hours, numberWithin, textWidth, unitOf } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { DRAWING_ORDER, MUTED } from "../svg/palette.ts";

export const KIND_NAMES: Readonly<Record<VariableKind, string>> = {
  biomass: "Biomass",
  pool: "Medium",
  flux: "Fluxes",
  activity: "Regulator activities",
  expression: "Expression",
  species: "Inner species",
  distance: "Distance from training",
};

const ROW = 21;
const HEAD = 30;
const PLOT = 300;

interface Row {
  readonly y: number;
  readonly difference: ArmDifference;
}

function layout(groups: ReturnType<typeof topByKind>, top: number) {
  const rows: Row[] = [];
  const heads: { readonly y: number; readonly text: string }[] = [];
  let y = top;
  for (const group of groups) {
    heads.push({ y: y + 18, text: KIND_NAMES[group.kind] });
    y += HEAD;
    for (const difference of group.rows) {
      rows.push({ y: y + ROW / 2, difference });
      y += ROW;
    }
    y += 4;
  }
  return { rows, heads, bottom: y };
}

const COLUMN = 52;

/** Numbers in columns, one an arm, then unit and hour. */
function reading({ y, difference }: Row, x: number, arms: readonly ArmName[]): Markup {
  const { values, scale, unit, kind, at } = difference;
  const after = x + arms.length * COLUMN + 10;
  return svg(
    "g",
    { class: "reading" },
    arms.map((arm, i) =>
      label(x + (i + 1) * COLUMN, y + 4, values.has(arm) ? numberWithin(values.get(arm) ?? 0, scale) : "–", {
        size: 11,
        anchor: "end",
      }),
    ),
    label(after, y + 4, tail(unit, kind, at), { size: 11, fill: MUTED }),
  );
}

function tail(unit: string, kind: VariableKind, at: number): string {
  return `${unitOf({ unit, kind })} at ${hours(at)}`.trim();
}

function dumbbell({ y, difference }: Row, x: (share: number) => number): Markup {
  const shares = DRAWING_ORDER.flatMap((arm): [ArmName, number][] => {
    const value = difference.values.get(arm);
    return value === undefined ? [] : [[arm, x(value / difference.scale)]];
  });
  const positions = shares.map(([, at]) => at);
  return svg(
    "g",
    { class: "row" },
    svg("line", {
      class: "span",
      x1: Math.min(...positions),
      x2: Math.max(...positions),
      y1: y,
      y2: y,
      stroke: "#BBBBBB",
      "stroke-width": 3,
    }),
    shares.map(([arm, at]) => armMark(arm, at, y)),
  );
}

/** The variables in which the arms differ most, by kind: a mark an arm at the hour of the largest difference. */
export function differencesFigure(input: ReportInput, most = 6): Figure | undefined {
  const groups = topByKind(armDifferences(input, 0.01), most);
  if (groups.length === 0) return undefined;
  const { rows, heads, bottom } = layout(groups, 58);
  const names = Math.max(...rows.map(({ difference }) => textWidth(difference.label, 12)), 90);
  const left = 18 + names + 12;
  const lowest = Math.min(0, ...rows.flatMap(({ difference: d }) => [...d.values.values()].map((v) => v / d.scale)));
  const x = scaleLinear([lowest < -0.02 ? -1 : 0, 1], [left, left + PLOT]);
  const frame = { x: left, y: 62, width: PLOT, height: bottom - 58 };
  const tails = Math.max(...rows.map(({ difference: d }) => textWidth(tail(d.unit, d.kind, d.at), 11)));
  const arms = ARMS.filter((arm) => input.arms.some(({ name }) => name === arm));
  const right = left + PLOT + 8;
  return figure(
    {
      name: "arm-differences",
      title: "Where the arms differ most",
      caption:
        "Each variable at the hour at which the arms are furthest apart, as a share of its largest magnitude; " +
        "ranked within its kind by the difference averaged over time.",
    },
    { width: Math.max(right + arms.length * COLUMN + 10 + tails + 18, 560), height: bottom + 50 },
    label(18, 24, "Where the arms differ most", { size: 16, weight: 600 }),
    armKey(arms, 18, 48),
    bottomAxis(x, frame, { title: "share of the variable's largest magnitude", count: 5, grid: true }),
    arms.map((arm, i) => armMark(arm, right + (i + 1) * COLUMN - 8, 58)),
    heads.map(({ y, text }) => label(18, y, text, { size: 11, weight: 600, fill: MUTED })),
    rows.map((row) => [
      label(left - 12, row.y + 4, row.difference.label, { anchor: "end" }),
      dumbbell(row, x),
      reading(row, right, arms),
    ]),
  );
}
