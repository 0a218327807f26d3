import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const MODEL = "sbml/repressilator.xml";
const folder = mkdtempSync(join(tmpdir(), "cellweave-pathway-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("cellweave steady", () => {
  test("an oscillator has no steady state: exit 3, and the period is told", async () => {
    const { code, out } = await runCli("steady", MODEL);
    expect(code).toBe(3);
    expect(Number(/^oscillates: .* period of ([\d.]+)\n/.exec(out)?.[1])).toBeCloseTo(125, 0);
  });

  test("with weak repression it rests, and JSON carries values and eigenvalues", async () => {
    const { code, out } = await runCli("steady", MODEL, "--set", "n=1", "--json");
    const state = JSON.parse(out) as { status: string; eigenvalues: { re: number }[]; values: { id: string }[] };
    expect([code, state.status]).toEqual([0, "stable"]);
    expect(state.eigenvalues.length).toBe(6);
    expect(Math.max(...state.eigenvalues.map(({ re }) => re))).toBeLessThan(0);
    expect(state.values.map(({ id }) => id)).toContain("LacI");
  });

  test("a mistyped id is a usage error with what was meant", async () => {
    const { code, err } = await runCli("steady", MODEL, "--set", "laci=1");
    expect(code).toBe(2);
    expect(err).toContain("no parameter, species or compartment 'laci'");
    expect(err).toContain("LacI");
  });
});

test.each([
  ["steady", "sbml/ecoli-core.xml"],
  ["sensitivity", "sbml/ecoli-core.xml", "--t1", "1", "-p", "cobra_0_bound"],
  ["scan", "sbml/ecoli-core.xml", "--t1", "1", "--knockout", "R_PFK", "-q"],
])("%s refuses a flux balance model", async (...argv) => {
  const { code, out, err } = await runCli(...argv);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("it is a flux balance model");
});

describe("cellweave sensitivity", () => {
  test("prints scaled sensitivities at the end, or a CSV over time", async () => {
    const table = await runCli("sensitivity", MODEL, "--t1", "10", "-p", "n", "--select", "LacI", "--scaled");
    expect(table.code).toBe(0);
    expect(table.out).toMatch(/at time 10\s+p\/q d\/d\(n\)\n\s+LacI\s+-?[\d.e-]+\n/);
    const csv = await runCli("sensitivity", MODEL, "--t1", "10", "--initial", "LacI", "--points", "3", "--csv", "-");
    const [header, first] = csv.out.split("\n");
    expect(header).toMatch(/^time,lacI_mRNA,.*,d\(LacI\)\/d\(LacI\)/);
    const slope = header?.split(",").indexOf("d(LacI)/d(LacI)") ?? -1;
    expect(Number(first?.split(",")[slope])).toBe(1);
  });

  test("says what is missing", async () => {
    const { code, err } = await runCli("sensitivity", MODEL, "--t1", "10");
    expect(code).toBe(2);
    expect(err).toContain("hint: name --parameters k1,k2 or --initial S1");
  });
});

describe("cellweave scan", () => {
  test("a grid as CSV, Parquet and a map", async () => {
    const [parquet, figure] = ["grid.parquet", "grid.svg"].map((name) => join(folder, name));
    const given = ["-p", "n=1:2:3", "-p", "tetR_mRNA=1:100:3:log", "--select", "LacI", "--t1", "50", "-q"];
    const csv = await runCli("scan", MODEL, ...given);
    const rows = csv.out.trimEnd().split("\n");
    expect([csv.code, rows[0], rows.length]).toEqual([0, "n,tetR_mRNA,LacI", 10]);
    expect(rows[5]).toMatch(/^1\.5,10,/);
    const files = await runCli("scan", MODEL, ...given, "--parquet", parquet ?? "", "--figure", figure ?? "");
    expect(files.code).toBe(0);
    const bytes = readFileSync(parquet ?? "");
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const objects = await parquetReadObjects({ file });
    expect(objects.map((row) => [row.n, row.tetR_mRNA, row.LacI].join(","))).toEqual(rows.slice(1));
    expect(readFileSync(figure ?? "", "utf8")).toContain("LacI at the end of each run");
  });

  test("a malformed range is a usage error", async () => {
    const { code, err } = await runCli("scan", MODEL, "--t1", "1", "-p", "n=1:2");
    expect(code).toBe(2);
    expect(err).toContain("ID=FROM:TO:N[:log]");
  });
});
