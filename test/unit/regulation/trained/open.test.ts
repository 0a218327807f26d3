import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { CellweaveError } from "../../../../src/errors.ts";
import { createOutputs, referenceInputs } from "../../../../src/regulation/regulator.ts";
import { openRegulator } from "../../../../src/regulation/trained/open-node.ts";

const TINY = fileURLToPath(new URL("../../../support/tiny-regulator/", import.meta.url));
const ECOLI = fileURLToPath(new URL("../../../../models/ecoli/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cellweave-regulator-"));
afterAll(() => rmSync(folder, { recursive: true }));

const card = (): Record<string, unknown> => JSON.parse(readFileSync(join(TINY, "regulator.card.json"), "utf8"));
const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));
const failure = async (path: string): Promise<CellweaveError> => {
  try {
    (await openRegulator(path)).regulator.dispose();
  } catch (error) {
    if (error instanceof CellweaveError) return error;
    throw error;
  }
  throw new Error("expected a CellweaveError");
};

describe("a regulator from an ONNX file", () => {
  test("answers with the numbers of its graph", async () => {
    const { regulator } = await openRegulator(TINY);
    const inputs = referenceInputs(regulator);
    const outputs = createOutputs(regulator);
    inputs.environment.set([-0.5, 0.25, 0]);
    inputs.effector.set([2, 8]);
    inputs.effectorKnown.set([1, 0]);
    inputs.perturbation.set([-1, 0, 0.5]);
    await regulator.predict(inputs, outputs);
    // -0.5 + 2 x 0.5 + (-1 + 0.25) x 2 and 2 x 0.25 + 0 + 0.25 x -1
    expect([...outputs.activityChange]).toEqual([-1, 0.25]);
    expect([...outputs.log2Expression]).toEqual([-0.625, 0.25]);
    expect(regulator.names.expression).toEqual(["b0001", "b0002"]);
    regulator.dispose();
  });

  test("gives the same bits again", async () => {
    const { regulator } = await openRegulator(ECOLI);
    const inputs = referenceInputs(regulator);
    inputs.perturbation[3] = -1;
    inputs.environment[1] = 0.37;
    const [first, second] = [createOutputs(regulator), createOutputs(regulator)];
    await regulator.predict(inputs, first);
    await regulator.predict(inputs, second);
    expect(second).toEqual(first);
    regulator.dispose();
  });

  test("a missing file, a wrong hash, a broken card and a broken model each say what to do", async () => {
    write("a.card.json", { ...card(), file: "none.onnx" });
    const missing = await failure(join(folder, "a.card.json"));
    expect(missing.code).toBe("regulator/not-found");
    expect(missing.hint).toContain("--regulator ridge");

    copyFileSync(join(TINY, "regulator.onnx"), join(folder, "b.onnx"));
    write("b.card.json", { ...card(), file: "b.onnx", sha256: "0".repeat(64) });
    const hash = await failure(join(folder, "b.card.json"));
    expect(hash.code).toBe("regulator/hash");
    expect(hash.format()).toContain("file and card belong together");

    const { reference: _, ...incomplete } = card();
    write("c.card.json", incomplete);
    expect((await failure(join(folder, "c.card.json"))).message).toMatch(/not a model card.*reference/);

    writeFileSync(join(folder, "d.onnx"), "no model");
    const { sha256: __, ...unsigned } = card();
    write("d.card.json", { ...unsigned, file: "d.onnx" });
    expect((await failure(join(folder, "d.card.json"))).code).toBe("onnx/load");

    expect((await failure(join(folder, "nowhere.card.json"))).code).toBe("regulator/not-found");
  });

  test("a card that does not fit its model is refused", async () => {
    const wide = card() as { outputs: { columns: string[] }[]; reference: { activity: number[] } };
    wide.outputs[0]?.columns.push("A3");
    wide.reference.activity.push(0);
    copyFileSync(join(TINY, "regulator.onnx"), join(folder, "e.onnx"));
    write("e.card.json", { ...wide, file: "e.onnx" });
    const { regulator } = await openRegulator(join(folder, "e.card.json"));
    const run = async () => regulator.predict(referenceInputs(regulator), createOutputs(regulator));
    await expect(run()).rejects.toThrow(CellweaveError);
    regulator.dispose();
  });
});

describe("the shipped regulators", () => {
  test("the reference state is a fixed point of both", async () => {
    for (const path of [ECOLI, join(ECOLI, "ridge.json")]) {
      const { regulator } = await openRegulator(path);
      const outputs = createOutputs(regulator);
      await regulator.predict(referenceInputs(regulator), outputs);
      expect(Math.max(...outputs.activityChange.map(Math.abs))).toBeLessThan(1e-6);
      expect(regulator.names.expression.length).toBe(137);
      regulator.dispose();
    }
  });

  test("a ridge whose weights don't fit is refused with the matrix's name", async () => {
    const ridge = JSON.parse(readFileSync(join(ECOLI, "ridge.json"), "utf8"));
    ridge.weights.W_effector[0][1].pop();
    write("ridge.json", ridge);
    expect((await failure(join(folder, "ridge.json"))).message).toMatch(
      /W_effector, row 0: 144 values for 145 outputs/,
    );
  });
});
