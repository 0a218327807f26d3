import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulate } from "../../src/pathway/run/simulate.ts";
import { readSbml } from "../../src/sbml/read.ts";

const FOLDER = `${process.env.CELLWEAVE_DATA ?? "../shared/data"}/biomodels`;
const there = existsSync(FOLDER);
if (!there) process.stderr.write(`SKIPPED: BioModels, no data at ${FOLDER} (set CELLWEAVE_DATA)\n`);

const read = (path: string) => readSbml(readFileSync(path, "utf8"), { file: path });

describe.skipIf(!there)("BioModels", () => {
  test.each(there ? readdirSync(FOLDER) : [])("%s is read and simulated", (file) => {
    const { status, columns } = simulate(read(`${FOLDER}/${file}`), {
      t1: 100,
      points: 3,
      maxSteps: 50_000,
    });
    expect(status).toEqual({ ok: true });
    for (const { kind, values } of columns.values())
      if (kind === "species") expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe("the repressilator", () => {
  const ours = simulate(read("sbml/repressilator.xml"), { t1: 1000, points: 2001, rtol: 1e-9, atol: 1e-9 });
  const TetR = ours.columns.get("TetR")?.values ?? new Float64Array(0);

  test("oscillates with the period its notes state, 125 minutes", () => {
    const peaks: number[] = [];
    for (let i = 1; i + 1 < TetR.length; i++)
      if ((TetR[i] ?? 0) > (TetR[i - 1] ?? 0) && (TetR[i] ?? 0) >= (TetR[i + 1] ?? 0)) peaks.push(ours.times[i] ?? 0);
    expect(peaks.length).toBeGreaterThanOrEqual(5);
    const period = ((peaks.at(-1) ?? 0) - (peaks.at(-3) ?? 0)) / 2;
    expect(Math.abs(period - 125)).toBeLessThan(1);
  });

  test.skipIf(!there)("agrees with the curated BioModels entry", () => {
    const theirs = simulate(read(`${FOLDER}/BIOMD0000000012.xml`), { t1: 1000, points: 2001, rtol: 1e-9, atol: 1e-9 });
    const pairs = [
      ["lacI_mRNA", "X"],
      ["tetR_mRNA", "Y"],
      ["cI_mRNA", "Z"],
      ["LacI", "PX"],
      ["TetR", "PY"],
      ["CI", "PZ"],
    ] as const;
    for (const [a, b] of pairs) {
      const [mine, curated] = [ours.columns.get(a)?.values, theirs.columns.get(b)?.values];
      mine?.forEach((value, i) => {
        expect(Math.abs(value - (curated?.[i] ?? Number.NaN))).toBeLessThan(1e-4 * (1 + value));
      });
    }
  });
});
