import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const MODEL = "sbml/ecoli-core.xml";
const folder = mkdtempSync(join(tmpdir(), "cellweave-fba-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("cellweave fba", () => {
  test("prints growth and fluxes, and what a knockout closes", async () => {
    const { code, out, err } = await runCli("fba", MODEL, "--knockout", "b0114");
    expect(code).toBe(0);
    expect(err).toContain("closed: PDH");
    expect(out).toContain("BIOMASS_Ecoli_core_w_GAM = 0.7967");
    expect(out).toMatch(/EX_for_e +7\.7431 +0 \.\. 1000/);
    expect(out).not.toContain("EX_ac_e");
  });

  test("reads gzip, takes bounds, gives JSON", async () => {
    const zipped = join(folder, "core.xml.gz");
    writeFileSync(zipped, gzipSync(readFileSync(MODEL)));
    const { code, out } = await runCli("fba", zipped, "--bound", "EX_o2_e=0:", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ status: "optimal", objective: expect.closeTo(0.21166295, 8) });
  });

  test("writes CSV to a file and to stdout", async () => {
    const file = join(folder, "fluxes.csv");
    await runCli("fba", MODEL, "--csv", file);
    const { out } = await runCli("fba", MODEL, "--csv", "-");
    expect(readFileSync(file, "utf8")).toBe(out);
    expect(out.split("\n")).toHaveLength(97);
  });

  test("--adjust: a mutant near its wild type", async () => {
    const { out, code } = await runCli("fba", MODEL, "--knockout", "pgi", "--adjust", "linear-moma", "--json");
    const moma = JSON.parse(out) as { objective: number; fluxes: Record<string, number>; method: string };
    expect([code, moma.fluxes.PGI]).toEqual([0, 0]);
    const screen = await runCli("knockout", MODEL, "--genes", "pgi", "--method", "linear-moma", "--json", "-q");
    const [strain] = (JSON.parse(screen.out) as { strains: { objective: number }[] }).strains;
    expect(moma.objective).toBeCloseTo(strain?.objective ?? Number.NaN, 9);
    expect((await runCli("fba", MODEL, "--adjust", "moma")).err).toContain("say what the strain lacks");
    expect((await runCli("fba", MODEL, "--adjust", "moma", "--fba")).err).toContain("--fba and --adjust exclude");
  });

  test("--map: fluxes on a map, with what is closed and what is missing", async () => {
    const file = join(folder, "map.svg");
    const map = ["--map", "networks/ecoli-core-map.json", "--map-out", file];
    const { code, err } = await runCli("fba", MODEL, "--knockout", "pgi", ...map);
    expect([code, err]).toEqual([0, `closed: PGI\nwrote ${file}\n`]);
    const drawing = readFileSync(file, "utf8");
    expect(drawing).toContain("PGI ✕");
    expect(drawing).toContain("G6PDH2r 9.82");
    expect((await runCli("fba", MODEL, "--map", "x.json")).err).toContain("--map and --map-out go together");
    expect((await runCli("fba", MODEL, "--map", MODEL, "--map-out", file)).err).toContain("ecoli-core.xml: not JSON");
  });

  test("--then: one flux after the other", async () => {
    const { code, out } = await runCli(
      "fba",
      MODEL,
      "--bound",
      "EX_o2_e=-5:",
      "--then",
      "EX_ac_e:min,EX_etoh_e",
      "--json",
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      objective: expect.closeTo(0.391649, 5),
      goals: [
        { reaction: "EX_ac_e", sense: "minimize", reached: expect.closeTo(12.2311, 3) },
        { reaction: "EX_etoh_e", sense: "maximize", reached: expect.closeTo(1.8164, 3) },
      ],
    });
  });

  test("--prices: shadow prices and reduced costs as JSON and CSV", async () => {
    const { out } = await runCli("fba", MODEL, "--prices", "--json");
    const { shadowPrices, reducedCosts } = JSON.parse(out) as Record<string, Record<string, number>>;
    expect(shadowPrices?.glc__D_e).toBeCloseTo(0.0916647, 6);
    expect(reducedCosts?.EX_glc__D_e).toBeCloseTo(-0.0916647, 6);
    const file = join(folder, "prices.csv");
    await runCli("fba", MODEL, "--prices-csv", file);
    expect(readFileSync(file, "utf8")).toMatch(/^metabolite,name,shadow_price\n[\s\S]*\nglc__D_e,D-glucose,0\.0916/);
    expect((await runCli("fba", MODEL, "--prices", "--csv", "-")).out).toMatch(/EX_glc__D_e,[^\n]*,true,-0\.0916/);
  });

  test("--expression: the genes of a file limit their reactions", async () => {
    const file = join(folder, "expression.csv");
    writeFileSync(file, "gene,wt,pfk\nb3916,1,0.1\npfkB,1,0.1\nb9999,3,3\n");
    const { code, out, err } = await runCli(
      "fba",
      MODEL,
      "--expression",
      file,
      "--sample",
      "pfk",
      "--expression-as",
      "relative",
    );
    expect(code).toBe(0);
    expect(err).toContain("2 of 137 genes have data, 1 reactions are limited; 1 genes of the file aren't in the model");
    expect(out).toMatch(/PFK +1\.4955 +0 \.\. 1\.49548/);
    expect((await runCli("fba", MODEL, "--expression", file)).err).toContain("--sample: wt, pfk");
    const wrong = async (text: string) => {
      writeFileSync(file, text);
      return (await runCli("fba", MODEL, "--expression", file)).err;
    };
    expect(await wrong("gene,wt\nb3916,-1\n")).toContain("expression.csv:2: the expression of 'b3916' is -1");
    expect(await wrong("gene,wt\nb3916,1\npfkA,1\n")).toContain("expression.csv:3: gene 'pfkA' is there twice");
    expect(await wrong("gene,wt\nb3916,high\n")).toContain("expected a number, got 'high'");
    expect(await wrong("gene,wt\nYFG1,1\n")).toContain("none of the 1 genes is in 'ecoli_core'");
  });

  test("--kcat: enzymes share a pool of protein", async () => {
    const file = join(folder, "kcat.csv");
    writeFileSync(file, "reaction,kcat_per_s,mass_kDa\nPFK,100,140\nPGI,500,61.5\n");
    const { out, err } = await runCli("fba", MODEL, "--kcat", file, "--protein-pool", "0.001");
    expect(err).toContain("2 reactions draw on 0.001 g/gDW of protein");
    expect(out).toMatch(/protein_pool_supply +0\.0010 +0 \.\. 0\.001/);
    expect(out).toMatch(/_core_w_GAM = 0\.8[0-6]/);
    expect((await runCli("fba", MODEL, "--kcat", file)).err).toContain("--kcat needs --protein-pool");
  });

  test("an infeasible medium names the bounds and exits with 3", async () => {
    const { code, err } = await runCli("fba", MODEL, "--bound", "EX_glc__D_e=0:");
    expect(code).toBe(3);
    expect(err).toContain("ATPM >= 8.39 (short by 8.39) can't be met with EX_glc__D_e >= 0");
  });

  test.each([
    [["--knockout", "b9114"], "did you mean 'b0114'"],
    [["--knockout", "aceW"], "'aceE'"],
    [["--reaction-knockout", "PGG"], "'PGI'"],
    [["--bound", "EX_glc=0:"], "'EX_glc__D_e'"],
    [["--bound", "EX_glc__D_e"], "expected REACTION=LOWER:UPPER"],
    [["--bound", "PGI=5:1"], "5 is above 1"],
    [["--fba", "--pfba"], "exclude each other"],
    [["--objective", "growth"], "no reaction 'growth'"],
  ])("%s says %s", async (args, message) => {
    const { code, err } = await runCli("fba", MODEL, ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
