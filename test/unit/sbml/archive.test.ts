import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { modelOfArchive } from "../../../src/sbml/archive-node.ts";
import { zipEntries } from "../../../src/sbml/zip-node.ts";
import { runCli } from "../../e2e/run-cli.ts";
import { sbml } from "../../support/sbml-text.ts";
import { zipped } from "../../support/zip.ts";

const folder = mkdtempSync(join(tmpdir(), "cellweave-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SBML = "http://identifiers.org/combine.specifications/sbml.level-3.version-1";
const manifest = (contents: readonly [location: string, format: string, master?: boolean][]): string =>
  `<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest">${contents
    .map(
      ([location, format, master]) =>
        `<content location="${location}" format="${format}"${master ? ' master="true"' : ""}/>`,
    )
    .join("")}</omexManifest>`;
const model = (value: number): string =>
  sbml(`<listOfParameters><parameter id="k" value="${value}" constant="true"/></listOfParameters>`);
const archive = (files: Record<string, string>, deflate = true): Buffer =>
  zipped(new Map(Object.entries(files)), deflate);

describe("a COMBINE archive", () => {
  test.each([true, false])("gives its master model (deflated: %s), and its neighbours", (deflate) => {
    const contents = manifest([
      [".", "http://identifiers.org/combine.specifications/omex"],
      ["./models/a.xml", SBML, true],
      ["./models/b.xml", SBML],
    ]);
    const bytes = archive({ "manifest.xml": contents, "models/a.xml": model(1), "models/b.xml": model(2) }, deflate);
    const { name, text, external } = modelOfArchive("x.omex", bytes, 1e6);
    expect([name, text]).toEqual(["models/a.xml", model(1)]);
    expect([external("b.xml"), external("./b.xml"), external("../../etc/passwd")]).toEqual([
      model(2),
      model(2),
      undefined,
    ]);
  });

  test("needs a master only where there are several models", () => {
    const two = manifest([
      ["a.xml", SBML],
      ["b.xml", SBML],
      ["s.sedml", "http://identifiers.org/combine.specifications/sed-ml", true],
    ]);
    expect(() => modelOfArchive("x.omex", archive({ "manifest.xml": two, "a.xml": "", "b.xml": "" }), 1e6)).toThrow(
      "The archive holds several models and none is the master: 'a.xml', 'b.xml'",
    );
    expect(modelOfArchive("x.zip", archive({ "a.xml": model(1), "notes.txt": "" }), 1e6).name).toBe("a.xml");
  });

  test("is refused where it is damaged, too large or leads out", () => {
    expect(() => modelOfArchive("x.zip", archive({ "a.xml": model(1) }), 10)).toThrow(
      "Cannot read the archive: 'a.xml'",
    );
    expect(() => zipEntries("x.zip", archive({ "../a.xml": "" }))).toThrow("'../a.xml' leads out of it");
    expect(() => zipEntries("x.zip", archive({ "/etc/a.xml": "" }))).toThrow("leads out of it");
    const bytes = archive({ "a.xml": model(1) });
    expect(() => zipEntries("x.zip", bytes.subarray(0, 60))).toThrow("it has no directory");
    for (let k = 0; k < bytes.length; k += 3) {
      const broken = Buffer.from(bytes);
      broken[k] = (broken[k] ?? 0) ^ 0xff;
      try {
        modelOfArchive("x.zip", broken, 1e6);
      } catch (error) {
        expect((error as Error).name).toBe("CellweaveError");
      }
    }
  });

  test("is read by the commands that take a model", { timeout: 60_000 }, async () => {
    const file = join(folder, "m.omex");
    writeFileSync(file, archive({ "manifest.xml": manifest([["m.xml", SBML]]), "m.xml": model(3) }));
    expect((await runCli("info", file)).out).toContain("parameters");
    expect((await runCli("convert", file, "-o", "-")).out).toContain('<parameter id="k" value="3"');
  });
});
