import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Amounts, breastLine } from "../support/breast-line.ts";

const MINUTES = [0, 5, 10, 15, 30, 60, 120, 240];
const AKT_ATP = { GSK690693: 250 };
const AKT_ALLOSTERIC = { MK2206: 250 };
const MEK = { GSK1120212: 100 };

describe.each([
  ["MCF7", { NRG1: 1 }],
  ["BT20", { HGF: 1 }],
])("known biology in %s", (line, ligand: Amounts) => {
  let cell: Awaited<ReturnType<typeof breastLine>>;
  beforeAll(async () => {
    cell = await breastLine(line);
  });
  afterAll(() => cell.dispose());

  const change = async (drugs: Amounts, id: string): Promise<number[]> => {
    const inhibited = (await cell.run(drugs, ligand, MINUTES))(id);
    const base = (await cell.run({}, ligand, MINUTES))(id);
    return MINUTES.map((_, i) => Math.log2((inhibited[i] ?? 0) / (base[i] ?? 1)));
  };

  test("ERK and AKT respond within 5 to 15 minutes and adapt", async () => {
    const of = await cell.run({}, ligand, MINUTES);
    for (const site of ["MAPK_pT202_Y204", "AKT_pS473"]) {
      const x = of(`phospho:${site}`);
      const top = Math.max(...x);
      expect(Math.max(...x.slice(1, 4))).toBeGreaterThan(1 + 0.8 * (top - 1));
      expect(top).toBeGreaterThan(1.5);
      expect((x.at(-1) ?? top) - 1).toBeLessThan(0.75 * (top - 1));
    }
  });

  test("a MEK inhibitor abolishes ERK's phosphorylation and, by relief of feedback, raises MEK's", async () => {
    const of = await cell.run(MEK, ligand, MINUTES);
    const untreated = await cell.run({}, ligand, MINUTES);
    expect(Math.max(...of("species:ERK"))).toBeLessThan(0.03 * Math.max(...untreated("species:ERK")));
    expect(Math.max(...(await change(MEK, "phospho:MEK1_pS217_S221")))).toBeGreaterThan(0.2);
    expect(Math.max(...(await change(MEK, "phospho:MAPK_pT202_Y204")))).toBeLessThan(-0.5);
  });

  test("an ATP-competitive AKT inhibitor lowers AKT's substrates and S6, and raises AKT's own phosphorylation", async () => {
    for (const site of ["PRAS40_pT246", "GSK3-alpha-beta_pS9", "S6_pS240_S244", "p70S6K_pT389"])
      expect(Math.max(...(await change(AKT_ATP, `phospho:${site}`))), site).toBeLessThan(0);
    for (const site of ["AKT_pS473", "AKT_pT308"])
      expect(Math.min(...(await change(AKT_ATP, `phospho:${site}`))), site).toBeGreaterThan(0.3);
  });

  test("an allosteric AKT inhibitor lowers both", async () => {
    for (const site of ["PRAS40_pT246", "GSK3-alpha-beta_pS9", "AKT_pS473"])
      expect(Math.max(...(await change(AKT_ALLOSTERIC, `phospho:${site}`))), site).toBeLessThan(0);
  });

  test("AKT is more active for a while after an ATP-competitive inhibitor has left", async () => {
    const active = "species:active_AKT";
    const untreated = (await cell.run({}, {}, MINUTES))(active);
    const after = (await cell.run(AKT_ATP, { GSK690693: 0 }, MINUTES))(active);
    expect(after[1]).toBeGreaterThan(1.5 * (untreated[1] ?? 0));
    expect((after.at(-1) ?? 0) / (untreated.at(-1) ?? 1)).toBeCloseTo(1, 1);
  });

  test("more inhibitor, less AKT activity", async () => {
    const doses = [0, 10, 100, 1000, 10_000];
    const rest: number[] = [];
    for (const GSK690693 of doses)
      rest.push((await cell.run({ GSK690693 }, {}, [0, 1]))("species:active_AKT")[0] ?? Number.NaN);
    for (let i = 1; i < rest.length; i++) expect(rest[i]).toBeLessThan(rest[i - 1] ?? 0);
  });
});
