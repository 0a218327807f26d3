import { describe, expect, test } from "vitest";
import { regulatoryGraph } from "../../../src/regulation/graph/graph.ts";
import type { Sign } from "../../../src/regulation/graph/sign.ts";
import { graphLayers } from "../../../src/report/graph/layers.ts";
import { scenarioGraph } from "../../../src/report/graph/scenario-graph.ts";
import { trajectoryFrom } from "../../support/culture-fixture.ts";

const edge = (source: string, target: string, sign: Sign, type = "regulates") => ({
  source,
  target,
  sign,
  type,
  evidence: "strong",
  origin: "a test",
});

const graph = regulatoryGraph({
  id: "toy",
  name: "toy",
  source: ["a test"],
  nodes: [
    { id: "o2", type: "metabolite", name: "oxygen" },
    { id: "Fnr", type: "tf", name: "Fnr" },
    { id: "arcA", type: "gene", name: "arcA", locus: "b4401" },
    { id: "ArcA", type: "tf", name: "ArcA" },
    { id: "arcB", type: "gene", name: "arcB", locus: "b3210" },
    { id: "sdhC", type: "gene", name: "sdhC", locus: "b0721" },
    { id: "cydA", type: "gene", name: "cydA", locus: "b0733" },
    { id: "ArcA iModulon", type: "imodulon", name: "ArcA" },
    { id: "lacZ", type: "gene", name: "lacZ", locus: "b0344" },
  ],
  edges: [
    edge("o2", "Fnr", "-", "signals"),
    edge("Fnr", "arcA", "?"),
    edge("arcA", "ArcA", "+", "encodes"),
    edge("arcB", "ArcA", "+", "phosphorylates"),
    edge("ArcA", "sdhC", "-"),
    edge("ArcA", "cydA", "+"),
    edge("ArcA", "ArcA iModulon", "?"),
    edge("Fnr", "lacZ", "+"),
  ],
});

const times = Float64Array.of(0, 2, 4);
const run = (sdhC: number, arcA: number) =>
  trajectoryFrom(times, [
    ["biomass", "biomass", Float64Array.of(0.01, 0.1, 1)],
    ["expression:b0721", "expression", Float64Array.of(1, sdhC, sdhC)],
    ["expression:b4401", "expression", Float64Array.of(1, arcA, arcA)],
  ]);

const found = scenarioGraph({
  graph,
  arms: [{ name: "hybrid", trajectory: run(4, 0), reference: run(1, 1), ignores: [] }],
  perturbations: [
    {
      path: [],
      label: "ΔarcA",
      from: 0,
      to: 4,
      edit: undefined,
      jump: undefined,
      gene: undefined,
      node: "arcA",
    },
  ],
  setting: {
    from: 0,
    to: 4,
    points: 3,
    moments: [],
    rtol: 1e-4,
    atol: 1e-6,
    precultureHours: undefined,
    start: new Map(),
  },
});

describe("graph around a perturbed gene", () => {
  test("holds the gene, its product, what acts on both, effectors of that, and targets; no strangers", () => {
    expect(found?.nodes.map(({ id }) => id).sort()).toEqual(
      ["ArcA", "Fnr", "arcA", "arcB", "cydA", "o2", "sdhC"].sort(),
    );
  });

  test("changes are log2 fold changes, a deleted gene's is cut at -6, a product changes as its gene", () => {
    const change = new Map(found?.nodes.map((node) => [node.id, node.change.hybrid]));
    expect(change.get("sdhC")).toBe(2);
    expect(change.get("arcA")).toBe(-6);
    expect(change.get("ArcA")).toBe(-6);
    expect(change.get("cydA")).toBeUndefined();
  });

  test("lies in rows from cause to effect", () => {
    if (!found) throw new Error("there is a graph");
    const layers = graphLayers(found);
    expect(layers.rows.map((row) => row.map(({ id }) => id).sort())).toEqual([
      ["o2"],
      ["Fnr", "arcB"],
      ["arcA"],
      ["ArcA"],
    ]);
    expect(layers.blocks.map(({ nodes, from }) => [nodes.map(({ id }) => id), from])).toEqual([
      [["sdhC"], [{ source: "ArcA", sign: -1 }]],
      [["cydA"], [{ source: "ArcA", sign: 1 }]],
    ]);
    expect(layers.left).toBe(0);
  });
});
