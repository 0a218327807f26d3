import type { ArmName } from "../../scenario/arms/arm.ts";
import { extent, type ScaleLinear, scaleLinear } from "../../vendor/d3.ts";
import { compareFluxes, type FluxChange, type FluxComparison } from "../findings/flux-changes.ts";
import { standing } from "../findings/panel-data.ts";
import { mainArm } from "../findings/sample.ts";
import type { ReportInput } from "../input.ts";
import { armMark } from "../svg/arm-mark.ts";
import { bottomAxis } from "../svg/axis.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { hours, numberWithin, textWidth } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { ARM_STYLES, GROUND, MUTED, REFERENCE_STYLE } from "../svg/palette.ts";

const ROW = 20;
const HEAD = 26;
const PLOT = 380;
const TOP = 70;

function wildMark(x: number, y: number): Markup {
  return svg("circle", {
    class: "mark reference",
    cx: x,
    cy: y,
    r: 4.5,
    fill: GROUND,
    stroke: REFERENCE_STYLE.ink,
    "stroke-width": 1.8,
  });
}

function captionOf({ wildTime, perturbedTime }: FluxComparison, arm: string): string {
  const when =
    wildTime === perturbedTime
      ? `both at ${hours(wildTime)}, while the perturbation is in force`
      : `where half of the glucose is used: wild type at ${hours(wildTime)}, perturbed at ${hours(perturbedTime)}`;
  return `Central carbon fluxes of the ${arm} arm in the wild type (ring) and perturbed (mark), ${when}.`;
}

/** Where the rows lie: labels end at `left`, fluxes at `x`; changes are written to three digits of `scale`. */
interface Plot {
  readonly left: number;
  readonly x: ScaleLinear<number, number>;
  /** The largest flux, mmol/gDW/h. */
  readonly scale: number;
  readonly arm: ArmName;
}

function plotOf(rows: readonly FluxChange[], arm: ArmName): Plot {
  const left = 18 + Math.max(...rows.map((row) => textWidth(row.label, 12)), 60) + 12;
  const [low = 0, high = 1] = extent(rows.flatMap((row) => [row.wild, row.perturbed]));
  const x = scaleLinear([Math.min(0, low), Math.max(0, high, 1e-3)], [left, left + PLOT]).nice();
  return { left, x, scale: Math.max(Math.abs(low), Math.abs(high)), arm };
}

function drawRow(row: FluxChange, at: number, { left, x, scale, arm }: Plot): Markup {
  const change = numberWithin(row.perturbed - row.wild, scale);
  const signed = row.perturbed - row.wild > 0 && Number(change) !== 0 ? `+${change}` : change;
  const [x1, x2] = [x(row.wild), x(row.perturbed)];
  return svg(
    "g",
    { class: "row" },
    svg("title", {}, row.name),
    label(left - 12, at + 4, row.label, { anchor: "end" }),
    svg("line", { class: "span", x1, x2, y1: at, y2: at, stroke: "#BBBBBB", "stroke-width": 3 }),
    wildMark(x1, at),
    armMark(arm, x2, at),
    label(left + PLOT + 66, at + 4, signed, { size: 11, anchor: "end", fill: MUTED }),
  );
}

/** The rows of each pathway under its name, and where they end. */
function drawGroups(
  groups: FluxComparison["groups"],
  plot: Plot,
): { readonly drawn: Markup[]; readonly bottom: number } {
  let y = TOP;
  const drawn: Markup[] = [];
  for (const { pathway, rows } of groups) {
    if (pathway !== "") {
      drawn.push(label(18, y + 17, pathway, { size: 11, weight: 600, fill: MUTED }));
      y += HEAD;
    }
    for (const row of rows) {
      drawn.push(drawRow(row, y + ROW / 2, plot));
      y += ROW;
    }
  }
  return { drawn, bottom: y };
}

/** Fluxes of the wild type and of the perturbed cell at the same stage, one row a reaction. */
export function fluxesFigure(input: ReportInput): Figure | undefined {
  const arm = mainArm(input);
  const compared = arm && compareFluxes(input, arm);
  if (!arm || !compared) return undefined;
  const plot = plotOf(
    compared.groups.flatMap((group) => group.rows),
    arm.name,
  );
  const { drawn, bottom } = drawGroups(compared.groups, plot);
  const { left, x } = plot;
  const frame = { x: left, y: TOP, width: PLOT, height: bottom - TOP + 4 };
  const always = standing(input).join(", ");
  const heading = `Central carbon fluxes${always === "" ? "" : `: ${always}`}`;
  return figure(
    { name: "fluxes", title: "Central carbon fluxes, wild type and perturbed", caption: captionOf(compared, arm.name) },
    { width: left + PLOT + 84, height: bottom + 54 },
    label(18, 24, heading, { size: 16, weight: 600 }),
    wildMark(24, 44),
    label(34, 48, `wild type, ${hours(compared.wildTime)}`, { class: "name reference", fill: REFERENCE_STYLE.ink }),
    armMark(arm.name, 164, 44),
    label(174, 48, `${always === "" ? "perturbed" : always}, ${arm.name}, ${hours(compared.perturbedTime)}`, {
      class: `name arm-${arm.name}`,
      fill: ARM_STYLES[arm.name].ink,
      weight: 600,
    }),
    label(left + PLOT + 66, TOP - 4, "change", { size: 11, anchor: "end", fill: MUTED }),
    bottomAxis(x, frame, { title: "flux (mmol gDW⁻¹ h⁻¹)", grid: true }),
    drawn,
  );
}
