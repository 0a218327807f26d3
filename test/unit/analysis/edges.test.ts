import { describe, expect, test } from "vitest";
import { leaveFactorOut } from "../../../src/analysis/edges/edge-regression.ts";
import { edgeRow, withFactors, withTargets } from "../../../src/analysis/edges/edge-results.ts";
import { jacobianScores } from "../../../src/analysis/edges/edge-ridge.ts";
import {
  correlationScores,
  inDegreeScores,
  neighbourScores,
  outDegreeScores,
  randomScores,
} from "../../../src/analysis/edges/edge-scores.ts";
import { edgeTask, geneStarts } from "../../../src/analysis/edges/edge-task.ts";
import { averagePrecision } from "../../../src/analysis/metrics/average-precision.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";

const names = new Map([
  ["arca", "b1"],
  ["crp", "b2"],
]);
const TRN = [
  "regulator,gene_name,gene_id,effect,evidence,source",
  "ArcA,x,b3,+,1,RegulonDB_TF",
  "ArcA,arcA,b1,-,1,RegulonDB_TF",
  "Crp,x,b3,+,1,Ecocyc",
  "Crp,y,b4,+,1,Ecocyc",
  "RpoD,x,b3,+,1,RegulonDB_sigma",
  "Nobody,x,b3,+,1,RegulonDB_TF",
].join("\n");
const task = edgeTask(TRN, "TRN.csv", ["b1", "b2", "b3", "b4"], names);
const bootstrap = { resamples: 20, seed: 1 };

/** b3 follows b1, b4 follows b2 with the other sign; b2 follows b1 a little. */
function followers(): Map<string, Float64Array> {
  const random = seededRandom(3);
  const draw = () => Float64Array.from({ length: 60 }, () => random.normal());
  const [first, noise] = [draw(), draw()];
  const second = noise.map((value, s) => value + 0.3 * (first[s] ?? 0));
  const after = (of: Float64Array, factor: number) => of.map((value) => factor * value + 0.1 * random.normal());
  return new Map([
    ["b1", first],
    ["b2", second],
    ["b3", after(first, 1)],
    ["b4", after(second, -1)],
  ]);
}

describe("predictors of edges that see no network, or the other factors' edges alone", () => {
  test("the Jacobian gives each gene to the factor it follows, not to what follows that", () => {
    const { scores } = jacobianScores(task, followers());
    const of = (f: number, g: number) => scores[f * 4 + g] ?? 0;
    expect(of(0, 2)).toBeGreaterThan(5 * of(1, 2));
    expect(of(1, 3)).toBeGreaterThan(5 * of(0, 3));
    expect([of(0, 0), of(1, 1)]).toEqual([0, 0]);
  });

  test("weights for a factor come from the others: an edge of its own changes none of its scores", () => {
    const parts = [jacobianScores(task, followers()), inDegreeScores(task)];
    const { scores } = leaveFactorOut("both", task, parts);
    const truth = task.truth.map((edge, i) => (i < 4 ? 1 - edge : edge));
    const other = leaveFactorOut("both", { ...task, truth }, parts);
    expect(other.scores.slice(0, 4)).toEqual(scores.slice(0, 4));
    expect(other.scores.slice(4)).not.toEqual(scores.slice(4));
  });

  test("fewer factors keep their own rows", () => {
    const one = withFactors(task, (factor) => factor === "b2");
    expect([one.factors, [...one.truth]]).toEqual([["b2"], [...task.truth.slice(4)]]);
  });
});

describe("average precision", () => {
  test("of a perfect, a reversed, a known and a constant ranking", () => {
    const truth = Uint8Array.of(1, 0, 1, 0);
    expect(averagePrecision(Float64Array.of(4, 1, 3, 2), truth)).toBe(1);
    expect(averagePrecision(Float64Array.of(1, 4, 2, 3), truth)).toBeCloseTo((1 / 3 + 2 / 4) / 2, 15);
    expect(averagePrecision(Float64Array.of(4, 3, 2, 1), truth)).toBeCloseTo((1 + 2 / 3) / 2, 15);
    expect(averagePrecision(Float64Array.of(5, 5, 5, 5), truth)).toBe(0.5);
    expect(averagePrecision(Float64Array.of(1, 2), Uint8Array.of(0, 0))).toBeNaN();
  });
});

describe("edges of the network as questions", () => {
  test("factors with a known gene, without themselves, sigma factors left out", () => {
    expect(task.factors).toEqual(["b1", "b2"]);
    expect([...task.truth]).toEqual([0, 0, 1, 0, 0, 0, 1, 1]);
    expect([...task.counted]).toEqual([0, 1, 1, 1, 1, 0, 1, 1]);
  });

  test("plain scores", () => {
    expect(edgeRow(randomScores(task), task, bootstrap).auprc).toBeCloseTo(3 / 6, 15);
    expect([...outDegreeScores(task).scores]).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect([...inDegreeScores(task).scores]).toEqual([0, 0, 1, 1, 0, 0, 1, 0]);
    const starts = geneStarts("locus_tag,start\nb1,100\nb2,4000\nb3,300\nb4,3900", "genes.csv");
    const { scores } = neighbourScores(task, starts);
    expect([scores[2], scores[3], scores[1]]).toEqual([-200, -200, -100]);
    const expression = new Map([
      ["b1", Float64Array.of(1, 2, 3)],
      ["b3", Float64Array.of(-1, -2, -3)],
    ]);
    const correlation = correlationScores(task, expression);
    expect(correlation.scores[2]).toBeCloseTo(1, 14);
    expect(correlation.scores[3]).toBe(0);
  });

  test("rows: one ranking of all pairs, and each factor's own", () => {
    const scores = Float64Array.of(0, 1, 9, 2, 5, 0, 6, 7);
    const row = edgeRow({ name: "made", scores }, task, bootstrap);
    expect(row.auprc).toBe(1);
    expect(row.perFactor.estimate).toBe(1);
    const narrow = withTargets(task, new Set(["b2", "b4"]));
    expect(narrow.factors).toEqual(["b2"]);
    expect([...narrow.truth]).toEqual([0, 1]);
  });
});
