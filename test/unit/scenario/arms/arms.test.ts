import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { ArmName } from "../../../../src/scenario/arms/arm.ts";
import { composeArm, disposeArm } from "../../../../src/scenario/arms/arm-cell.ts";
import { armRule } from "../../../../src/scenario/arms/arm-rule.ts";
import { parseCellManifest } from "../../../../src/scenario/cell-manifest.ts";
import { recordInputs } from "../../../../src/scenario/documents/files.ts";
import { nodeFiles } from "../../../../src/scenario/documents/files-node.ts";
import { readCell } from "../../../../src/scenario/world.ts";

const file = fileURLToPath(new URL("../../../../models/ecoli/ecoli.cell.yaml", import.meta.url));
const text = readFileSync(file, "utf8");

const PCK = "expression:b3403";
const SDHA = "expression:b0723";

/** The E. coli cell as an arm composes it: who owns what, what each module reads and takes up. */
async function arm(name: ArmName) {
  const composed = await composeArm(name, await readCell(text, file, recordInputs(nodeFiles), "ridge"), []);
  const gene = (locus: string) => ({ kind: "gene", gene: locus, level: 0, genotype: true }) as const;
  const seen = {
    owner: (id: string) => composed.cell.variables.find((variable) => variable.id === id)?.owner,
    reads: (id: string) => composed.modules.find((module) => module.id === id)?.reads ?? [],
    takers: (locus: string) =>
      composed.modules.filter((module) => module.accepts(gene(locus))).map((module) => module.id),
    repeatability: composed.repeatability,
  };
  disposeArm(composed);
  return seen;
}

const manifest = parseCellManifest(text, file);

describe("the rule of the arms", () => {
  test("hybrid has everything, pathways before the regulator", () => {
    expect(armRule("hybrid", manifest)).toEqual({
      without: [],
      precedence: ["sensing", "metabolism", "regulator"],
      hold: false,
      effectors: true,
    });
  });

  test("learned leaves pathways out and masks effectors; mechanistic holds the regulator", () => {
    expect(armRule("learned", manifest)).toMatchObject({ without: ["sensing"], hold: false, effectors: false });
    expect(armRule("mechanistic", manifest)).toMatchObject({ without: [], hold: true });
  });

  test("a manifest may say otherwise, arm by arm", () => {
    const own = `${text}\narms:\n  learned: { without: [], precedence: [regulator, sensing] }\n`;
    expect(armRule("learned", parseCellManifest(own, file))).toMatchObject({
      without: [],
      precedence: ["regulator", "sensing"],
    });
  });
});

describe("a module name that the manifest does not have", () => {
  test.each(["without", "precedence"])("is refused in %s", (key) => {
    const wrong = `${text}\narms:\n  learned: { ${key}: [sensng] }\n`;
    expect(() => parseCellManifest(wrong, file)).toThrow(`arms.learned.${key}[0]: the cell has no module 'sensng'`);
  });
});

describe("the E. coli cell in three arms", () => {
  test("hybrid: the mechanism answers for what both know, and the prediction is kept beside it", async () => {
    const hybrid = await arm("hybrid");
    expect(hybrid.owner(PCK)).toBe("sensing");
    expect(hybrid.owner(`${PCK}@regulator`)).toBe("regulator");
    expect(hybrid.owner(SDHA)).toBe("regulator");
    expect(hybrid.reads("regulator")).toContain("species:cAMP");
  });

  test("learned: the regulator answers, without the pathway's species", async () => {
    const learned = await arm("learned");
    expect(learned.owner(PCK)).toBe("regulator");
    expect(learned.owner("species:cAMP")).toBeUndefined();
    expect(learned.reads("regulator").filter((id) => id.startsWith("species:"))).toEqual([]);
    expect(learned.owner("flux:PGI")).toBe("metabolism");
  });

  test("the product of every gene that sensing makes is in the cell, so that a genotype starts without it", async () => {
    const { owner } = await arm("mechanistic");
    const made = manifest.spec.modules.flatMap((module) =>
      "pathway" in module ? Object.keys(module.genes ?? {}) : [],
    );
    expect(made.length).toBe(16);
    expect(made.filter((gene) => owner(`expression:${gene}`) !== "sensing")).toEqual([]);
  });

  test("one gene edit reaches every module that knows the gene", async () => {
    const { takers } = await arm("hybrid");
    expect(takers("b3357")).toEqual(["sensing", "regulator"]);
    expect(takers("b4025")).toContain("metabolism");
    expect(takers("b4401")).toEqual(expect.arrayContaining(["sensing", "regulator"]));
    expect(takers("b9999")).toEqual([]);
  });
});
