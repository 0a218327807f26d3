import type { Trajectory } from "../../engine/trajectory.ts";
import { type PanelData, type PanelLine, paddedRange } from "../findings/panel-data.ts";
import { type Figure, figure, label } from "../svg/figure.ts";
import { unitOf } from "../svg/format.ts";
import { MUTED, SUBSTANCE_STYLES } from "../svg/palette.ts";
import { drawPanel } from "../svg/panel.ts";

const PANEL = { width: 360, height: 170 } as const;
const NAMES = 76;
const LEFT = 62;
const TOP = 96;
const PITCH = { x: LEFT + PANEL.width + NAMES, y: PANEL.height + 84 } as const;
/** Most lines of one panel. */
const MOST = 5;
/** Compounds whose largest concentration is below this share of the largest of all are drawn apart. */
const SMALL = 0.1;

export interface DynamicFigureOptions {
  readonly title: string;
  /** What was run, in a line. */
  readonly subtitle: string;
}

/** A culture over time: biomass, compounds, growth rates and, where it changes, the volume. */
export function dynamicFigure(trajectory: Trajectory, { title, subtitle }: DynamicFigureOptions): Figure {
  const ofKind = (test: (id: string) => boolean) => trajectory.variables.flatMap(({ id }, k) => (test(id) ? [k] : []));
  const compounds = ofKind((id) => id.startsWith("pool:"))
    .map((k) => ({ k, most: Math.max(...(trajectory.columns[k] ?? [])) }))
    .filter(({ k, most }) => most > 1e-6 && !isStill(trajectory.columns[k]))
    .sort((a, b) => b.most - a.most);
  const large = compounds.filter(({ most }) => most >= SMALL * (compounds[0]?.most ?? 0)).map(({ k }) => k);
  const small = compounds.map(({ k }) => k).filter((k) => !large.includes(k));
  const growth = trajectory.variables.flatMap(({ kind, unit }, k) => (kind === "flux" && unit === "1/h" ? [k] : []));
  const volume = ofKind((id) => id === "volume");
  const groups: readonly (readonly [string, readonly number[]])[] = [
    ["Biomass", ofKind((id) => id === "biomass" || id.startsWith("biomass:"))],
    ["Compounds", large],
    ["Compounds, smaller amounts", small],
    ["Growth rate", growth],
    ["Volume", volume],
  ];
  const panels = groups
    .filter(([, variables]) => variables.length > 0)
    .map(([name, k]) => panelOf(trajectory, name, k));
  const columns = Math.min(2, panels.length);
  const rows = Math.ceil(panels.length / columns);
  const drawn = panels.map((panel, i) => {
    const frame = { x: LEFT + (i % columns) * PITCH.x, y: TOP + Math.floor(i / columns) * PITCH.y, ...PANEL };
    return drawPanel(panel, frame).panel;
  });
  return figure(
    { name: "dynamic", title, caption: `${subtitle}: ${panels.map((panel) => panel.title.toLowerCase()).join(", ")}.` },
    { width: columns * PITCH.x + 10, height: TOP + rows * PITCH.y - 30 },
    label(18, 26, title, { size: 16, weight: 600 }),
    label(18, 46, subtitle, { fill: MUTED }),
    drawn,
  );
}

function isStill(column: Float64Array | undefined): boolean {
  const first = column?.[0] ?? 0;
  return column === undefined || column.every((value) => Math.abs(value - first) < 1e-9 * Math.max(1, first));
}

function panelOf({ variables, columns, times }: Trajectory, title: string, chosen: readonly number[]): PanelData {
  const shown = chosen.slice(0, MOST);
  const lines = shown.flatMap((k, n): PanelLine[] => {
    const style = SUBSTANCE_STYLES[n % SUBSTANCE_STYLES.length];
    const variable = variables[k];
    if (style === undefined || variable === undefined) return [];
    const points = Array.from(times, (t, i) => [t, columns[k]?.[i] ?? 0] as const);
    return [{ class: `substance-${n}`, style, label: nameOf(variable.id), points }];
  });
  const first = variables[shown[0] ?? 0];
  return {
    variable: first?.id ?? "",
    title: chosen.length > MOST ? `${title}, the ${MOST} largest of ${chosen.length}` : title,
    unit: first === undefined ? "" : unitOf(first),
    lines,
    measurements: [],
    outside: 0,
    windows: [],
    time: [times[0] ?? 0, times.at(-1) ?? 1],
    range: paddedRange(lines.flatMap((line) => line.points.map(([, value]) => value))),
  };
}

/** `glc__D_e` of `pool:glc__D_e`, the strain of `biomass:fast` and `fast/flux:GROW`. */
function nameOf(id: string): string {
  if (id.startsWith("pool:")) return id.slice("pool:".length);
  if (id.startsWith("biomass:")) return id.slice("biomass:".length);
  const slash = id.indexOf("/flux:");
  if (slash >= 0) return id.slice(0, slash);
  return id.startsWith("flux:") ? "growth" : id;
}
