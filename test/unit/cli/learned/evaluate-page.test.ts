import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { withPage, writePlot } from "../../../../src/cli/learned/evaluate-page.ts";

const folder = mkdtempSync(join(tmpdir(), "cellweave-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a page has what the evaluation said and drew; stdout says it too", async () => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const file = join(folder, "page.html");
  const svg = "<svg><title>drawn</title></svg>";
  const code = await withPage(file, "a benchmark", { out, err }, async (streams) => {
    streams.out.write("## Rows\n\n| a |\n| --- |\n| 1 |\n");
    await writePlot(undefined, async () => ({ name: "x", title: "x", caption: "What is seen.", svg }), streams);
    return 0;
  });
  expect(code).toBe(0);
  expect(String(out.read())).toBe("## Rows\n\n| a |\n| --- |\n| 1 |\n");
  expect(String(err.read())).toBe(`wrote ${file}\n`);
  const page = readFileSync(file, "utf8");
  for (const part of ["<h2>Rows</h2>", "<td>1</td>", svg, "What is seen."]) expect(page).toContain(part);
});
