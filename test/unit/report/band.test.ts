import { expect, test } from "vitest";
import { timeCourseFigure } from "../../../src/report/figures/time-course.ts";
import { rangeOfRun } from "../../../src/report/findings/range-spans.ts";
import type { ReportArm } from "../../../src/report/input.ts";
import { bandOf } from "../../../src/report/svg/band.ts";
import { reportFixture } from "../../support/report-fixture.ts";

const fixture = reportFixture();
const [first] = fixture.arms;
const id = first?.trajectory.variables.find(({ kind }) => kind === "expression")?.id ?? "";
const owner = first?.trajectory.variables.find((variable) => variable.id === id)?.owner ?? "";
const name = id.slice("expression:".length);
const widths = (width: number) => ({ activity: new Map<string, number>(), expression: new Map([[name, width]]) });
const uncertainty = {
  module: owner,
  seen: widths(0.5),
  within: widths(1),
  beyond: widths(2),
  degradation: 2,
  growth: undefined,
};

/** The fixture's first arm with what its regulator says of itself. */
function armWith(warnings: ReportArm["trajectory"]["warnings"]): ReportArm {
  if (first === undefined) throw new Error("the fixture has no arm");
  return { ...first, trajectory: { ...first.trajectory, warnings }, uncertainty };
}

const standing = [{ label: "Δx", from: 0, to: 1e6, gene: true }];

test("a gene lost from the start: as wide as the card says, by factors of two", () => {
  const band = bandOf(armWith([]), id, standing) ?? [];
  const { low = 0, high = 0 } = band[5] ?? {};
  expect(high / low).toBeCloseTo(2, 9);
});

test.each([
  ["at the edge of", "EDGE", 4],
  ["outside", "OUT", 16],
])("%s its range the band is wider, from then until then", (where, code, wider) => {
  const times = first?.trajectory.times ?? new Float64Array();
  const [from = 0, until = 0] = [times[10], times[20]];
  const message = `${code}: ${where} what it was trained on`;
  const band = bandOf(armWith([{ t: from, until, module: owner, message }]), id, standing) ?? [];
  const factor = (i: number) => (band[i]?.high ?? 0) / (band[i]?.low ?? 1);
  expect([factor(9), factor(10), factor(20), factor(21)].map(Math.round)).toEqual([2, wider, wider, 2]);
});

test("a gene lost later: the band opens from there by turnover", () => {
  const times = first?.trajectory.times ?? new Float64Array();
  const from = times[10] ?? 0;
  const band = bandOf(armWith([]), id, [{ label: "Δx", from, to: 1e6, gene: true }]) ?? [];
  const width = (i: number) => Math.log2((band[i]?.high ?? 0) / (band[i]?.low ?? 1)) / 2;
  expect(width(10)).toBe(0);
  expect(width(30)).toBeCloseTo(0.5 * (1 - Math.exp(-2 * ((times[30] ?? 0) - from))), 9);
});

test("a run's range is the worst of its hours", () => {
  const at = (t: number, message: string) => ({ t, module: owner, message });
  const run = (...warnings: ReturnType<typeof at>[]) => rangeOfRun(armWith(warnings).trajectory);
  expect(run(at(0, "a bound is tight"))).toEqual({ code: "IN", spans: [], farthest: null });
  const { code, spans } = run(at(1, "EDGE: near"), at(2, "OUT: far"));
  expect([code, ...spans.map((span) => [span.code, span.from])]).toEqual(["OUT", ["EDGE", 1], ["OUT", 2]]);
  const fallen = run(at(1, "EDGE: near"), at(2, "OUT: outside what 'x' knows: far; 'plain' answers instead"));
  expect(fallen.spans.map(({ answers }) => answers)).toEqual([null, "plain"]);
});

test("a run's farthest hour is that of its distance from training", () => {
  const { trajectory } = armWith([]);
  const variable = { ...trajectory.variables[0], id: "distance:training", kind: "distance" } as const;
  const column = trajectory.times.map((_, i) => (i === 3 ? 1.4 : 0.2));
  const [variables, columns] = [
    [...trajectory.variables, variable as (typeof trajectory.variables)[number]],
    [...trajectory.columns, column],
  ];
  const { farthest } = rangeOfRun({ ...trajectory, variables, columns });
  expect(farthest).toEqual({ distance: 1.4, at: trajectory.times[3] });
});

test("no band without a gene perturbed, without figures, or where another module answers", () => {
  expect(bandOf(armWith([]), id, [{ label: "medium", from: 0, to: 1e6 }])).toBeUndefined();
  const { uncertainty: _none, ...without } = armWith([]);
  expect(bandOf(without, id, standing)).toBeUndefined();
  expect(bandOf({ ...armWith([]), uncertainty: { ...uncertainty, module: "other" } }, id, standing)).toBeUndefined();
});

test("the figure draws it below the lines and says what it is", () => {
  const arms = [armWith([])];
  const drawn = timeCourseFigure({ ...fixture, arms, perturbations: standing }, { variable: id });
  expect(drawn?.svg.indexOf('class="band')).toBeGreaterThan(0);
  expect(drawn?.svg.indexOf('class="band')).toBeLessThan(drawn?.svg.indexOf('class="line') ?? 0);
  expect(drawn?.caption).toContain("90 % intervals");
});
