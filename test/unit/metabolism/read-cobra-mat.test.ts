import { gzipSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../src/errors.ts";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { fluxModelFromFile } from "../../../src/metabolism/read/flux-file-node.ts";
import { readMat } from "../../../src/metabolism/read/mat/read.ts";
import { type MatInput, matFile } from "../../support/mat-writer.ts";

/** Uptake of a, conversion to b by one of two enzymes, growth on b. */
const FIELDS: Readonly<Record<string, MatInput>> = {
  rxns: { cells: ["EX_a", "A2B", "GROW"] },
  mets: { cells: ["a[e]", "b_c"] },
  S: {
    sparse: [
      [-1, -1, 0],
      [0, 2, -1],
    ],
  },
  lb: [-3, 0, 0],
  ub: [1000, 1000, 1000],
  c: [0, 0, 1],
  b: [0, 0],
  csense: "EE",
  genes: { cells: ["g1", "g2", "g3"] },
  grRules: { cells: ["", "(g1 and g2) or g3", ""] },
  rxnNames: { cells: ["a exchange", "", "growth"] },
  metFormulas: { cells: ["C2H4", ""] },
  metCharges: [0, Number.NaN],
  description: "hand-made",
};

const read = (fields: Readonly<Record<string, MatInput>>, options = {}) =>
  fluxModelFromFile(matFile("model", { struct: fields }, options), "hand.mat");
const without = (name: string) => Object.fromEntries(Object.entries(FIELDS).filter(([key]) => key !== name));

describe("COBRA models in MAT files", () => {
  test("plain, compressed, big-endian and gzipped files give the same model", async () => {
    const model = read(FIELDS);
    expect(model.id).toBe("hand-made");
    expect(model.reactions.map(({ id, name, boundary }) => [id, name, boundary])).toEqual([
      ["EX_a", "a exchange", true],
      ["A2B", undefined, false],
      ["GROW", "growth", true],
    ]);
    expect(model.metabolites).toEqual([
      { id: "a[e]", name: undefined, compartment: "e", formula: "C2H4", charge: 0 },
      { id: "b_c", name: undefined, compartment: "c", formula: undefined, charge: undefined },
    ]);
    expect(model.reactions[1]?.rule).toEqual({
      kind: "or",
      of: [
        { kind: "and", of: [0, 1].map((gene) => ({ kind: "gene", gene })) },
        { kind: "gene", gene: 2 },
      ],
    });
    expect(await fba(model)).toMatchObject({ status: "optimal", objective: 6 });
    expect(read(FIELDS, { compressed: true })).toEqual(model);
    expect(read(FIELDS, { bigEndian: true })).toEqual(model);
    expect(fluxModelFromFile(gzipSync(matFile("model", { struct: FIELDS })), "hand.mat")).toEqual(model);
  });

  test("rules by number stand in where there are none by name", () => {
    const { grRules: _, ...fields } = FIELDS;
    const model = read({ ...fields, rules: { cells: ["", "(x(1) & x(2)) | x(3)", ""] } });
    expect(model.reactions[1]?.rule).toEqual(read(FIELDS).reactions[1]?.rule);
    expect(() => read({ ...fields, rules: { cells: ["", "x(4)", ""] } })).toThrow(
      "rule names gene x(4), and there are 3",
    );
  });

  test("a full matrix, minimisation in both spellings, rows of characters", () => {
    const full = read({ ...FIELDS, S: [-1, 0, -1, 2, 0, -1], osenseStr: "min" });
    expect({ ...full, sense: "maximize" }).toEqual(read(FIELDS));
    expect(full.sense).toBe("minimize");
    expect(read({ ...FIELDS, osense: [1] }).sense).toBe("minimize");
    expect(read({ ...FIELDS, osense: [-1] }).sense).toBe("maximize");
  });

  test("coupling constraints bound sums of fluxes", async () => {
    const coupled = { C: { sparse: [[0, 1, 1]] }, d: [4.5], ctrs: { cells: ["share"] } } as const;
    const least = read({ ...FIELDS, ...coupled, dsense: "L" });
    expect(least.reactions.at(-1)).toMatchObject({ id: "share", auxiliary: true });
    expect(await fba(least)).toMatchObject({ objective: expect.closeTo(3, 9) });
    expect(await fba(read({ ...FIELDS, ...coupled, dsense: "G" }))).toMatchObject({ objective: expect.closeTo(6, 9) });
    expect(await fba(read({ ...FIELDS, ...coupled, dsense: "E" }))).toMatchObject({ objective: expect.closeTo(3, 9) });
  });

  test("empty fields count as absent; a model may lie inside another struct", () => {
    const [cells, none] = [{ cells: [] }, []];
    const bare = read({ ...FIELDS, grRules: cells, metFormulas: none, metCharges: none, rxnNames: cells, csense: "" });
    expect(bare.reactions.map(({ name, rule }) => [name, rule])).toEqual(Array(3).fill([undefined, undefined]));
    const inside = matFile("data", { struct: { date: "today", model: { struct: FIELDS } } });
    expect(fluxModelFromFile(inside, "hand.mat")).toEqual(read(FIELDS));
    const { description: _, ...unnamed } = FIELDS;
    expect(fluxModelFromFile(matFile("data", { struct: { model: { struct: unnamed } } }), "x.mat").id).toBe(
      "data.model",
    );
  });

  test.each([
    [{ ...FIELDS, csense: "EL" }, "metabolite 'b_c' has an inequality (csense 'L')"],
    [{ ...FIELDS, b: [0, 1] }, "metabolite 'b_c' accumulates (b is 1)"],
    [{ ...FIELDS, C: { sparse: [[1, 0, 0]] }, d: [2], dsense: "X" }, "constraint 'constraint 1' has dsense 'X'"],
    [{ ...FIELDS, E: [1, 0] }, "the model has variables that are no fluxes (E)"],
    [{ ...FIELDS, lb: [2000, 0, 0] }, "reaction 'EX_a' can take no flux: bounds 2000 to 1000"],
    [{ ...FIELDS, lb: [0, 0] }, "'model.lb': expected 3 values, got 2"],
    [{ ...FIELDS, rxns: { cells: ["r", "r", "s"] } }, "reaction 'r' is there twice"],
    [{ ...FIELDS, grRules: { cells: ["", "g1 or (g2", ""] } }, "reaction 'A2B': expected ')'"],
    [without("lb"), "'model' has no field 'lb'"],
    [without("S"), "the file holds no COBRA model: 'model'"],
  ])("%#: refused by name", (fields, message) => {
    expect(() => read(fields)).toThrow(message);
  });
});

describe("MAT files that can't be read", () => {
  test("version 7.3 is refused with the cure", () => {
    const hdf5 = Buffer.concat([Buffer.from("MATLAB 7.3 MAT-file, Platform: GLNXA64".padEnd(512)), Buffer.alloc(64)]);
    expect(() => fluxModelFromFile(hdf5, "new.mat")).toThrow("MAT files of version 7.3 (HDF5) are not supported");
  });

  test("cut short anywhere, a file is an error and never a crash", () => {
    const bytes = matFile("model", { struct: FIELDS });
    const packed = matFile("model", { struct: FIELDS }, { compressed: true });
    for (const whole of [bytes, packed])
      for (let length = 130; length < whole.length - 8; length += 61)
        expect(() => fluxModelFromFile(whole.subarray(0, length), "cut.mat")).toThrow(CellweaveError);
  });

  test("other formats are refused by name", () => {
    const text = (content: string) => fluxModelFromFile(Buffer.from(content), "model.txt");
    expect(() => text("!!omap\n- metabolites: []\n")).toThrow("expected a list 'reactions'");
    expect(() => text("reaction,flux\n")).toThrow("this is no model");
    expect(readMat(matFile("x", "abc"), inflateSync)).toEqual([{ name: "x", value: { kind: "text", rows: ["abc"] } }]);
  });
});
