import { describe, expect, test } from "vitest";
import { compare, winner } from "../../../src/analysis/experiments/compare.ts";
import { CellweaveError } from "../../../src/errors.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { leaveOnePerturbationOut } from "../../../src/regulation/in-context/leave-one-out.ts";
import { PLAIN_PREDICTORS } from "../../../src/regulation/in-context/predictors.ts";
import { edgesOnTable } from "../../../src/regulation/in-context/signed-edges.ts";
import { parseEdges } from "../../../src/scenario/experiments/read-edges.ts";
import { parseExperiments } from "../../../src/scenario/experiments/read-table.ts";

const good = ["experiment,knockout,G1,G2", "wt,,1,2", "a,G1,0,3", "b,G2,2,NA"];
const parse = (lines: readonly string[]) => parseExperiments(lines.join("\n"), "data.csv");
const complaint = (lines: readonly string[]): string => {
  try {
    parse(lines);
  } catch (error) {
    if (error instanceof CellweaveError) return error.format();
  }
  throw new Error("expected a CellweaveError");
};

describe("a table of experiments", () => {
  test("is read with its interventions, missing values and replicates", () => {
    const { variables, conditions } = parse([...good, "c,G1+G2,0,0", "d,G2+G1,0,2"]);
    expect(variables).toEqual(["G1", "G2"]);
    expect(conditions.map((c) => c.interventions.length)).toEqual([0, 1, 1, 2]);
    expect(conditions[3]).toMatchObject({ replicates: 2, values: Float64Array.of(0, 1) });
    expect(conditions[2]?.values[1]).toBeNaN();
  });

  test("separated by semicolons or tabs, quoted, with a byte order mark, blank and empty rows", () => {
    const plain = parse(good);
    for (const separator of [";", "\t"]) {
      const lines = good.map((line) => line.replaceAll(",", separator));
      expect(parse([...lines, "", "  ", separator.repeat(3)])).toEqual(plain);
    }
    const quoted = good.map((line) => line.replace(/[^,]+/g, '"$&"'));
    expect(parseExperiments(`\uFEFF${quoted.join("\r\n")}\r\n`, "data.csv")).toEqual(plain);
  });

  test("names like those of JavaScript's own properties are variables like others", () => {
    const { variables } = parse([
      "experiment,knockout,__proto__,constructor",
      "wt,,1,2",
      "a,__proto__,0,3",
      "b,this,2,4",
    ]);
    expect(variables).toEqual(["__proto__", "constructor"]);
  });

  test("names that hold what joins interventions are names", () => {
    const lines = [
      "e,knockout,inhibition,Ca2+,HLA:01",
      "wt,,,1,2",
      "a,Ca2+,,0,3",
      "b,HLA:01,,2,1",
      "c,,HLA:01:0.5,2,1",
    ];
    const found = parse(lines).conditions.flatMap(({ interventions }) => interventions);
    expect(found.map(({ target, amount }) => [target, amount])).toEqual([
      ["Ca2+", 1],
      ["HLA:01", 1],
      ["HLA:01", 0.5],
    ]);
  });

  test.each([
    [
      "a decimal comma",
      ["e,knockout,G1,G2", "wt,,1,2", 'a,G1,"0,5",3', "b,G2,2,1"],
      /data\.csv:3.*'0,5'[\s\S]*decimal/,
    ],
    ["a word for a number", [...good.slice(0, 3), "b,G2,high,1"], /data\.csv:4.*'G1': expected a number, got 'high'/],
    ["a column twice", ["e,knockout,G1,G1", "wt,,1,2", "a,,1,2", "b,,1,2"], /'G1' is there twice/],
    [
      "no column of interventions",
      ["e,G1,G2", "wt,1,2", "a,1,2", "b,1,2"],
      /no column says what was done[\s\S]*knockout/,
    ],
    ["a plural", ["e,Knock-outs,G1,G2", "wt,,1,2", "a,G1,1,2", "b,G2,1,2"], /did you mean 'knockout' by 'Knock-outs'/],
    ["a capital letter", ["e,Knockout,G1,G2", "wt,1,1,2", "a,1,1,2", "b,1,1,2"], /write 'knockout'/],
    ["a target in another case", [...good.slice(0, 3), "b,g2,1,1"], /knockout 'g2'[\s\S]*did you mean 'G2'/],
    ["too few rows", good.slice(0, 3), /2 experiments; at least 3/],
    ["one variable", ["e,knockout,G1", "wt,,1", "a,,1", "b,,1"], /1 variables; at least 2/],
    ["an empty column", ["e,knockout,G1,G2", "wt,,1,", "a,,1,NA", "b,,1,"], /column 'G2' has no number/],
    ["a share beyond one", ["e,knockdown,G1,G2", "wt,,1,1", "a,G1:1.5,1,1", "b,,1,2"], /must be above 0 and at most 1/],
    ["an amount for a knockout", [...good.slice(0, 3), "b,G2:0.5,2,1"], /a partial loss is a knockdown/],
    ["a clamp without a value", ["e,clamp,G1,G2", "wt,,1,1", "a,G1,1,1", "b,,1,2"], /write G1:VALUE/],
    ["no column of names", ["knockout,G1,G2", ",1,2", "G1,0,3", "G2,2,1"], /the first column is 'knockout'/],
    [
      "a column of times",
      ["e,knockout,time_h,G1,G2", "wt,,0,1,2", "a,G1,1,1,2", "b,,2,1,2"],
      /time courses are not read[\s\S]*'project'/,
    ],
    [
      "a yes for a name",
      ["e,knockout,G1,G2", "wt,0,1,2", "a,1,0,2", "b,0,1,2"],
      /data\.csv:2: knockout '0'[\s\S]*write the gene's name/,
    ],
    ["one name, two interventions", [...good, "a,G2,1,1"], /data\.csv:5: experiment 'a'.*line 3/],
    [
      "a column of words",
      ["e,knockout,medium,G1,G2", "wt,,M9,1,2", "a,G1,M9,1,2", "b,,LB,1,2"],
      /got 'M9'[\s\S]*only describe/,
    ],
    ["an experiment without a number", [...good, "c,G1,,"], /data\.csv:5: experiment 'c' has no number/],
    ["another encoding", [...good, "c\uFFFD,G1,1,1"], /no text in UTF-8[\s\S]*save it anew/],
    ["an empty file", ["  "], /the file is empty/],
    ["a row too short", [...good.slice(0, 3), "b,G2,1"], /expected 4 cells/],
  ])("%s is named with its line and a cure", (_, lines, message) => {
    expect(complaint(lines)).toMatch(message);
  });
});

test("edges: signs in words or symbols, anything else is named", () => {
  const text = "Source;Target;Sign\nA;B;+\nB;C;represses\nC;A;\nA;C;-1\nB;A;0.7\nC;B;->\n";
  expect(parseEdges(text, "g.csv").map(({ sign }) => sign)).toEqual([1, -1, 0, -1, 1, 1]);
  const twice = edgesOnTable(parseEdges("source,target,sign\nA,B,+\nA,B,-\n", "g.csv"), ["A", "B"]);
  expect([...twice.matrix]).toEqual([0, 0, 0.5, 0]);
  expect(() => parseEdges("source,target,sign\nA,B,up\n", "g.csv")).toThrow("expected +, - or ?, got 'up'");
});

describe("predictors on a user's experiments", () => {
  const random = seededRandom(3);
  const names = ["A", "B", "C", "D", "E", "F"];
  const effect = names.map((_, i) => names.map((_name, v) => (v === i ? -5 : random.normal())));
  const noisy = (value: number) => (value + 0.01 * random.normal()).toFixed(4);
  const row = (name: string, lostOnes: number[]) =>
    [
      name,
      lostOnes.map((i) => names[i]).join("+"),
      ...names.map((_, v) => noisy(5 + lostOnes.reduce((s, i) => s + (effect[i]?.[v] ?? 0), 0))),
    ].join(",");
  const rows = [
    row("wt", []),
    ...names.map((name, i) => row(name, [i])),
    row("AB", [0, 1]),
    row("CD", [2, 3]),
    row("EF", [4, 5]),
  ];
  const experiments = parse([`e,knockout,${names.join(",")}`, ...rows]);

  test("where effects add up, adding them wins on double knockouts, and intervals hold what they promise", async () => {
    const leftOut = await leaveOnePerturbationOut(experiments, edgesOnTable([], names), PLAIN_PREDICTORS);
    expect(leftOut.length).toBe(9);
    const doubles = leftOut.filter(({ condition }) => condition.interventions.length === 2);
    const table = compare(doubles, PLAIN_PREDICTORS, 1);
    expect(table[winner(table)]?.name).toBe("known effects added up");
    expect(table[winner(table)]?.mse.estimate).toBeLessThan(0.01);
    const none = table[0];
    expect(none?.sign).toBe(0.5);
    expect(none?.calibration[2]).toBeGreaterThan(none?.calibration[0] ?? 0);
  });

  test("of many sets of interventions several are left out together, each once", async () => {
    const many = Array.from({ length: 90 }, (_, i) => row(`x${i}`, [i % 6]).replace(/,[A-F],/, `,X${i},`));
    const table = parse([`e,knockout,${names.join(",")}`, row("wt", []), ...many]);
    const shares: number[] = [];
    const plain = PLAIN_PREDICTORS.slice(0, 1);
    const leftOut = await leaveOnePerturbationOut(table, edgesOnTable([], names), plain, (share) => shares.push(share));
    expect(shares).toHaveLength(18);
    expect(new Set(leftOut.map(({ condition }) => condition.interventions[0]?.target)).size).toBe(90);
  });

  test("the knocked-out variable itself is no part of the score", async () => {
    const leftOut = await leaveOnePerturbationOut(experiments, edgesOnTable([], names), PLAIN_PREDICTORS.slice(0, 1));
    expect(leftOut[0]?.measured[0]).toBeNaN();
    expect(leftOut[0]?.measured[1]).toBeCloseTo(effect[0]?.[1] ?? 0, 1);
  });
});
