import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { csvField, trajectoryCsv } from "../../../src/report/tables/csv.ts";
import { trajectoryParquet } from "../../../src/report/tables/parquet.ts";
import { trajectoryFrom } from "../../support/culture-fixture.ts";
import { reportFixture } from "../../support/report-fixture.ts";

const awkward = Float64Array.of(0.1 + 0.2, -0, 5e-324, 1.7976931348623157e308, 1 / 3);
const arms = [
  {
    name: "mechanistic" as const,
    trajectory: trajectoryFrom(Float64Array.of(0, 0.1, 0.2, 0.3, 0.4), [
      ["biomass", "biomass", awkward],
      ['species:a,"b"', "species", awkward.map((x) => -x)],
    ]),
  },
  {
    name: "hybrid" as const,
    trajectory: trajectoryFrom(Float64Array.of(0, 0.25), [["biomass", "biomass", Float64Array.of(1, Number.NaN)]]),
  },
];

function buffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

describe("trajectory.csv", () => {
  const lines = trajectoryCsv(arms).split("\n");

  test("has arm, time_h and a column a variable; ids are quoted where they must be", () => {
    expect(lines[0]).toBe('arm,time_h,biomass,"species:a,""b"""');
    expect(lines).toHaveLength(1 + 5 + 2 + 1);
    expect(csvField("a\nb")).toBe('"a\nb"');
  });

  test("numbers read back to the same doubles", () => {
    const column = lines.slice(1, 6).map((line) => Number(line.split(",")[2]));
    column.forEach((x, i) => {
      expect(Object.is(x, (awkward[i] ?? 0) + 0)).toBe(true);
    });
  });

  test("minus zero is written as 0", () => {
    expect(lines[2]?.split(",")[2]).toBe("0");
  });

  test("what an arm lacks, and what is no number, is an empty field", () => {
    expect(lines[6]).toBe("hybrid,0,1,");
    expect(lines[7]).toBe("hybrid,0.25,,");
  });
});

test("the wild type of each arm comes first, under a name of its own", () => {
  const lines = trajectoryCsv(reportFixture().arms).trimEnd().split("\n").slice(1);
  const names = [...new Set(lines.map((line) => line.split(",")[0]))];
  expect(names).toEqual([
    "mechanistic:wild-type",
    "learned:wild-type",
    "hybrid:wild-type",
    "mechanistic",
    "learned",
    "hybrid",
  ]);
});

describe("trajectory.parquet", () => {
  test("reads back bit for bit", async () => {
    const rows = await parquetReadObjects({ file: buffer(trajectoryParquet(arms)) });
    expect(rows.map((row) => row.arm)).toEqual([...new Array(5).fill("mechanistic"), "hybrid", "hybrid"]);
    rows.slice(0, 5).forEach((row, i) => {
      expect(Object.is(row.biomass, awkward[i])).toBe(true);
      expect(Object.is(row['species:a,"b"'], -(awkward[i] ?? 0))).toBe(true);
    });
    expect(rows[5]?.['species:a,"b"']).toBeNull();
    expect(rows[6]?.time_h).toBe(0.25);
    expect(rows[6]?.biomass).toBeNaN();
  });

  test("carries units, kinds and owners", () => {
    const metadata = parquetMetadata(buffer(trajectoryParquet(reportFixture().arms)));
    const note = metadata.key_value_metadata?.find(({ key }) => key === "cellweave.columns")?.value ?? "";
    expect(JSON.parse(note)).toContainEqual({
      id: "pool:glc__D_e",
      kind: "pool",
      unit: "mmol/L",
      owner: "ecoli-core",
    });
    expect(metadata.num_rows).toBe(6n * 241n);
  });

  test("says the same as the CSV for a whole run", async () => {
    const input = reportFixture();
    const rows = await parquetReadObjects({ file: buffer(trajectoryParquet(input.arms)) });
    const [head = "", ...lines] = trajectoryCsv(input.arms).trimEnd().split("\n");
    const columns = head.split(",");
    expect(rows).toHaveLength(lines.length);
    for (const i of [0, 240, 241, 800, 1445]) {
      const fields = (lines[i] ?? "").split(",");
      columns.forEach((name, c) => {
        expect(String(rows[i]?.[name] ?? "")).toBe(fields[c]);
      });
    }
  });
});
