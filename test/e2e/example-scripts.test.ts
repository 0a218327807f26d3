import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const MINUTES = 60_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs a script and gives the lines it prints. */
async function printed(name: string): Promise<string[]> {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => {
    lines.push(line);
  });
  await import(`${folder}${name}.ts`);
  return lines;
}

/** The numbers in a line, in order. */
function numbers(line: string | undefined): number[] {
  return (line?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}

test("every script among the examples has a test here", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  expect(names).toEqual([
    "01-knockouts.ts",
    "02-aeration-sweep.ts",
    "03-acetate-trap.ts",
    "04-one-pool-two-drains.ts",
    "05-which-regulator.ts",
  ]);
});

describe("the example scripts", () => {
  test(
    "01: a loop over knockouts prints a line a strain",
    async () => {
      const lines = await printed("01-knockouts");
      expect(lines.slice(2).map((line) => line.split(/ {2,}/)[0])).toEqual([
        "wild type",
        "Δpgi",
        "Δpta",
        "ΔsdhA",
        "Δzwf",
      ]);
      const [wild, , pta] = lines.slice(2).map((line) => numbers(line)[0] ?? Number.NaN);
      expect(pta).toBeLessThan(0.2 * (wild ?? 0));
    },
    15 * MINUTES,
  );

  test(
    "02: better aeration, less formate and more biomass",
    async () => {
      const rows = (await printed("02-aeration-sweep")).slice(2).map(numbers);
      expect(rows.map(([kLa]) => kLa)).toEqual([0, 10, 30, 100, 300]);
      const formate = rows.map((row) => row[2] ?? Number.NaN);
      const biomass = rows.map((row) => row[3] ?? Number.NaN);
      expect(formate[0]).toBeGreaterThan(formate[4] ?? 0);
      expect(biomass).toEqual([...biomass].sort((a, b) => a - b));
    },
    15 * MINUTES,
  );

  test(
    "03: a stronger trap leaves less acetate and has trapped more",
    async () => {
      const rows = (await printed("03-acetate-trap")).map(numbers);
      const [none = [], weak = [], strong = []] = rows;
      expect(none[2]).toBe(0);
      expect(weak[1]).toBeLessThan(none[1] ?? 0);
      expect(strong[1]).toBeLessThan(weak[1] ?? 0);
      expect(strong[2]).toBeGreaterThan(weak[2] ?? 0);
    },
    15 * MINUTES,
  );

  test(
    "05: a crp mutant under plain rows and the transformer",
    async () => {
      const rows = (await printed("05-which-regulator")).slice(2);
      expect(rows.map((row) => row.split(" ")[0])).toEqual([
        "no-change",
        "mean",
        "stack",
        "kriging",
        "memory",
        "ridge",
        "transformer",
      ]);
      const [none = [], , ...others] = rows.map(numbers);
      expect(none).toEqual([1, 1, 1, 1]);
      // Crp activates sdhA and ptsG: whatever knows its regulon, or has seen the mutant, lowers both.
      for (const [, sdhA, , ptsG] of others) {
        expect(sdhA).toBeLessThan(0.7);
        expect(ptsG).toBeLessThan(0.7);
      }
    },
    15 * MINUTES,
  );

  test("04: one pool of 1 gives 1, a run ends at T, and the level does not depend on the step", async () => {
    const lines = await printed("04-one-pool-two-drains");
    expect(lines[0]).toContain("failed at 0.5556 h");
    expect(lines[1]).toContain("a 0.500000, b 0.500000");
    expect(lines[1]).toContain("together 1.000000000000");
    expect(lines[2]).toContain("t - T = 0, A - T = 0e+0");
    expect(lines.slice(3).map((line) => line.split("level ")[1])).toEqual(Array(3).fill("1.000000000e-4"));
  });
});
