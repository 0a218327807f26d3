import { describe, expect, test } from "vitest";
import { geneDecoder } from "../../../src/analysis/knockouts/gene-decoder.ts";
import { geneLevel } from "../../../src/analysis/knockouts/gene-level.ts";
import { parseGeneNames, parseGeneTable } from "../../../src/analysis/knockouts/gene-table.ts";
import { knockoutTask } from "../../../src/analysis/knockouts/task.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";

const random = seededRandom(5);
const WEIGHTS = [
  [1, 0],
  [0.5, -2],
  [0, 3],
];
const genesOf = (a: readonly number[]) => WEIGHTS.map(([u = 0, v = 0]) => 7 + u * (a[0] ?? 0) + v * (a[1] ?? 0));
const samples = Array.from({ length: 12 }, () => [4 * random.normal(), 4 * random.normal()]);

describe("activities carried to genes", () => {
  test("the weights are recovered from samples", () => {
    const x = samples.map((a) => Float64Array.from(a));
    const { decode } = geneDecoder(
      x,
      samples.map((a) => Float64Array.from(genesOf(a))),
      1e-9,
    );
    const change = decode(Float64Array.of(2, -1));
    [2, 3, -3].forEach((value, g) => {
      expect(change[g]).toBeCloseTo(value, 6);
    });
  });

  test("names lead to b-numbers, a gene's own name before another's synonym", () => {
    const names = parseGeneNames("locus_tag,gene_name,synonyms\nb1,arcA,dye; fexA\nb2,dye,x", "genes.csv");
    expect([names.get("arca"), names.get("fexa"), names.get("dye")]).toEqual(["b1", "b1", "b2"]);
  });

  test("the deleted gene is left out, conditions without measurement too", () => {
    const ids = samples.map((_, i) => `s${i}`);
    const csv = (rows: readonly string[], value: (s: number, r: number) => number) =>
      [["", ...ids], ...rows.map((name, r) => [name, ...samples.map((_, s) => value(s, r))])].join("\n");
    const activities = {
      file: "A.csv",
      iModulons: ["One", "Two"],
      samples: new Map(ids.map((id, s) => [id, Float64Array.from(samples[s] ?? [])])),
    };
    const pair = (genotype: string, knockout: string, wildType: string) => ({
      genotype,
      condition: genotype,
      project: "p",
      knockoutSamples: [knockout],
      wildTypeSamples: [wildType],
    });
    const iModulons = ["One", "Two"].map((name) => ({ name, category: "Metabolism", regulator: "" }));
    const task = knockoutTask({ activities, iModulons, pairs: [pair("gen2", "s0", "s1"), pair("gen9", "s2", "s3")] });
    // Gene 2's measured change is nonsense, as of a deleted gene; sample s2 was not measured.
    const text = csv(["b1", "b2", "b3"], (s, r) => (s === 0 && r === 1 ? -99 : (genesOf(samples[s] ?? [])[r] ?? 0)));
    const { genes, samples: expression } = parseGeneTable(text, "tpm.csv");
    const table = { genes, samples: new Map([...expression].filter(([id]) => id !== "s2")) };
    const none = { name: "no change", kind: "plain", predicted: [new Float64Array(2), new Float64Array(2)] } as const;
    const found = geneLevel(
      [none],
      task,
      { pairs: task.pairs, examples: task.examples },
      table,
      new Map([["gen2", "b2"]]),
      { resamples: 20, seed: 1 },
    );
    expect(found.best).toBe("no change");
    expect(found.rows[1]?.versusBest?.estimate).toBeLessThan(0);
    expect(found.conditions).toBe(1);
    const [still, measured] = found.rows;
    expect([still?.name, measured?.name]).toEqual(["no change", "measured activities"]);
    const kept = [0, 2].map((g) => (genesOf(samples[0] ?? [])[g] ?? 0) - (genesOf(samples[1] ?? [])[g] ?? 0));
    expect(still?.mse).toBeCloseTo(kept.reduce((sum, change) => sum + change ** 2, 0) / 2, 10);
    expect(still?.pearson).toBeNaN();
    expect(measured?.mse).toBeLessThan(still?.mse ?? 0);
  });
});
