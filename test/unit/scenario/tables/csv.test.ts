import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../../src/scenario/tables/csv.ts";

describe("parseCsv", () => {
  test("reads quoted cells, doubled quotes, line ends in cells and the line of each row", () => {
    const table = parseCsv('\uFEFFtime,note\r\n0,"a, ""b""\nc"\r\n1,d', "x.csv");
    expect(table.header).toEqual(["time", "note"]);
    expect(table.rows).toEqual([
      { line: 2, cells: ["0", 'a, "b"\nc'] },
      { line: 4, cells: ["1", "d"] },
    ]);
  });

  test("a last cell may be empty, with or without a line end after it", () => {
    expect(parseCsv("a,b\n1,\n", "x.csv").rows).toEqual([{ line: 2, cells: ["1", ""] }]);
    expect(parseCsv("a,b\n1,", "x.csv").rows).toEqual([{ line: 2, cells: ["1", ""] }]);
  });

  test("names the line of a row that is too short and of an open quote", () => {
    expect(() => parseCsv("a,b\n1,2\n3\n", "x.csv")).toThrow("expected 2 cells as in the header, got 1");
    expect(() => parseCsv('a,b\n1,"2\n', "x.csv")).toThrow("a quote is not closed");
  });
});
