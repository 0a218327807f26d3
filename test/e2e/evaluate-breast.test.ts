import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const cells = fileURLToPath(new URL("../../models/breast", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cellweave-evaluate-breast-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** IGF1 with and without inhibitors after an hour, in signals that AKT's inhibitor moves as it does in MCF7. */
function table(line: string, akt = "AKT_pS473"): string {
  const file = join(folder, `${line}.csv`);
  writeFileSync(
    file,
    `TR:${line}:CellLine,TR:IGF1,TR:GSK690693i,TR:PD173074i,DA:ALL,DV:${akt},DV:MEK1_pS217_S221,DV:MAPK_pT202_Y204
1,1,0,0,60,1,1,1
1,1,1,0,60,4,1,1
1,1,0,1,60,1,1,0.9
1,0,0,0,60,1,2,1
1,0,1,0,60,3,1,1.1
`,
  );
  return file;
}

const evaluate = (file: string, ...more: string[]) =>
  runCli("evaluate", "breast-inhibitors", "--data", file, "--bootstrap", "20", ...more);

interface Results {
  readonly lines: readonly { readonly notes: readonly string[] }[];
  readonly rows: readonly { readonly name: string; readonly kind: string; readonly mse: number }[];
}

describe("cellweave evaluate breast-inhibitors on one table", () => {
  test("--cell of several lines: the table's is chosen, and every arm and control has its row", async () => {
    const { code, out } = await evaluate(table("MCF7"), "--cell", cells, "--json", "-");
    expect(code).toBe(0);
    const { rows, lines } = JSON.parse(out) as Results;
    expect(lines[0]?.notes).toEqual([]);
    const of = (name: string) => rows.find((row) => row.name === name)?.mse ?? Number.NaN;
    expect(of("hybrid")).toBeLessThan(0.3 * of("no effect"));
    expect(of("learned")).toBeGreaterThan(0.5 * of("no effect"));
    for (const control of ["hybrid, transformer", "hybrid, random-graph"]) expect(of(control)).toBeGreaterThan(0);
  });

  test("a line that the cell hasn't is refused by name", async () => {
    const { code, err } = await evaluate(table("MCF8"), "--cell", cells);
    expect(code).toBe(2);
    expect(err).toMatch(/has no line 'MCF8'/);
    expect(err).toMatch(/did you mean 'MCF7'/);
  });

  test("without --cell it has no arms and the plain rows that the table allows, and says so", async () => {
    const { code, out, err } = await evaluate(table("UACC812", "AKT_pT308"), "--json", "-");
    expect(code).toBe(0);
    expect(err).toMatch(/no cell of line 'UACC812' ships/);
    expect(err).toMatch(/no row 'ridge on kinase levels, kinase clamped low': no antibody of AKT S473/);
    const plain = (JSON.parse(out) as Results).rows.filter(({ kind }) => kind === "plain");
    expect(plain.map(({ name }) => name)).toEqual(["no effect", "the other inhibitor's mean effect"]);
  });

  test("a cell of another line is told", async () => {
    const { code, err } = await evaluate(table("T47D"), "--cell", join(cells, "MCF7"));
    expect(code).toBe(0);
    expect(err).toMatch(/the cell is of 'MCF7', the table of 'T47D'/);
  });
});
