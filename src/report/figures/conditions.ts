import type { ScenarioResult } from "../../scenario/result.ts";
import { type PanelData, panelData } from "../findings/panel-data.ts";
import { type RunOrigin, scenarioReport } from "../scenario-report.ts";
import { type Figure, figure, fileStem, label } from "../svg/figure.ts";
import { textWidth } from "../svg/format.ts";
import { lineKey } from "../svg/key.ts";
import { INK, MUTED } from "../svg/palette.ts";
import { drawPanel } from "../svg/panel.ts";

const TOP = 62;
const PITCH = { x: 176, y: 96 };
const SIZE = { width: 124, height: 66 };

/** One scenario of several that differ in a condition: a row of the figure. */
export interface ConditionRow {
  readonly label: string;
  readonly result: ScenarioResult;
}

/** A figure of panels doesn't say where its runs came from. */
const NOWHERE: RunOrigin = { created: "", version: "", versions: [], command: "", nameOf: (path) => path };

/**
 * Small panels: a row a condition, a column an observable of the first scenario, lines the arms, points what was
 * measured. Panels of a column share their scale.
 */
export function conditionsFigure(rows: readonly ConditionRow[], title: string, subtitle: string): Figure {
  const columns = (rows[0]?.result.observables ?? []).map((observable) =>
    shared(rows.map(({ result }) => panelData(scenarioReport(result, NOWHERE), observable))),
  );
  const left = 16 + Math.ceil(Math.max(0, ...rows.map((row) => textWidth(row.label, 12)))) + 44;
  const panels = columns.flatMap((column, c) =>
    column.map((data, r) => {
      const frame = { x: left + c * PITCH.x, y: TOP + 34 + r * PITCH.y, ...SIZE };
      return drawPanel({ ...data, unit: "", title: r === 0 ? data.title : "" }, frame, {
        timeTitle: r === rows.length - 1,
        timeTicks: 3,
        valueTicks: 3,
        names: false,
        windowNames: false,
        radius: 1.9,
        headingWidth: PITCH.x - 16,
      }).panel;
    }),
  );
  const measured = columns.flat().some(({ measurements }) => measurements.length > 0);
  const titles = columns.map(([first]) => first?.title ?? "").join(", ");
  return figure(
    {
      name: fileStem(title),
      title,
      caption: `${titles} over time, a row for each of ${rows.map((row) => row.label).join(", ")}. One line an arm.`,
    },
    { width: left + columns.length * PITCH.x, height: TOP + rows.length * PITCH.y + 46 },
    label(16, 24, title, { size: 16, weight: 600 }),
    label(16, 42, subtitle, { fill: MUTED }),
    lineKey(columns[0]?.[0]?.lines ?? [], measured, [], 16, 64),
    rows.map((row, r) =>
      label(16, TOP + 34 + r * PITCH.y + SIZE.height / 2 + 4, row.label, { weight: 600, fill: INK }),
    ),
    panels,
  );
}

/** Panels of one observable on one scale. */
function shared(panels: readonly PanelData[]): PanelData[] {
  const low = Math.min(...panels.map(({ range }) => range[0]));
  const high = Math.max(...panels.map(({ range }) => range[1]));
  return panels.map((panel) => ({ ...panel, range: [low, high] }));
}
