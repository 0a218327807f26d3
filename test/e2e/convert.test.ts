import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "cellweave-convert-"));
afterAll(() => rmSync(folder, { recursive: true }));
const COMP = "http://www.sbml.org/sbml/level3/version1/comp/version1";

describe("cellweave convert", () => {
  test("writes a file once, replaces it when told to, and leaves nothing aside", async () => {
    const out = join(folder, "model.xml");
    expect(await runCli("convert", "sbml/repressilator.xml", "-o", out)).toMatchObject({ code: 0, out: "" });
    const first = readFileSync(out, "utf8");
    const again = await runCli("convert", out, "-o", out);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("The file is already there [file/exists]")]);
    expect((await runCli("convert", out, "-o", out, "--force")).code).toBe(0);
    expect(readFileSync(out, "utf8")).toBe(first);
    expect(readdirSync(folder)).toEqual(["model.xml"]);
  });

  test("a converted model runs as the one it came from", async () => {
    const out = join(folder, "same.xml");
    await runCli("convert", "sbml/repressilator.xml", "-o", out);
    const [before, after] = await Promise.all(
      ["sbml/repressilator.xml", out].map((file) => runCli("simulate", file, "--t1", "100", "--points", "5")),
    );
    expect(after).toEqual(before);
  });

  test("writes to stdout, and gzipped by name", async () => {
    const { out } = await runCli("convert", "sbml/repressilator.xml", "-o", "-");
    const zipped = join(folder, "model.xml.gz");
    await runCli("convert", "sbml/repressilator.xml", "-o", zipped);
    expect(gunzipSync(readFileSync(zipped)).toString("utf8")).toBe(out);
  });

  test("--flatten leaves no submodel, and every metaid once", async () => {
    const file = join(folder, "composed.xml");
    writeFileSync(
      file,
      `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:comp="${COMP}" level="3" version="1" comp:required="true">
      <model id="top"><comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="inner"/><comp:submodel comp:id="B" comp:modelRef="inner"/></comp:listOfSubmodels></model>
      <comp:listOfModelDefinitions><comp:modelDefinition id="inner"><listOfParameters><parameter id="k" metaid="k1" value="2" constant="true"/></listOfParameters></comp:modelDefinition></comp:listOfModelDefinitions></sbml>`,
    );
    const flat = (await runCli("convert", file, "--flatten", "-o", "-")).out;
    expect(flat).not.toContain("comp");
    expect(flat).toContain('<parameter id="A__k" metaid="k1"');
    expect(flat).toContain('<parameter id="B__k" metaid="k1_2"');
    const kept = (await runCli("convert", file, "-o", "-")).out;
    expect(kept).toContain('<comp:submodel comp:id="A" comp:modelRef="inner"/>');
  });

  test("says what is missing and what cannot be written", async () => {
    expect((await runCli("convert", "sbml/repressilator.xml")).err).toContain("convert: -o is missing");
    const nowhere = await runCli("convert", "sbml/repressilator.xml", "-o", join(folder, "no", "model.xml"));
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining("[file/unwritable]")]);
    expect(existsSync(join(folder, "no"))).toBe(false);
  });
});
