/**
 * Measures what `test/conformance/stepping.md` reports and draws `stepping.svg` beside it:
 * `npx tsx test/bench/stepping-figures.ts`.
 */
import { writeFileSync } from "node:fs";
import { scaleLog } from "d3";
import * as problems from "../support/coupled-problems.ts";
import { convergence, errorOf, observedOrder } from "../support/measure-stepping.ts";

const STEPS = [0.1, 0.05, 0.025, 0.0125];
const TOLERANCES = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
const all = [
  problems.predatorPrey,
  problems.thermostat,
  problems.learnedLoop,
  problems.respiring,
  problems.wholeCell,
  problems.overflowing,
  problems.triggered,
  problems.windowed,
];
/** Okabe and Ito's colours, told apart by the colour-blind. */
const COLOURS = ["#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7", "#000000", "#999999"];

const orders: { name: string; points: [number, number][] }[] = [];
const achieved: { name: string; points: [number, number][] }[] = [];
for (const problem of all) {
  const errors = await convergence(problem, STEPS);
  const order = observedOrder(STEPS, errors);
  orders.push({ name: `${problem.name} (${order.toFixed(2)})`, points: errors.map((e, i) => [STEPS[i] ?? 0, e]) });
  const points: [number, number][] = [];
  const cells: string[] = [];
  for (const tolerance of TOLERANCES) {
    const { error, trajectory } = await errorOf(problem, { rtol: tolerance, atol: tolerance });
    points.push([tolerance, error]);
    cells.push(`${(error / tolerance).toFixed(2)} (${trajectory.statistics.steps})`);
  }
  achieved.push({ name: problem.name, points });
  const measured = errors.map((e) => e.toExponential(1)).join(", ");
  console.log(`| ${problem.name} | ${measured} | ${order.toFixed(2)} | ${cells.join(" | ")} |`);
}
writeFileSync(new URL("../conformance/stepping.svg", import.meta.url), figure());

function figure(): string {
  const left = panel(orders, { x: 70, title: "Steps of fixed length", xLabel: "macro-step (h)", slope: 2 });
  const right = panel(achieved, { x: 430, title: "Error control", xLabel: "tolerance asked", slope: 1 });
  const key = orders.map(({ name }, i) => {
    const y = 60 + 22 * i;
    return `<rect x="775" y="${y - 9}" width="12" height="12" fill="${COLOURS[i]}"/><text x="793" y="${y + 1}">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1090 360" font-family="sans-serif" font-size="12">
<title>Error of coupled stepping against the macro-step and against the tolerance asked, eight problems</title>
<rect width="1090" height="360" fill="#fff"/>${left}${right}
<text x="775" y="36" font-weight="bold">problem (observed order)</text>${key.join("")}
<text x="775" y="262" fill="#555">dashed: order 2 on the left,</text><text x="775" y="278" fill="#555">error = tolerance on the right</text>
</svg>
`;
}

function panel(
  series: readonly { points: readonly [number, number][] }[],
  { x, title, xLabel, slope }: { x: number; title: string; xLabel: string; slope: number },
): string {
  const xs = series[0]?.points.map(([value]) => value) ?? [];
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const across = scaleLog([low, high], [x, x + 280]);
  const up = scaleLog([1e-9, 1e-1], [300, 50]);
  const line = (points: readonly (readonly [number, number])[]) =>
    points.map(([a, b]) => `${across(a).toFixed(1)},${up(Math.max(b, 1e-9)).toFixed(1)}`).join(" ");
  const curves = series.map(({ points }, i) => {
    const dots = points.map(
      ([a, b]) => `<circle cx="${across(a).toFixed(1)}" cy="${up(Math.max(b, 1e-9)).toFixed(1)}" r="3"/>`,
    );
    return `<g fill="${COLOURS[i]}"><polyline points="${line(points)}" fill="none" stroke="${COLOURS[i]}" stroke-width="1.5"/>${dots.join("")}</g>`;
  });
  const guide =
    slope === 1
      ? [
          [low, low],
          [high, high],
        ]
      : [
          [low, 1e-5],
          [high, 1e-5 * (high / low) ** slope],
        ];
  const rows = Array.from({ length: 9 }, (_, k) => 10 ** (k - 9)).map(
    (value) =>
      `<line x1="${x}" x2="${x + 280}" y1="${up(value)}" y2="${up(value)}" stroke="#eee"/><text x="${x - 6}" y="${up(value) + 4}" text-anchor="end">1e${Math.round(Math.log10(value))}</text>`,
  );
  const ticks = xs.map((value) => `<text x="${across(value)}" y="318" text-anchor="middle">${label(value)}</text>`);
  return `${rows.join("")}<polyline points="${line(guide as [number, number][])}" fill="none" stroke="#777" stroke-dasharray="5 4"/>${curves.join("")}${ticks.join("")}
<text x="${x + 140}" y="340" text-anchor="middle">${xLabel}</text><text x="${x}" y="36" font-weight="bold">${title}</text>
<text transform="translate(${x - 46} 175) rotate(-90)" text-anchor="middle">largest error / (1 + |exact|)</text>`;
}

function label(value: number): string {
  return value < 0.01 ? `1e${Math.round(Math.log10(value))}` : String(value);
}
