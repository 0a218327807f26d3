import {
  outsideNote,
  type PanelData,
  type PanelLine,
  panelData,
  standing,
  windowsInside,
} from "../findings/panel-data.ts";
import type { ReportInput } from "../input.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { textWidth } from "../svg/format.ts";
import { lineKey } from "../svg/key.ts";
import { MUTED } from "../svg/palette.ts";
import { drawPanel } from "../svg/panel.ts";

const ROW = 204;
const HEIGHT = 132;
const TOP = 62;

/** Lines for the key: one of each class, references first named. */
function keyLines(panels: readonly { readonly lines: readonly PanelLine[] }[]): PanelLine[] {
  const seen = new Map<string, PanelLine>();
  for (const panel of panels) for (const line of panel.lines) if (!seen.has(line.class)) seen.set(line.class, line);
  return [...seen.values()];
}

/** A panel with one wild type at most. */
function slim(panel: PanelData): PanelData {
  const first = panel.lines.findIndex((line) => line.class === "reference");
  return { ...panel, lines: panel.lines.filter((line, i) => line.class !== "reference" || i === first) };
}

/** Columns that leave few gaps: two rows where they hold all, in the shape of a slide. */
function columnsFor(panels: number): number {
  if (panels <= 3) return panels;
  if (panels === 4) return 2;
  return panels <= 6 || panels === 9 ? 3 : 4;
}

/** All observables as small panels on the same hours: the figure for a talk. */
export function overviewFigure(input: ReportInput): Figure | undefined {
  const panels = input.observables.map((o) => slim(panelData(input, o))).filter((panel) => panel.lines.length > 0);
  if (panels.length === 0) return undefined;
  const columns = columnsFor(panels.length);
  const pitch = columns > 3 ? 300 : 344;
  const rows = Math.ceil(panels.length / columns);
  const width = Math.max(18 + columns * pitch, 560);
  const measured = panels.some((panel) => panel.measurements.length > 0);
  const always = standing(input).join(", ");
  const heading = always === "" || input.title.includes(always) ? input.title : `${input.title} · ${always}`;
  const room = width - 60 - textWidth(heading, 16);
  const drawn = panels.map((panel, i) => {
    const row = Math.floor(i / columns);
    const frame = { x: 58 + (i % columns) * pitch, y: TOP + 28 + row * ROW, width: pitch - 72, height: HEIGHT };
    const lowest = i + columns >= panels.length;
    return drawPanel(panel, frame, {
      timeTitle: lowest,
      timeTicks: 5,
      valueTicks: 4,
      names: false,
      windowNames: false,
      radius: 2.4,
      headingWidth: pitch - 48,
    }).panel;
  });
  const outside = panels.reduce((sum, panel) => sum + panel.outside, 0);
  const titles = panels.map((panel) => panel.title).join(", ");
  return figure(
    {
      name: "overview",
      title: input.title,
      caption: `Small panels over time: ${titles}. One line an arm.${outsideNote(outside)}`,
    },
    { width, height: TOP + rows * ROW + 4 },
    label(18, 24, heading, { size: 16, weight: 600 }),
    lineKey(keyLines(panels), measured, windowsInside(input), 18, 48),
    textWidth(input.cell, 12) > room ? undefined : label(width - 18, 24, input.cell, { anchor: "end", fill: MUTED }),
    drawn,
  );
}
