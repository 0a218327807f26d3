import { panelData } from "../findings/panel-data.ts";
import type { ReportInput } from "../input.ts";

/** Values behind the panels, for the read-out: shared time axes and, by variable, lines with five significant digits. */
export function readoutData(input: ReportInput): string {
  const axes = new Map<string, number>();
  const panels = input.observables.map((observable) => {
    const data = panelData(input, observable);
    const lines = data.lines.map((line) => {
      const axis = JSON.stringify(line.points.map(([t]) => Number(t.toPrecision(6))));
      if (!axes.has(axis)) axes.set(axis, axes.size);
      return {
        name: line.label,
        class: line.class,
        colour: line.style.colour,
        axis: axes.get(axis),
        v: line.points.map(([, v]) => Number(v.toPrecision(5))),
      };
    });
    return { variable: data.variable, unit: data.unit, lines };
  });
  const text = `{"axes":[${[...axes.keys()].join(",")}],"panels":${JSON.stringify(panels)}}`;
  return text.replaceAll("<", "\\u003c");
}

/** The read-out under the pointer; without scripts the page loses nothing else. */
export const READOUT_SCRIPT = `
"use strict";
(() => {
  const values = JSON.parse(document.getElementById("values").textContent);
  const panels = new Map(values.panels.map((p) => [p.variable, p]));
  const box = document.body.appendChild(document.createElement("div"));
  box.className = "readout";
  const cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
  cursor.setAttribute("class", "cursor");
  const hide = () => { box.style.display = "none"; cursor.remove(); };
  const at = (line, t) => {
    const ts = values.axes[line.axis], v = line.v;
    if (!(t >= ts[0] && t <= ts[ts.length - 1])) return undefined;
    let low = 0, high = ts.length - 1;
    while (high - low > 1) { const mid = (low + high) >> 1; if (ts[mid] <= t) low = mid; else high = mid; }
    const s = ts[high] === ts[low] ? 0 : (t - ts[low]) / (ts[high] - ts[low]);
    return v[low] + s * (v[high] - v[low]);
  };
  const row = (colour, text) => {
    const div = box.appendChild(document.createElement("div"));
    if (colour) div.appendChild(document.createElement("b")).style.background = colour;
    div.append(text);
  };
  const format = (x) => Math.abs(x) < 1e-9 ? "0" : (+x.toPrecision(3)).toString().replace("-", "\\u2212");
  for (const figure of document.querySelectorAll("svg.figure")) {
    const found = [...figure.querySelectorAll(".panel[data-variable]")];
    if (found.length === 0) continue;
    figure.addEventListener("pointerleave", hide);
    figure.addEventListener("pointermove", (event) => {
      const matrix = figure.getScreenCTM();
      if (!matrix) return;
      const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      const panel = found.find((g) => {
        const [x, y, w, h] = g.dataset.frame.split(" ").map(Number);
        return p.x >= x && p.x <= x + w && p.y >= y && p.y <= y + h;
      });
      const data = panel && panels.get(panel.dataset.variable);
      if (!data) return hide();
      const [x, y, w, h] = panel.dataset.frame.split(" ").map(Number);
      const [t0, t1] = panel.dataset.time.split(" ").map(Number);
      const t = t0 + ((p.x - x) / w) * (t1 - t0);
      box.replaceChildren();
      row("", format(t) + " h");
      for (const line of data.lines) {
        const shown = document.getElementById("show-" + line.class);
        const v = at(line, t);
        if (v !== undefined && (!shown || shown.checked)) row(line.colour, line.name + " " + format(v) + " " + data.unit);
      }
      for (const [k, v] of [["x1", p.x], ["x2", p.x], ["y1", y], ["y2", y + h]]) cursor.setAttribute(k, v);
      panel.append(cursor);
      box.style.display = "block";
      const left = event.clientX + 14 + box.offsetWidth > innerWidth ? event.clientX - 14 - box.offsetWidth : event.clientX + 14;
      box.style.left = left + "px";
      box.style.top = Math.min(event.clientY + 14, innerHeight - box.offsetHeight - 4) + "px";
    });
  }
})();
`.trim();
