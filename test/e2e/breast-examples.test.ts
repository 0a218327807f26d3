import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { columnOf, conditionsFigure, readScenario, runScenario } from "../../src/index.ts";

const folder = fileURLToPath(new URL("../../examples/breast/", import.meta.url));
const MINUTE = 60_000;
/** Hours: the drug has worked for two, the ligand comes at 0 (the first kept time after 0 shows it already). */
const BEFORE_LIGAND = -0.1;

/** Level of a variable in each arm of an example, at the first kept time not before an hour. */
async function levels(name: string, id: string, hour: number) {
  const { arms } = await runScenario(await readScenario(`${folder}${name}.scenario.yaml`), { points: 161 });
  return new Map(
    arms.map(({ name: arm, trajectory }) => {
      expect(trajectory.status, trajectory.status.message).toMatchObject({ code: "done" });
      const at = trajectory.times.findIndex((t) => t >= hour - 1e-9);
      return [arm, columnOf(trajectory, id)?.[at] ?? Number.NaN];
    }),
  );
}

test("every breast example has a test here", () => {
  expect(
    readdirSync(folder)
      .filter((name) => name !== "README.md")
      .sort(),
  ).toEqual([
    "akt-inhibitor.scenario.yaml",
    "akt-mek-inhibitors.scenario.yaml",
    "allosteric-akt-inhibitor.scenario.yaml",
    "combination-screen.ts",
    "dose-response.ts",
    "fgfr-inhibitor.scenario.yaml",
    "inhibitors-by-ligand.ts",
    "washout.scenario.yaml",
  ]);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the breast examples", () => {
  test(
    "AKT inhibitor: mechanism and hybrid see AKT's own phosphorylation rise before the ligand, learning alone does not",
    async () => {
      const pakt = await levels("akt-inhibitor", "phospho:AKT_pS473", BEFORE_LIGAND);
      expect(pakt.get("mechanistic")).toBeGreaterThan(3);
      expect(pakt.get("hybrid")).toBeCloseTo(pakt.get("mechanistic") ?? 0, 2);
      expect(pakt.get("learned")).toBeLessThan(1.1);
    },
    MINUTE,
  );

  test(
    "AKT and MEK inhibitors: pERK is at its background",
    async () => {
      const perk = await levels("akt-mek-inhibitors", "phospho:MAPK_pT202_Y204", 2);
      expect(perk.get("hybrid")).toBeLessThan(0.8);
    },
    MINUTE,
  );

  test(
    "FGFR inhibitor: pERK of starved BT549 falls",
    async () => {
      const perk = await levels("fgfr-inhibitor", "phospho:MAPK_pT202_Y204", -0.5);
      expect(perk.get("hybrid")).toBeLessThan(0.6);
    },
    MINUTE,
  );

  test(
    "allosteric inhibitor: AKT's own phosphorylation falls",
    async () => {
      const pakt = await levels("allosteric-akt-inhibitor", "phospho:AKT_pS473", BEFORE_LIGAND);
      expect(pakt.get("hybrid")).toBeLessThan(0.5);
    },
    MINUTE,
  );

  test(
    "washout: AKT is more active just after the inhibitor has left than before it came",
    async () => {
      const active = "species:active_AKT";
      const after = await levels("washout", active, 4.05);
      const before = await levels("washout", active, 0.9);
      expect(after.get("hybrid")).toBeGreaterThan(1.3 * (before.get("hybrid") ?? 0));
    },
    MINUTE,
  );

  test(
    "inhibitors by ligand: AKT's raises pAKT under all, MEK's takes pERK under all, FGFR's does so under FGF1 alone",
    async () => {
      const lines: string[] = [];
      vi.spyOn(console, "log").mockImplementation((line: string) => {
        lines.push(line);
      });
      await import(`${folder}inhibitors-by-ligand.ts`);
      const rows = lines.slice(1).map((line) => line.trim().split(/ +/));
      expect(rows).toHaveLength(21);
      for (const [ligand, inhibited, ...changes] of rows) {
        const [akt = 0, pras40 = 0, erk = 0] = changes.map(Number);
        if (inhibited === "FGFR") expect(erk < -0.5).toBe(ligand === "FGF1");
        else expect([akt > 1, pras40 < -0.2, erk < -2]).toEqual([true, true, inhibited === "AKT+MEK"]);
      }
    },
    MINUTE,
  );

  test(
    "runs that differ in a condition are a figure: a row each, a panel an observable, three arms in every panel",
    async () => {
      const names = ["akt-inhibitor", "allosteric-akt-inhibitor"];
      const rows = [];
      for (const label of names)
        rows.push({ label, result: await runScenario(await readScenario(`${folder}${label}.scenario.yaml`)) });
      const { svg, name } = conditionsFigure(rows.reverse(), "Two AKT inhibitors", "then IGF1");
      const count = (text: string) => svg.split(text).length - 1;
      expect(name).toBe("two-akt-inhibitors");
      expect(count('class="panel"')).toBe(2 * 4);
      for (const arm of ["mechanistic", "learned", "hybrid"])
        expect(count(`<path class="line arm-${arm}"`), arm).toBe(2 * 4);
      const ranges = [...svg.matchAll(/data-variable="phospho:AKT_pS473"[^>]*data-range="([^"]*)"/g)].map((m) => m[1]);
      expect(ranges).toHaveLength(2);
      expect(ranges[0]).toBe(ranges[1]);
      for (const label of names) expect(svg).toContain(label);
    },
    MINUTE,
  );

  test(
    "dose response: more inhibitor leaves less on S6 and PRAS40 and puts more on AKT",
    async () => {
      const lines: string[] = [];
      vi.spyOn(console, "log").mockImplementation((line: string) => {
        lines.push(line);
      });
      await import(`${folder}dose-response.ts`);
      const rows = lines.slice(1).map((line) => line.trim().split(/ +/).map(Number));
      expect(rows.map(([dose]) => dose)).toEqual([0, 4, 16, 64, 256, 1024, 4096]);
      for (const [i, [, akt = 0, pras40 = 0, s6 = 0]] of rows.entries()) {
        const [, aktBefore = 0, pras40Before = 9, s6Before = 9] = rows[i - 1] ?? [];
        expect(akt).toBeGreaterThan(aktBefore);
        expect(pras40).toBeLessThan(pras40Before);
        expect(s6).toBeLessThan(s6Before);
      }
      expect(rows.at(-1)?.[3]).toBeLessThan(0.5 * (rows[0]?.[3] ?? 0));
    },
    MINUTE,
  );

  test(
    "combination screen: both inhibitors together do more to S6 in BT20 than Bliss or Loewe expect",
    async () => {
      const lines: string[] = [];
      vi.spyOn(console, "log").mockImplementation((line: string) => {
        lines.push(line);
      });
      await import(`${folder}combination-screen.ts`);
      const [, , bliss = 0, low = 0, , loewe = 0] = (lines.at(-1)?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
      expect(lines).toHaveLength(10);
      expect(bliss).toBeGreaterThan(0.02);
      expect(low).toBeGreaterThan(0);
      expect(loewe).toBeGreaterThan(0.02);
    },
    3 * MINUTE,
  );
});
