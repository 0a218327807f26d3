import { describe, expect, test } from "vitest";
import { parseActivities } from "../../../src/analysis/knockouts/activities.ts";
import { ownRegulon, parseIModulons, regulatorNames } from "../../../src/analysis/knockouts/imodulons.ts";
import { genesOf, parsePairs } from "../../../src/analysis/knockouts/pairs.ts";
import { readPredictions } from "../../../src/analysis/knockouts/predictions.ts";
import { replicateChanges, replicateNoise } from "../../../src/analysis/knockouts/replicates.ts";
import { parseEvaluationCard, refuseSeen } from "../../../src/analysis/knockouts/seen.ts";
import { leaveGroupOut, predictWith, regroup } from "../../../src/analysis/knockouts/splits.ts";
import { knockoutTask } from "../../../src/analysis/knockouts/task.ts";
import { CellweaveError } from "../../../src/errors.ts";
import { meanOfOthers, sameProjectMean } from "../../../src/regulation/baselines/means.ts";
import { plainRows } from "../../../src/regulation/baselines/plain.ts";

const activities = parseActivities(
  [",s1,s2,s3,s4,s5,s6", "One,0,2,4,6,1,3", "Two,1,1,2,2,5,5", "Strain,9,9,9,9,9,9"].join("\n"),
  "A.csv",
);
const iModulons = parseIModulons(
  [",system_category,regulator", "One,Metabolism,Crp+GlpR", "Two,Stress Responses,RpoS", "Strain,Single Gene,"].join(
    "\n",
  ),
  "table.csv",
);
const PAIRS = [
  "genotype,condition,project,ko_samples,wt_samples",
  "crp,c1,p1,s3 s4,s1 s2",
  "rpoS+glpR,c2,p1,s5,s1 s2",
  "yfgX,c3,p2,s6,s3",
].join("\n");
const pairs = parsePairs(PAIRS, "pairs.csv");
const task = knockoutTask({ activities, iModulons, pairs });
const hint = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof CellweaveError) return error.format();
  }
  throw new Error("expected a CellweaveError");
};

describe("the knockout benchmark's data", () => {
  test("strain iModulons are left out, changes are differences of means", () => {
    expect(task.iModulons.map(({ name }) => name)).toEqual(["One", "Two"]);
    expect([...(task.examples[0]?.change ?? [])]).toEqual([4, 1]);
    expect([...(task.examples[1]?.wildType ?? [])]).toEqual([1, 1]);
    expect(task.scale[0]).toBeCloseTo(Math.sqrt(35 / 9), 10);
  });

  test("the own regulon is where a deleted gene is named", () => {
    expect(regulatorNames("FucR/AllR + AraC")).toEqual(["fucr", "allr", "arac"]);
    expect(task.examples.map(({ own }) => [...own])).toEqual([
      [1, 0],
      [1, 1],
      [0, 0],
    ]);
    expect([...ownRegulon(["crpX"], task.iModulons)]).toEqual([0, 0]);
    expect(genesOf("cyoB+ndh")).toEqual(["cyoB", "ndh"]);
  });

  test("broken tables say where", () => {
    expect(hint(() => parsePairs(`${PAIRS}\nx,c4,p1,,s1`, "pairs.csv"))).toMatch(/^pairs\.csv:5: 'c4' has no knockout/);
    expect(hint(() => parseIModulons("a,b\n1,2", "t.csv"))).toMatch(/column 'system_category' is missing/);
    expect(hint(() => parseActivities(",s1\nOne,x", "A.csv"))).toMatch(
      /^A\.csv:2: column 's1': expected a number, got 'x'/,
    );
    const stray = parsePairs(`${PAIRS}\nx,c4,p1,s9,s1`, "pairs.csv");
    expect(hint(() => knockoutTask({ activities, iModulons, pairs: stray }))).toMatch(/sample 's9' is not in A\.csv/);
  });

  test("replicates: the same change measured twice, and the noise in it", () => {
    const replicates = replicateChanges(pairs, task.activities);
    expect(replicates.pairs).toEqual([0]);
    expect([...(replicates.first[0] ?? [])]).toEqual([4, 1]);
    expect([...(replicates.second[0] ?? [])]).toEqual([4, 1]);
    const apart = { pairs: [0], first: [Float64Array.of(1, 0)], second: [Float64Array.of(3, 0)] };
    expect([...replicateNoise(apart, 2)]).toEqual([Math.SQRT2, 0]);
  });
});

describe("leaving groups out", () => {
  test("no example is predicted from its own group", () => {
    const byGenotype = leaveGroupOut(task.examples, { baseline: meanOfOthers, leftOut: "nested" });
    expect([...(byGenotype[2] ?? [])]).toEqual([2, 2.5]);
    const byProject = leaveGroupOut(regroup(task.examples, "project"), { baseline: meanOfOthers, leftOut: "nested" });
    expect([...(byProject[0] ?? [])]).toEqual([-1, 3]);
  });

  test("a project of its own falls back to all others", () => {
    const [first, , third] = leaveGroupOut(task.examples, { baseline: sameProjectMean, leftOut: "once" });
    expect([...(first ?? [])]).toEqual([0, 4]);
    expect([...(third ?? [])]).toEqual([2, 2.5]);
  });

  test("fitted on training pairs alone, nothing of what is predicted gets in", () => {
    const [a, b, c] = task.examples;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three examples");
    const altered = { ...c, change: Float64Array.of(100, -100) };
    for (const { baseline } of plainRows({ scale: task.scale })) {
      const honest = predictWith(baseline, [a, b], [c]);
      expect(predictWith(baseline, [a, b], [altered])).toEqual(honest);
    }
  });

  test("nested rows of leave-out do not see the held-out change either", () => {
    const altered = task.examples.map((e, i) => (i === 2 ? { ...e, change: Float64Array.of(50, 50) } : e));
    for (const row of plainRows({ scale: task.scale }).filter(({ leftOut }) => leftOut === "nested"))
      expect(leaveGroupOut(altered, row)[2]).toEqual(leaveGroupOut(task.examples, row)[2]);
  });
});

describe("predictions made elsewhere", () => {
  const names = ["One", "Two"];

  test("are matched by pair, in any order, with a pair column or two columns", () => {
    const text = "Two,pair,One\n1,yfgX|c3,2\n3,crp|c1,4\n5,rpoS+glpR|c2,6";
    expect(readPredictions(text, "p.csv", task.examples, names).map((row) => [...row])).toEqual([
      [4, 3],
      [6, 5],
      [2, 1],
    ]);
    const long = "genotype,condition,One,Two\ncrp,c1,1,2\nrpoS+glpR,c2,3,4\nyfgX,c3,5,6";
    expect(readPredictions(long, "p.csv", task.examples, names)[2]).toEqual(Float64Array.of(5, 6));
  });

  test("a missing pair, a missing iModulon and a pair given twice are refused", () => {
    expect(hint(() => readPredictions("pair,One,Two\ncrp|c1,1,2", "p.csv", task.examples, names))).toMatch(
      /no prediction for 'rpoS\+glpR' in 'c2'/,
    );
    expect(hint(() => readPredictions("pair,One\ncrp|c1,1", "p.csv", task.examples, names))).toMatch(
      /'Two' is missing/,
    );
    const twice = "pair,One,Two\ncrp|c1,1,2\ncrp|c1,1,2";
    expect(hint(() => readPredictions(twice, "p.csv", task.examples, names))).toMatch(
      /^p\.csv:3: 'crp\|c1' is predicted/,
    );
  });
});

describe("a model that has seen what it predicts", () => {
  const card = (seen: unknown) => parseEvaluationCard(JSON.stringify({ id: "m", kind: "transformer", seen }), "m.json");
  const refusal = (seen: unknown) => hint(() => refuseSeen(card(seen), pairs, "m.json"));

  test("is refused by name, with what its card says", () => {
    expect(refusal({ genotypes: ["fur", "cra+crp"] })).toMatch(
      /model 'm' is refused: its card says that it saw genotype 'cra\+crp', and 'crp' is held out/,
    );
    expect(refusal({ samples: ["s5"] })).toMatch(/saw sample 's5' of held-out 'rpoS\+glpR'/);
  });

  test("folds: each pair by the fold that held its genotype out", () => {
    const folds = [
      { held_out: ["crp", "yfgX"], samples_left_out: ["s3", "s4", "s6"] },
      { held_out: "rpoS+glpR", samples_left_out: ["s5"] },
    ];
    expect(() => refuseSeen(card(folds), pairs, "m.json")).not.toThrow();
    expect(refusal([folds[0], { ...folds[1], samples_left_out: [] }])).toMatch(/saw sample 's5'/);
    expect(refusal([folds[0]])).toMatch(/no fold that held out 'rpoS\+glpR'/);
  });

  test("a model that saw neither is taken", () => {
    expect(() => refuseSeen(card({ genotypes: ["fur"], samples: 12 }), pairs, "m.json")).not.toThrow();
  });

  test("a card without `seen` is refused", () => {
    expect(hint(() => parseEvaluationCard('{"id":"m","kind":"x"}', "m.json"))).toMatch(
      /not a card of an evaluated model/,
    );
  });
});
