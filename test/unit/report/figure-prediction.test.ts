import { expect, test } from "vitest";
import { predictionFigure } from "../../../src/report/figures/prediction.ts";

const variable = (name: string, change: number, width: number, usual: number, held = false) => ({
  variable: name,
  control: 10,
  predicted: 10 + change,
  change,
  low: 10 + change - width,
  high: 10 + change + width,
  usual,
  held,
});

test("a prediction's largest changes, in units of what is usual, and nothing of what was held", () => {
  const variables = [
    variable("lost", -10, 0, 1, true),
    variable("small <gene>", 1, 3, 4),
    variable("large", -8, 2, 2),
    variable("never moved", 0, 0, 0),
  ];
  const { svg, caption } = predictionFigure(
    { predictor: "stack", range: { code: "EDGE", reasons: [] }, variables },
    "lost gone",
  );
  expect(svg).not.toContain(">lost<");
  expect(svg.indexOf("large")).toBeLessThan(svg.indexOf("small &lt;gene&gt;"));
  expect(svg).toContain("10 → 2");
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(caption).toContain("EDGE");
});
