import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import { simulate } from "../../../src/engine/simulate.ts";
import { columnOf } from "../../../src/engine/trajectory.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { baselineRegulator } from "../../../src/regulation/baselines/baseline-regulator.ts";
import { bilinear } from "../../../src/regulation/baselines/bilinear.ts";
import type { KnockoutExample } from "../../../src/regulation/baselines/example.ts";
import { gaussianProcess } from "../../../src/regulation/baselines/gaussian-process.ts";
import { linear, ofWildType, regulon, regulonTimesWildType, scaled } from "../../../src/regulation/baselines/linear.ts";
import { propagation } from "../../../src/regulation/baselines/propagation.ts";
import { regulatoryGraph } from "../../../src/regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../../../src/regulation/graph/graph-file.ts";
import { regulatorModule } from "../../../src/regulation/module/regulator-module.ts";

const random = seededRandom(2);
const A = 6;
const scale = new Float64Array(A).fill(1);
const draw = () => Float64Array.from({ length: A }, () => random.normal());

function examplesOf(count: number, law: (example: Omit<KnockoutExample, "change">, i: number) => number) {
  return Array.from({ length: count }, (_, e): KnockoutExample => {
    const genotype = `g${e}`;
    const own = Uint8Array.from({ length: A }, (_v, i) => ((e + i) % 3 === 0 ? 1 : 0));
    const known = {
      genotype,
      condition: genotype,
      project: "p",
      group: genotype,
      genes: [genotype],
      wildType: draw(),
      own,
    };
    return { ...known, change: Float64Array.from({ length: A }, (_v, i) => law(known, i)) };
  });
}
const error = (predicted: Float64Array, { change }: KnockoutExample) =>
  Math.max(...change.map((y, i) => Math.abs(y - (predicted[i] ?? 0))));

describe("plain predictors", () => {
  test("linear: the law is found and carried to an unseen genotype", () => {
    const examples = examplesOf(20, ({ own, wildType }, i) => (own[i] ?? 0) * (0.5 - (wildType[i] ?? 0)));
    const [held, ...training] = examples;
    if (held === undefined) throw new Error("examples");
    const fitted = linear("law", [regulon, regulonTimesWildType], 1e-9).fit(training);
    expect(error(fitted.predict(held), held)).toBeLessThan(1e-6);
  });

  test("Gaussian process: like states change alike, far ones fall back to the common part", () => {
    const [example] = examplesOf(1, () => 3);
    if (example === undefined) throw new Error("examples");
    const fitted = gaussianProcess({ scale, noise: 1e-6 }).fit([example]);
    const at = (wildType: Float64Array) => fitted.predict({ ...example, group: "other", wildType })[0];
    expect(at(example.wildType)).toBeCloseTo(3, 4);
    expect(at(example.wildType.map((value) => value + 50))).toBeCloseTo((3 * 0.05) / 0.55, 4);
  });

  test("bilinear: gene times state", () => {
    const embed = ({ own }: Pick<KnockoutExample, "own">) => Float64Array.from(own.subarray(0, 3));
    const examples = examplesOf(60, ({ own, wildType }) => 2 * (own[0] ?? 0) * (wildType[3] ?? 0) - (own[1] ?? 0));
    const [held, ...training] = examples;
    if (held === undefined) throw new Error("examples");
    const fitted = bilinear({ embed, scale, ridge: 1e-6 }).fit(training);
    expect(error(fitted.predict(held), held)).toBeLessThan(1e-2);
  });
});

describe("propagation on the graph", () => {
  const edge = (source: string, target: string, type: string, sign: string) => ({
    source,
    target,
    type,
    sign,
    evidence: "strong",
    origin: "test",
  });
  const network = regulatoryGraph(
    parseRegulatoryFile(
      JSON.stringify({
        id: "chain",
        name: "Chain",
        source: "test",
        nodes: [
          ...["a", "b"].map((id) => ({ id, type: "gene" })),
          ...["A", "B"].map((id) => ({ id, type: "tf" })),
          ...["imodulon:One", "imodulon:Two"].map((id) => ({ id, type: "imodulon" })),
        ],
        edges: [
          edge("a", "A", "encodes", "+"),
          edge("A", "imodulon:One", "regulates", "?"),
          edge("A", "b", "regulates", "-"),
          edge("b", "B", "encodes", "+"),
          edge("B", "imodulon:Two", "regulates", "+"),
        ],
      }),
    ),
  );
  const feature = propagation(network, { iModulons: ["One", "Two", "Three"], decay: 0.5 });
  const query = (genes: readonly string[]) => ({
    genes,
    project: "",
    group: "",
    wildType: Float64Array.of(4, 6, 8),
    own: new Uint8Array(3),
  });

  test("a lost activator passes loss on, a lost repressor gain, each step halves", () => {
    const influence = feature.prepare([]);
    expect([...influence(query(["a"]))]).toEqual([-0.5, 0.25, 0]);
    expect([...influence(query(["b"]))]).toEqual([0, -0.5, 0]);
    expect([...influence(query(["a", "b"]))]).toEqual([-0.5, -0.25, 0]);
    expect([...influence(query(["unknown"]))]).toEqual([0, 0, 0]);
  });

  test("as features: in units of activities, and in proportion to the wild type", () => {
    expect([...scaled(feature, Float64Array.of(2, 2, 2)).prepare([])(query(["a"]))]).toEqual([-1, 0.5, 0]);
    expect([...ofWildType(feature).prepare([])(query(["a"]))]).toEqual([2, 1.5, 0]);
  });

  test("the network that ships reaches most of the genes deleted in the benchmark", () => {
    const text = readFileSync(new URL("../../../networks/ecoli-core-trn.json", import.meta.url), "utf8");
    const shipped = propagation(regulatoryGraph(parseRegulatoryFile(text)), { iModulons: ["ArcA", "Crp-1", "Cra"] });
    expect(shipped.prepare([])(query(["arcA"]))[0]).toBeLessThan(0);
    expect(shipped.prepare([])(query(["crp"]))[1]).toBeLessThan(0);
  });
});

test("a plain predictor drives a cell", async () => {
  const examples = examplesOf(20, ({ own, wildType }, i) => -(own[i] ?? 0) * (wildType[i] ?? 0));
  const fitted = linear("loss", [regulonTimesWildType], 1e-9).fit(examples);
  const regulator = baselineRegulator({
    name: "loss",
    fitted,
    names: {
      activities: ["A0", "A1"],
      environment: [],
      effectors: [],
      genes: ["b1", "b2"],
      expression: ["b1"],
    },
    reference: { activity: Float64Array.of(2, -4), environment: new Float64Array(0) },
    geneWeights: Float64Array.of(0.5, 0.25),
    geneNames: new Map([["b2", "tf"]]),
    ownRegulon: (gene) => (gene === "tf" ? Uint8Array.of(1, 0) : Uint8Array.of(0, 0)),
  });
  const cell = composeCell([regulatorModule({ id: "regulator", regulator, degradation: 1 })]);
  const edit = { kind: "gene", gene: "b2", level: 0.5, genotype: true } as const;
  const trajectory = await simulate(cell, {
    t0: 0,
    t1: 40,
    output: Float64Array.of(0, 40),
    edits: [{ edit, from: 0, to: 100 }],
  });
  expect(columnOf(trajectory, "activity:A0")?.[1]).toBeCloseTo(1, 8);
  expect(columnOf(trajectory, "activity:A1")?.[1]).toBe(-4);
  expect(columnOf(trajectory, "expression:b1")?.[1]).toBeCloseTo(2 ** -0.5, 8);
});
