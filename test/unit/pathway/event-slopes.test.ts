import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulator } from "../../../src/pathway/run/simulator.ts";
import { type Sensitivities, sensitivities } from "../../../src/pathway/sensitivity/sensitivity.ts";
import type { SbmlDocument } from "../../../src/sbml/document.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { smallModel } from "../../support/mathml-model.ts";

const DATA = process.env.CELLWEAVE_DATA ?? "../shared/data";
const there = existsSync(`${DATA}/biomodels`);
if (!there) process.stderr.write(`SKIPPED: slopes through events of BioModels, no data at ${DATA}\n`);

const slope = ({ parameters, columns, slopes }: Sensitivities, point: number, id: string, column: string): number => {
  const k = parameters.findIndex((p) => p.id === id);
  return slopes[(point * parameters.length + k) * columns.length + columns.indexOf(column)] ?? Number.NaN;
};

/** Largest difference between slopes at the end and central differences, relative to the largest slope. */
function againstDifferences(
  document: SbmlDocument,
  parameters: readonly string[],
  select: readonly string[],
  t1: number,
) {
  const found = sensitivities(document, { parameters, select, t1, points: 2, rtol: 1e-10, atol: 1e-14 });
  expect(found.failure).toBeUndefined();
  const model = simulator(document, parameters);
  return found.parameters.map(({ id, value }) => {
    const h = 1e-5 * Math.abs(value);
    const ends = [value + h, value - h].map((v) =>
      model.run({ t1, points: 2, rtol: 1e-12, atol: 1e-16, select }, new Map([[id, v]])),
    );
    const end = (i: number, column: string): number => ends[i]?.columns.get(column)?.values[1] ?? Number.NaN;
    const differences = select.map((c) => (end(0, c) - end(1, c)) / (2 * h));
    const largest = Math.max(...differences.map(Math.abs));
    return Math.max(...select.map((c, i) => Math.abs(slope(found, 1, id, c) - (differences[i] ?? 0)))) / largest;
  });
}

describe("slopes through events", () => {
  test("follow the closed form: x decays and gains a where it falls to c", () => {
    const document = smallModel({
      id: "pulses",
      parameters: { x: 1, n: 0, k: 2, c: 0.25, a: 1 },
      rates: { x: ["minus", ["times", "k", "x"]] },
      events: [{ when: ["lt", "x", "c"], set: { x: ["plus", "x", "a"], n: ["plus", "n", 1] } }],
    });
    const [k, c, a, t] = [2, 0.25, 1, 1.2];
    const found = sensitivities(document, { parameters: ["k", "c", "a", "x"], select: ["x"], t1: t, points: 2 });
    // The event is at ln(x0 / c) / k = 0.69, the next at 1.50.
    const at = Math.log(1 / c) / k;
    const x = (c + a) * Math.exp(-k * (t - at));
    expect(slope(found, 1, "k", "x")).toBeCloseTo(x * (-(t - at) + k * (-at / k)), 6);
    expect(slope(found, 1, "c", "x")).toBeCloseTo(x * (1 / (c + a) + k * (-1 / (k * c))), 6);
    expect(slope(found, 1, "a", "x")).toBeCloseTo(x / (c + a), 6);
    expect(slope(found, 1, "x", "x")).toBeCloseTo(x * k * (1 / k), 6);
  });

  test("follow the closed form at a given time, for numbers that are set and then act", () => {
    // y grows at rate r; at time s r becomes q y, so y = y(s) (1 + q (t - s)) with y(s) = 1 + r s.
    const document = smallModel({
      id: "switch",
      parameters: { y: 1, clock: 0, r: 0.5, s: 2, q: 3 },
      rates: { y: "r", clock: 1 },
      events: [{ when: ["geq", "clock", "s"], set: { r: ["times", "q", "y"] } }],
    });
    const found = sensitivities(document, { parameters: ["r", "s", "q"], select: ["y"], t1: 5, points: 6 });
    const [r, s, q, t] = [0.5, 2, 3, 5];
    expect(slope(found, 1, "r", "y")).toBeCloseTo(1, 8);
    expect(slope(found, 5, "r", "y")).toBeCloseTo(s * (1 + q * (t - s)), 5);
    expect(slope(found, 5, "s", "y")).toBeCloseTo(r * (1 + q * (t - s)) - (1 + r * s) * q, 5);
    expect(slope(found, 5, "q", "y")).toBeCloseTo((1 + r * s) * (t - s), 5);
  });

  test("agree with central differences through many events", () => {
    const document = smallModel({
      id: "many",
      parameters: { x: 1, z: 0.5, k: 2, c: 0.25, dose: 1, z0: 1 },
      rates: {
        x: ["minus", ["times", "k", "x"]],
        z: ["minus", "x", ["times", "z", "z"]],
      },
      events: [
        {
          when: ["lt", ["plus", "x", ["times", 0.1, "z"]], "c"],
          set: { x: ["plus", "x", ["times", "dose", "z"]], k: ["times", "k", 1.1] },
        },
      ],
    });
    for (const error of againstDifferences(document, ["k", "c", "dose", "z"], ["x", "z"], 4))
      expect(error).toBeLessThan(1e-4);
  });

  test("what has no slope is refused by name or said", () => {
    const touching = smallModel({
      id: "touch",
      parameters: { x: 0, y: 0, p: 1 },
      rates: { x: 1, y: ["times", "p", "x"] },
      events: [
        { when: ["geq", "x", 1], set: { y: 0 } },
        { when: ["geq", ["times", 2, "x"], 2], set: { y: 1 } },
      ],
    });
    const { failure, times } = sensitivities(touching, { parameters: ["p"], select: ["y"], t1: 3, points: 4 });
    expect(failure).toContain("happen together at time 1");
    expect([...times]).toEqual([0]);
    const delayed = smallModel({
      id: "late",
      parameters: { x: 0 },
      rates: { x: 1 },
      events: [{ when: ["gt", "x", 1], set: { x: 0 } }],
    });
    const [event] = delayed.events;
    const late = { ...delayed, events: event === undefined ? [] : [{ ...event, delay: event.trigger.math }] };
    expect(() => sensitivities(late, { parameters: ["x"], select: ["x"], t1: 2 })).toThrow("Event 'e0' with a delay");
  });
});

test.skipIf(!there)("the stimulus of NF-kB signalling: slopes after the event are central differences", () => {
  const document = readSbml(readFileSync(`${DATA}/biomodels/BIOMD0000000139.xml`, "utf8"));
  const select = document.species.map((s) => s.id);
  const errors = againstDifferences(document, ["a4", "d4"], select, 3000);
  for (const error of errors) expect(error).toBeLessThan(1e-3);
});
