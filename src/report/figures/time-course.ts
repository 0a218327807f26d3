import { outsideNote, type PanelData, panelData, standing } from "../findings/panel-data.ts";
import { isInstant } from "../findings/windows.ts";
import type { Observable, ReportInput } from "../input.ts";
import { type Figure, figure, fileStem, label } from "../svg/figure.ts";
import { hours, textWidth } from "../svg/format.ts";
import { MUTED } from "../svg/palette.ts";
import { drawPanel } from "../svg/panel.ts";

const SIZE = { width: 520, height: 250 };
/** Room for names at the right, so that figures side by side have the same scale. */
const NAMES = 104;

/** How far the state is from what its regulator was trained on. */
export const DISTANCE = "distance:training";
const DISTANCE_NOTE =
  " Distance of activities, medium and effectors to the nearest training condition; 1: what 95 % of these stay below.";

function captionOf(data: PanelData): string {
  const lines = data.lines.map((line) => line.label);
  const measured = data.measurements.length > 0 ? `; points: measured, ${data.measurements.length}, bars: ± 1 sd` : "";
  const windows = data.windows.map((mark) =>
    isInstant(mark) ? `; line at ${hours(mark.from)}: ${mark.label}` : `; shaded: ${mark.label}`,
  );
  const bands = data.lines.some(({ band }) => band !== undefined)
    ? " Bands: 90 % intervals of the regulator's answer, wider where it is asked beyond what it was trained on, cut at the panel's edge."
    : "";
  const shown = `Lines: ${lines.join(", ")}${measured}${windows.join("")}`;
  const unit = data.variable === DISTANCE ? DISTANCE_NOTE : "";
  return `${data.title} over time. ${shown}.${outsideNote(data.outside)}${bands}${unit}`;
}

/**
 * One observable over time: a line an arm, the wild type in grey, measured points with error bars.
 * @returns undefined where no arm has the variable
 */
export function timeCourseFigure(input: ReportInput, observable: Observable): Figure | undefined {
  const data = panelData(input, observable);
  if (data.lines.length === 0) return undefined;
  const frame = { x: 62, y: 40, ...SIZE };
  const always = standing(input).join(", ");
  const { panel, margin } = drawPanel(data, frame, { headingWidth: frame.width - textWidth(always, 12) - 12 });
  return figure(
    {
      name: `time-course-${fileStem(observable.variable)}`,
      title: `${data.title} over time`,
      caption: captionOf(data),
    },
    { width: frame.x + frame.width + Math.max(NAMES, margin + 6), height: frame.y + frame.height + 46 },
    always === ""
      ? undefined
      : label(frame.x + frame.width, frame.y - 10, always, { anchor: "end", fill: MUTED, size: 12 }),
    panel,
  );
}
