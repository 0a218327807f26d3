import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../../src/errors.ts";
import { recordInputs } from "../../../../src/scenario/documents/files.ts";
import { nodeFiles } from "../../../../src/scenario/documents/files-node.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

describe("nodeFiles", () => {
  test("names are relative to the file they stand in, to a script's URL, or to the package", () => {
    expect(nodeFiles.resolve("/a/b/c.yaml", "../d.yaml")).toBe("/a/d.yaml");
    expect(nodeFiles.resolve("file:///a/b/c.ts", "d.yaml")).toBe("/a/b/d.yaml");
    expect(nodeFiles.resolve("/a/b.yaml", "/x/y.yaml")).toBe("/x/y.yaml");
    expect(nodeFiles.resolve("/a/b.yaml", "cellweave:package.json")).toBe(`${root}package.json`);
  });

  test("a missing file is told with the nearest name beside it, a missing folder as such", async () => {
    const failure = async (path: string) => {
      const error = await nodeFiles.read(path).catch((caught: unknown) => caught);
      return error instanceof CellweaveError ? error.format() : "";
    };
    expect(await failure(`${root}pakcage.json`)).toContain("did you mean 'package.json'?");
    expect(await failure(`${root}no-such-folder/a.yaml`)).toContain("no-such-folder' does not exist");
    expect(await failure(root)).toContain("is a folder, not a file");
  });
});

describe("recordInputs", () => {
  test("keeps each file once, with its hash", async () => {
    const inputs = recordInputs({
      resolve: (_base, name) => name,
      read: async () => new TextEncoder().encode("abc"),
    });
    expect(await inputs.text("x", "data")).toBe("abc");
    await inputs.bytes("x", "data");
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(inputs.read).toEqual([{ path: "x", role: "data", sha256 }]);
  });
});
