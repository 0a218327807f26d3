import { describe, expect, test } from "vitest";
import { dataFits } from "../../../src/report/findings/data-fit.ts";
import { renderReport } from "../../../src/report/html/report-page.ts";
import { summarise } from "../../../src/report/summary.ts";
import { trajectoryFrom } from "../../support/culture-fixture.ts";
import { reportFixture } from "../../support/report-fixture.ts";

describe("a run against measured points", () => {
  const times = Float64Array.of(0, 1, 2, 4);
  const run = trajectoryFrom(times, [
    ["a", "species", Float64Array.of(0, 2, 4, 8)],
    ["b", "species", Float64Array.of(1, 1, 1, 1)],
  ]);
  const at = (variable: string, time: number, value: number) => ({ variable, time, value });

  test("is read between its times, and points outside it don't count", () => {
    const points = [at("a", 0.5, 2), at("a", 3, 5), at("a", 4, 9), at("a", 5, 100), at("unknown", 1, 1)];
    const [fit, ...others] = dataFits(run, points);
    expect(others).toEqual([]);
    expect(fit?.points).toBe(3);
    expect(fit?.rmse).toBeCloseTo(1, 12);
    // (1, 6, 8) against (2, 5, 9).
    expect(fit?.correlation).toBeCloseTo(24 / Math.sqrt(26 * (74 / 3)), 12);
  });

  test("has no correlation below three points, nor where it stands still", () => {
    expect(dataFits(run, [at("a", 1, 2), at("a", 2, 4)])[0]).toEqual({
      variable: "a",
      points: 2,
      rmse: 0,
      correlation: Number.NaN,
    });
    expect(dataFits(run, [at("b", 1, 2), at("b", 2, 4), at("b", 4, 5)])[0]?.correlation).toBeNaN();
  });

  test("stands in the summary and in the report", () => {
    const input = reportFixture();
    expect(input.measurements.length).toBeGreaterThan(0);
    const [arm] = summarise(input).arms;
    expect(arm?.data.map(({ variable }) => variable)).toEqual([
      ...new Set(input.measurements.map(({ variable }) => variable)),
    ]);
    expect(renderReport(input)).toContain("root mean square error");
  });
});
