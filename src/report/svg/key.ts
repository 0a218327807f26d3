import type { PanelLine } from "../findings/panel-data.ts";
import { instantLine, isInstant } from "../findings/windows.ts";
import type { PerturbationMark } from "../input.ts";
import { label } from "./figure.ts";
import { textWidth } from "./format.ts";
import { type Markup, svg } from "./markup.ts";
import { GROUND, INK, MUTED, SHADE } from "./palette.ts";

function named(windows: readonly PerturbationMark[]): string {
  return [...new Set(windows.map((mark) => mark.label))].join(", ");
}

/** A key of line samples in one row, for figures of many panels. */
export function lineKey(
  lines: readonly PanelLine[],
  measured: boolean,
  windows: readonly PerturbationMark[],
  x: number,
  y: number,
): Markup {
  let at = x;
  const samples = lines.map((item) => {
    const left = at;
    at += 34 + textWidth(item.label, 12) + 20;
    return svg(
      "g",
      { class: item.class },
      svg("line", {
        class: `line ${item.class}`,
        x1: left,
        x2: left + 28,
        y1: y - 4,
        y2: y - 4,
        stroke: item.style.colour,
        "stroke-width": item.style.width,
        "stroke-dasharray": item.style.dash,
        "stroke-linecap": item.style.dash?.startsWith("0") ? "round" : undefined,
      }),
      label(left + 34, y, item.label, { fill: item.style.ink, class: `name ${item.class}`, weight: 600 }),
    );
  });
  const points = measured && [
    svg("circle", { cx: at + 6, cy: y - 4, r: 3, fill: GROUND, stroke: INK, class: "measured", "stroke-width": 1.3 }),
    label(at + 15, y, "measured ± sd", { fill: MUTED }),
  ];
  if (measured) at += 15 + textWidth("measured ± sd", 12) + 20;
  const shaded = named(windows.filter((mark) => !isInstant(mark)));
  const shade = shaded !== "" && [
    svg("rect", { class: "window", x: at, y: y - 12, width: 22, height: 15, fill: SHADE }),
    label(at + 28, y, shaded, { fill: MUTED }),
  ];
  if (shade) at += 28 + textWidth(shaded, 12) + 20;
  const sudden = named(windows.filter(isInstant));
  const instant = sudden !== "" && [instantLine(at + 4, y - 12, 15), label(at + 12, y, sudden, { fill: MUTED })];
  return svg("g", { class: "key" }, samples, points || undefined, shade || undefined, instant || undefined);
}
