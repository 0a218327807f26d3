import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { zipped } from "../support/zip.ts";
import { runCli } from "./run-cli.ts";

const MODEL = "sbml/ecoli-core.xml";
const folder = mkdtempSync(join(tmpdir(), "cellweave-flux-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("verbs on a constraint-based model", () => {
  test("envelope: growth falls as acetate is forced out", async () => {
    const { code, out } = await runCli("envelope", MODEL, "EX_ac_e", "--points", "4");
    expect(code).toBe(0);
    expect(out).toMatch(/6\.6667 +0\.0000 +0\.7211/);
    const drawn = join(folder, "envelope.svg");
    await runCli("envelope", MODEL, "EX_ac_e", "--points", "4", "--figure", drawn);
    expect(readFileSync(drawn, "utf8")).toContain("Production envelope of EX_ac_e");
    const unknown = await runCli("envelope", MODEL, "EX_ac");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("'EX_ac_e'")]);
  });

  test("medium: the fewest nutrients, and none for a growth out of reach", async () => {
    const { out } = await runCli("medium", MODEL, "--fewest", "--json");
    expect(Object.keys(JSON.parse(out).uptake)).toEqual(["EX_glc__D_e", "EX_nh4_e", "EX_pi_e"]);
    const { code, err } = await runCli("medium", MODEL, "--growth", "5");
    expect([code, err]).toEqual([3, expect.stringContaining("no medium within the bounds")]);
  });

  test("--medium: uptakes given one by one, or the table of a medium", async () => {
    const given = await runCli("fba", MODEL, "--medium", "EX_fru_e=8,EX_o2_e=15,EX_nh4_e=inf,EX_pi_e=1000");
    expect(given.out).toContain("BIOMASS_Ecoli_core_w_GAM = 0.6260");
    const file = join(folder, "medium.csv");
    await runCli("medium", MODEL, "--growth", "0.3", "--csv", file);
    expect((await runCli("fba", MODEL, "--medium", file)).out).toContain("BIOMASS_Ecoli_core_w_GAM = 0.3000");
    const wrong = await runCli("fba", MODEL, "--medium", "EX_fru_e:8");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("expected EXCHANGE=UPTAKE or a CSV file")]);
  });

  test("network: what is amiss", async () => {
    const { out } = await runCli("network", MODEL);
    expect(out).toContain("Unbalanced reactions (what one turn makes): 0");
    expect(out).toContain("Blocked reactions: 8\n  FRUpts2");
    expect(JSON.parse((await runCli("network", MODEL, "--open-exchanges", "--json")).out).blocked).toEqual([]);
  });

  test("summary: the border with ranges, a metabolite, a reaction", async () => {
    const { out } = await runCli("summary", MODEL, "--fva", "0.95");
    expect(out).toMatch(/glc__D_e +10\.0000 +-10\.0000 +-9\.5\d+ +6 +100\.00% +EX_glc__D_e/);
    const atp = await runCli("summary", MODEL, "--metabolite", "atp_c");
    expect(atp.out).toMatch(/ATPS4r +45\.5140 +66\.58% +adp_c/);
    const found = JSON.parse((await runCli("summary", MODEL, "--reaction", "PFK", "--json")).out);
    expect(found.parts[0].facts).toContain("genes: b1723 or b3916");
    const both = await runCli("summary", MODEL, "--reaction", "PFK", "--metabolite", "atp_c");
    expect([both.code, both.err]).toEqual([2, expect.stringContaining("exclude each other")]);
  });

  test("sample: the same seed, the same samples", async () => {
    const args = ["sample", MODEL, "-n", "3", "--thinning", "5", "--csv", "-", "-q"];
    const [first, second] = [await runCli(...args), await runCli(...args, "--seed", "1")];
    expect(first.out.split("\n")).toHaveLength(5);
    const drawn = join(folder, "samples.svg");
    await runCli(...args, "--figure", drawn);
    expect(readFileSync(drawn, "utf8")).toContain("3 samples; the 45 widest of");
    expect(second.out).toBe(first.out);
    expect((await runCli(...args, "--seed", "2")).out).not.toBe(first.out);
  });

  test("fba of the model in a COMBINE archive", async () => {
    const file = join(folder, "core.omex");
    const format = "http://identifiers.org/combine.specifications/sbml";
    const manifest =
      '<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest">' +
      `<content location="./model.xml" format="${format}" master="true"/></omexManifest>`;
    const files = { "manifest.xml": manifest, "model.xml": readFileSync(MODEL, "utf8") };
    writeFileSync(file, zipped(new Map(Object.entries(files)), true));
    expect((await runCli("fba", file)).out).toContain("BIOMASS_Ecoli_core_w_GAM = 0.8739");
  });

  test("fba --prices: what limits growth", async () => {
    const { out } = await runCli("fba", MODEL, "--prices");
    expect(out).toMatch(/glc__D_e +0\.09166/);
    expect(out).toMatch(/ATPM +-0\.005092/);
  });

  test("COBRA JSON is read like SBML", async () => {
    const file = join(folder, "small.json");
    const reaction = (id: string, metabolites: object, upper: number) => ({
      id,
      metabolites,
      lower_bound: 0,
      upper_bound: upper,
    });
    writeFileSync(
      file,
      JSON.stringify({
        id: "small",
        metabolites: [{ id: "a_c" }],
        genes: [],
        reactions: [reaction("in", { a_c: 1 }, 3), { ...reaction("out", { a_c: -1 }, 9), objective_coefficient: 1 }],
      }),
    );
    const { code, out } = await runCli("fba", file);
    expect([code, out]).toEqual([0, expect.stringContaining("small: out = 3.0000")]);
    writeFileSync(file, "{ 'id': 1 }");
    const broken = await runCli("fba", file);
    expect([broken.code, broken.err]).toEqual([2, expect.stringContaining("not JSON")]);
  });
});
