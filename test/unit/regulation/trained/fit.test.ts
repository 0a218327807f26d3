import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRegulator } from "../../../../src/regulation/trained/open-node.ts";

const shipped = fileURLToPath(new URL("../../../../models/ecoli/", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cellweave-fit-"));
  for (const name of ["conditions.json", "ridge.json", "plain.json"])
    await writeFile(join(folder, name), await readFile(join(shipped, name)));
});

afterAll(() => rm(folder, { recursive: true }));

async function edit(name: string, by: (data: Record<string, unknown>) => void): Promise<void> {
  const data = JSON.parse(await readFile(join(shipped, name), "utf8"));
  by(data);
  await writeFile(join(folder, name), JSON.stringify(data));
}

test("plain rows and the ridge beside them are of one training, else both are named", async () => {
  await edit("plain.json", (data) => Object.assign(data, { fit: "old" }));
  await edit("ridge.json", (data) => Object.assign(data, { fit: "new", intervals: undefined }));
  await expect(openRegulator(join(folder, "plain.json#stack"))).rejects.toThrow(
    "plain.json is of training old, ridge.json of new",
  );
});

test("intervals are those of the weights beside them", async () => {
  await edit("ridge.json", (data) => {
    data.fit = "new";
    Object.assign(data.intervals as object, { fit: "old" });
  });
  await expect(openRegulator(join(folder, "ridge.json"))).rejects.toThrow(
    'the part "intervals" of ridge.json is of training old, ridge.json of new',
  );
});

test("what is shipped is of one training", async () => {
  const opened = await Promise.all(
    ["ridge.json", "regulator.card.json", "plain.json#stack"].map((name) => openRegulator(join(shipped, name))),
  );
  expect(new Set(opened.map(({ card }) => card.fit)).size).toBe(1);
  for (const { regulator } of opened) regulator.dispose();
});
