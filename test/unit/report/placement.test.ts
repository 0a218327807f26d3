import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overlap, placeLabels } from "../../../src/report/svg/place-labels.ts";
import { type Point, simplify } from "../../../src/report/svg/simplify.ts";
import { spread } from "../../../src/report/svg/spread.ts";

describe("spread", () => {
  test("keeps what has room and moves the rest as little as it can", () => {
    expect(spread([10, 50, 90], 14, 0, 100)).toEqual([10, 50, 90]);
    expect(spread([50, 50], 14, 0, 100)).toEqual([43, 57]);
    expect(spread([100, 99], 14, 0, 100)).toEqual([100, 86]);
  });

  test("order, gap and bounds hold for any input", () => {
    const wanted = fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { maxLength: 9 });
    fc.assert(
      fc.property(wanted, (positions) => {
        const placed = spread(positions, 10, 0, 100);
        const sorted = [...placed].sort((a, b) => a - b);
        sorted.forEach((y, i) => {
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(y).toBeLessThanOrEqual(100 + 1e-9);
          if (i > 0) expect(y - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(10 - 1e-9);
        });
        const order = (list: readonly number[]) =>
          list.map((_, i) => i).sort((a, b) => (list[a] ?? 0) - (list[b] ?? 0) || a - b);
        expect(order(placed)).toEqual(order(positions));
      }),
    );
  });
});

describe("simplify", () => {
  test("a straight line keeps its ends, a corner stays", () => {
    const straight = Array.from({ length: 50 }, (_, i): Point => [i, 2 * i]);
    expect(simplify(straight, 0.1)).toEqual([
      [0, 0],
      [49, 98],
    ]);
    expect(simplify([...straight, [60, 0]], 0.1)).toHaveLength(3);
  });

  test("no dropped point is further than the tolerance from the kept line", () => {
    const wave = Array.from({ length: 300 }, (_, i): Point => [i, 40 * Math.sin(i / 20)]);
    const kept = simplify(wave, 0.5);
    expect(kept.length).toBeLessThan(80);
    for (const [x, y] of wave) {
      const after = kept.findIndex((p) => p[0] >= x);
      const [x1 = 0, y1 = 0] = kept[after] ?? [];
      const [x0 = 0, y0 = 0] = kept[Math.max(0, after - 1)] ?? [];
      const line = x1 === x0 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
      expect(Math.abs(line - y)).toBeLessThan(0.5 * Math.hypot(1, 2) + 1e-9);
    }
  });
});

describe("placeLabels", () => {
  const frame = { x: 0, y: 0, width: 400, height: 200 };
  const level = (y: number) => Array.from({ length: 130 }, (_, i): Point => [i * 3, y]);

  test("labels stay in the frame, off all lines and off each other", () => {
    const lines = [level(50), level(100), level(150)];
    const boxes = placeLabels(
      lines.map((line) => ({ width: 60, height: 13, line })),
      frame,
    );
    boxes.forEach((box, i) => {
      expect(box).toBeDefined();
      if (!box) return;
      for (const [, y] of lines.flat()) expect(y < box.y || y > box.y + box.height).toBe(true);
      boxes.forEach((other, j) => {
        if (i < j && other) expect(overlap(box, other)).toBe(false);
      });
    });
  });

  test("lines that coincide get no label inside", () => {
    const boxes = placeLabels(
      [level(50), level(51)].map((line) => ({ width: 60, height: 13, line })),
      frame,
    );
    expect(boxes).toEqual([undefined, undefined]);
  });
});
