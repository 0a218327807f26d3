import { expect, test } from "vitest";
import { CellweaveError } from "../../../../src/errors.ts";
import { doubtsOf } from "../../../../src/scenario/experiments/doubts.ts";
import { parseExperiments } from "../../../../src/scenario/experiments/read-table.ts";

const HEADER = "e,project,knockout,inhibition,A,B,C,D,E";
const CONTROL = "wt,p,,,1,1.2,1,1,1";
const read = (rows: readonly string[], header = HEADER) =>
  parseExperiments([header, CONTROL, ...rows].join("\n"), "data.csv");
const doubts = (rows: readonly string[], header?: string) => doubtsOf(read(rows, header), new Set(["R"]));

test("a table without doubts has none", () => {
  expect(doubts(["a,p,A,,0,1,2,1,1", "b,p,B+R,,1,0,1,2,2"])).toEqual([]);
});

test("genes joined by something else than + are told how to be joined", () => {
  const found = doubts(["a,p,A/R,,0,1,2,1,1", "b,p,A B,,1,0,1,2,2", "c,p,a7,,1,0,1,2,2"]);
  expect(found).toHaveLength(3);
  expect(found[0]).toContain("'A/R' is no variable of the table");
  expect(found[0]).toContain("(write A+R if each was acted on)");
  expect(found[1]).toContain("(write A+B if each was acted on)");
  expect(found[2]).not.toContain("write");
});

test("of many unknown targets five are named", () => {
  const found = doubts(Array.from({ length: 8 }, (_, i) => `s${i},p,u${i},,1,1.2,1,1,1`));
  expect(found).toHaveLength(6);
  expect(found[5]).toBe("and 3 more targets that are no variables and have no edge in the graph");
});

test("dates where genes were, logarithms, one variable's scale and projects without control are said", () => {
  const rows = ["a,p,A,,0,1,2,1,1", "b,p,B,,1,0,1,2,2"];
  expect(doubts(rows, HEADER.replace("C,D", "1-Mar,Sep-02"))).toEqual([
    expect.stringContaining("1-Mar, Sep-02: did a"),
  ]);
  expect(doubts([...rows, "c,p,C,,1,1,-2,1,1"])).toEqual([expect.stringContaining("negative values in C: ")]);
  expect(doubts([...rows, "c,p,C,,1,1,0,1,4e5"])).toEqual([
    expect.stringContaining("'E' alone is 100 % of the variance"),
  ]);
  expect(doubts([...rows, "c,q,C,,1,1,0,1,1"])).toEqual([expect.stringContaining("no control in project 'q'")]);
});

test("words for a control are controls, unless they name a variable", () => {
  const words = ["DMSO", "vehicle", "untreated", "mock", "ctrl", "wild-type"];
  const rows = words.map((word, i) => `${word},p${i},,${word},1,1,1,1,1`);
  expect(read(rows).conditions.every(({ interventions }) => interventions.length === 0)).toBe(true);
  const { conditions } = read(["a,p,mock,,1,1,1,1,1", "b,p,B,,1,0,1,2,2"], HEADER.replace("E", "mock"));
  expect(conditions[1]?.interventions).toEqual([{ kind: "knockout", target: "mock", amount: 1 }]);
});

test("a share written as people write it is refused with how to write it", () => {
  const hintOf = (cell: string): string | undefined => {
    try {
      read([`a,p,,${cell},1,1,1,1,1`, "b,p,B,,1,0,1,2,2"]);
    } catch (error) {
      if (error instanceof CellweaveError) return error.hint;
    }
    return "not refused";
  };
  expect(hintOf("A:50%")).toBe("write 0.5");
  expect(hintOf('"A:0,5"')).toBe("write a point for the decimal, not a comma");
});
