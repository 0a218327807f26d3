import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Checkpoint } from "../../../../src/engine/checkpoint/checkpoint-data.ts";
import { checkpointFromText, checkpointToText } from "../../../../src/engine/checkpoint/checkpoint-text.ts";

const wrap = (snapshots: unknown[], columns: Float64Array[]) =>
  ({ format: "cellweave-checkpoint/2", snapshots, columns }) as unknown as Checkpoint;

describe("a checkpoint as text", () => {
  test("gives back every bit of arrays and numbers", () => {
    fc.assert(
      fc.property(fc.float64Array(), fc.array(fc.double()), (column, numbers) => {
        const there = wrap(numbers, [column]);
        const back = checkpointFromText(checkpointToText(there));
        expect(back).toEqual(there);
        expect(back.snapshots.map((v) => Object.is(v, -0))).toEqual(numbers.map((v) => Object.is(v, -0)));
      }),
    );
  });

  test("is refused where it is torn or something else", () => {
    const text = checkpointToText(wrap([], []));
    expect(() => checkpointFromText(text.slice(0, -3), "run.json")).toThrow("no whole checkpoint");
    expect(() => checkpointFromText('{"format":"other"}')).toThrow("no checkpoint of the format");
  });
});
