import { describe, expect, test } from "vitest";
import { seriesOf } from "../../../src/analysis/knockouts/pairs.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import type { KnockoutExample } from "../../../src/regulation/baselines/example.ts";
import { nearness } from "../../../src/regulation/baselines/gaussian-process.ts";
import { kriging } from "../../../src/regulation/baselines/kriging.ts";
import { regulon, wildType } from "../../../src/regulation/baselines/linear.ts";
import { regulonReach } from "../../../src/regulation/baselines/regulon-features.ts";
import { regulonKinship } from "../../../src/regulation/baselines/regulon-kinship.ts";
import { regulonKriging } from "../../../src/regulation/baselines/regulon-kriging.ts";
import { regulatoryGraph } from "../../../src/regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../../../src/regulation/graph/graph-file.ts";

const random = seededRandom(3);
const A = 8;
const scale = Float64Array.from({ length: A }, (_, i) => 1 + i / A);

function example(
  gene: string,
  series: string,
  state: Float64Array,
  law: (state: number, own: number) => number,
): KnockoutExample {
  const own = Uint8Array.from({ length: A }, () => (random.normal() > 0.5 ? 1 : 0));
  const known = {
    genotype: gene,
    condition: gene,
    project: "p",
    group: gene,
    genes: [gene],
    series,
    wildType: state,
    own,
  };
  return { ...known, change: state.map((value, i) => law(value, own[i] ?? 0)) };
}
const draw = () => Float64Array.from({ length: A }, () => random.normal());

const edge = (source: string, target: string, type: string) => ({
  source,
  target,
  type,
  sign: "+",
  evidence: "strong",
  origin: "test",
});
const genes = ["a", "b", "c", "d", "s"];
const network = regulatoryGraph(
  parseRegulatoryFile(
    JSON.stringify({
      id: "kin",
      name: "Kin",
      source: "test",
      nodes: [
        ...genes.map((id) => ({ id, type: "gene" })),
        { id: "A", type: "tf", regulon: ["x", "y", "d"], reach: { One: 0.5 } },
        { id: "B", type: "tf", regulon: ["x", "z"], reach: { One: -0.25, Two: 1 } },
        { id: "C", type: "tf" },
        { id: "D", type: "tf", regulon: ["w"] },
        ...["One", "Two"].map((name) => ({ id: `imodulon:${name}`, type: "imodulon" })),
      ],
      edges: [
        ...["a", "b", "c", "d"].map((gene) => edge(gene, gene.toUpperCase(), "encodes")),
        edge("s", "B", "phosphorylates"),
        edge("C", "imodulon:Two", "regulates"),
      ],
    }),
  ),
);

describe("kriging with effects", () => {
  test("effects that are the law are found and carried to what lies far away", () => {
    const training = Array.from({ length: 30 }, (_, e) =>
      example(`g${e}`, "s", draw(), (state, own) => 2 * own - 0.5 * state),
    );
    const near = nearness(scale, 0.4);
    const options = { name: "k", effects: [regulon, wildType], scale, noise: 0.1, slope: 0 };
    const fitted = kriging({ ...options, covariance: (a, b) => near(a.wildType, b.wildType) }).fit(training);
    const asked = example(
      "new",
      "s",
      draw().map((value) => 5 * value),
      (state, own) => 2 * own - 0.5 * state,
    );
    for (const [i, value] of fitted.predict(asked).entries()) expect(value).toBeCloseTo(asked.change[i] ?? 0, 3);
  });

  test("without effects it is the process's posterior mean, with a slope for each variable where there is one", () => {
    const state = new Float64Array(A).fill(1);
    const one = { ...example("g", "s", state, () => 3), change: new Float64Array(A).fill(3) };
    const options = { name: "k", effects: [], scale: state, noise: 0.5, covariance: () => 1 };
    const asked = { ...one, group: "other", wildType: state.map(() => 2) };
    expect(
      kriging({ ...options, slope: 0 })
        .fit([one])
        .predict(asked)[0],
    ).toBeCloseTo(3 / 1.5, 10);
    expect(
      kriging({ ...options, slope: 0.25 })
        .fit([one])
        .predict(asked)[0],
    ).toBeCloseTo((3 * (1 + 0.5)) / 1.75, 10);
  });
});

describe("regulons as kin", () => {
  const kinship = regulonKinship(network);

  test("the cosine of what two regulators act on, that of their target regulators with half the weight", () => {
    expect(kinship(["a"], ["a"])).toBeCloseTo(1, 12);
    expect(kinship(["a"], ["b"])).toBeCloseTo(1 / Math.sqrt(3.25 * 2), 12);
    expect(kinship(["a"], ["d"])).toBeCloseTo(0.5 / Math.sqrt(3.25), 12);
  });

  test("a sensor is kin to its regulator; a network's own targets stand in; nothing is known of other genes", () => {
    expect(kinship(["s"], ["b"])).toBeCloseTo(1, 12);
    expect(kinship(["c"], ["c"])).toBeCloseTo(1, 12);
    expect(kinship(["unknown"], ["a"])).toBe(0);
  });

  test("reach: what is lost of each iModulon's genes", () => {
    const query = { genes: ["a", "s"], project: "", group: "", wildType: new Float64Array(2), own: new Uint8Array(2) };
    const reach = regulonReach(network, ["One", "Two"]).prepare([]);
    expect([...reach(query)]).toEqual([-0.25, -1]);
    expect([...reach({ ...query, own: Uint8Array.of(0, 1) })]).toEqual([-0.25, 0]);
  });

  test("a reach beyond one is refused with its place", () => {
    const text = JSON.stringify({
      id: "x",
      name: "X",
      source: "t",
      nodes: [{ id: "A", type: "tf", reach: { One: 2 } }],
      edges: [],
    });
    expect(() => parseRegulatoryFile(text)).toThrow(
      "nodes[0] ('A'): 'reach.One': expected a number from -1 to 1, got 2",
    );
  });
});

test("knockouts of one series share what they have in common, of another less", () => {
  const names = Array.from({ length: A }, (_, i) => `V${i}`);
  const state = draw();
  const drifted = ["a", "b", "c"].map((gene) => example(gene, "p 1", draw(), () => 2));
  const fitted = regulonKriging({ network, iModulons: names, scale }).fit(drifted);
  const asked = { ...example("other", "", state, () => 0), own: new Uint8Array(A) };
  const mean = (series: string) => fitted.predict({ ...asked, series }).reduce((sum, v) => sum + v, 0) / A;
  expect(mean("p 1")).toBeGreaterThan(mean("p 2") + 0.3);
});

test("a series is the project with the number that the condition's name begins with", () => {
  expect(seriesOf({ project: "DDB2", condition: "PD-004_del-basS_Batch_6h" })).toBe("DDB2 PD-004");
  expect(seriesOf({ project: "tcs", condition: "del_zraR_01" })).toBe("tcs");
});
