import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../../src/errors.ts";
import { regulatoryGraph } from "../../../../src/regulation/graph/graph.ts";
import { parseRegulatoryFile, type RegulatoryFile } from "../../../../src/regulation/graph/graph-file.ts";
import { encodedBy, resolveGene } from "../../../../src/regulation/graph/graph-genes.ts";
import { neighbourhood } from "../../../../src/regulation/graph/neighbourhood.ts";
import { randomised } from "../../../../src/regulation/graph/randomise.ts";

const text = readFileSync(new URL("../../../../networks/ecoli-core-trn.json", import.meta.url), "utf8");
const file = parseRegulatoryFile(text);
const network = regulatoryGraph(file);

const small = {
  id: "small",
  name: "Small",
  source: "made for a test",
  nodes: [
    { id: "arcA", type: "gene", locus: "b4401", synonyms: ["dye"] },
    { id: "ArcA", type: "tf" },
    { id: "sdhC", type: "gene", locus: "b0721" },
    { id: "dyE", type: "gene", locus: "b9999" },
  ],
  edges: [
    { source: "arcA", target: "ArcA", sign: "+", type: "encodes", evidence: "strong", origin: "test" },
    { source: "ArcA", target: "sdhC", sign: "-", evidence: "strong", origin: "test" },
  ],
};
const read = (change: Record<string, unknown>) =>
  parseRegulatoryFile(JSON.stringify({ ...small, ...change }), "net.json");
const errorOf = (run: () => unknown): CellweaveError => {
  try {
    run();
  } catch (error) {
    if (error instanceof CellweaveError) return error;
  }
  throw new Error("expected a CellweaveError");
};

describe("reading a regulatory network", () => {
  test("the network that ships is read whole", () => {
    expect(network.graph.order).toBe(file.nodes.length);
    expect(network.graph.size).toBe(file.edges.length);
    expect(network.graph.getEdgeAttributes("ArcA", "sdhC")).toMatchObject({ sign: "-", type: "regulates" });
  });

  test("a broken file says which entry, what was found and what was expected", () => {
    expect(errorOf(() => parseRegulatoryFile("{", "net.json")).format()).toMatch(/^net\.json: not JSON/);
    const type = errorOf(() => read({ nodes: [{ id: "x", type: "geen" }] }));
    expect(type.message).toBe(
      "nodes[0] ('x'): 'type': expected one of gene, protein, tf, sigma, metabolite, signal, imodulon, got 'geen'",
    );
    expect(type.hint).toBe("did you mean 'gene'?");
    const mode = errorOf(() => read({ nodes: [{ id: "x", type: "tf", mode: 2 }] }));
    expect(mode.message).toBe("nodes[0] ('x'): 'mode': expected a number from -1 to 1, got 2");
    const sign = errorOf(() => read({ edges: [{ ...small.edges[0], sign: "++" }] }));
    expect(sign.message).toContain("edges[0] ('arcA' to 'ArcA'): 'sign': expected one of +, -, +-, ?, got '++'");
    expect(errorOf(() => read({ nodes: 3 })).message).toBe("the file: 'nodes': expected a list, got 3");
    const { origin: _, ...bare } = small.edges[1] as (typeof small.edges)[0];
    expect(errorOf(() => read({ edges: [bare] })).message).toBe("edges[0] ('ArcA' to 'sdhC'): 'origin' is missing");
  });

  test("an edge to nowhere, a node or an edge given twice are named", () => {
    const wrong = (change: Record<string, unknown>) => errorOf(() => regulatoryGraph(read(change))).message;
    expect(wrong({ edges: [{ ...small.edges[0], target: "Nowhere" }] })).toBe(
      "edges[0]: target 'Nowhere' is not among the nodes",
    );
    expect(wrong({ nodes: [...small.nodes, small.nodes[0]] })).toBe("nodes[4]: id 'arcA' is taken");
    expect(wrong({ edges: [...small.edges, small.edges[0]] })).toBe("edges[2]: 'arcA' to 'ArcA' is there already");
  });
});

describe("genes of a network", () => {
  test("name, b-number and synonym all lead to the gene", () => {
    const graph = regulatoryGraph(read({}));
    for (const name of ["arcA", "b4401", "dye", "ARCA"]) expect(resolveGene(graph, name).node).toBe("arcA");
    expect(resolveGene(graph, "dyE").locus).toBe("b9999");
    expect(encodedBy(network, "arcA")).toEqual(["ArcA"]);
  });

  test("a mistyped gene gets its neighbours, an ambiguous one its b-numbers", () => {
    expect(errorOf(() => resolveGene(network, "arcaA")).hint).toBe("did you mean 'arcA'?");
    expect(errorOf(() => resolveGene(regulatoryGraph(read({})), "DYE")).hint).toBe("use a b-number: b4401, b9999");
  });
});

test("the neighbourhood of arcA: itself, its protein, what that regulates", () => {
  const { nodes, edges } = neighbourhood(network, "arcA", { up: 0, down: 2 });
  expect(nodes[0]).toMatchObject({ id: "arcA", distance: 0 });
  const distance = new Map(nodes.map((node) => [node.id, node.distance]));
  expect(distance.get("ArcA")).toBe(1);
  expect(distance.get("sdhC")).toBe(2);
  expect(edges.some(({ source, target }) => source === "ArcA" && target === "sdhC")).toBe(true);
  const up = neighbourhood(network, "sdhC", { up: 1, down: 0 });
  expect(up.nodes.filter(({ distance: d }) => d > 0)).toEqual([]);
  expect(up.nodes.some(({ id, distance: d }) => id === "ArcA" && d === -1)).toBe(true);
});

describe("a degree-matched random graph", () => {
  const degrees = ({ nodes, edges }: RegulatoryFile) =>
    new Map(
      nodes.map(({ id }) => [
        id,
        [
          edges.filter(({ source, type }) => source === id && type === "regulates").length,
          edges.filter(({ target, type }) => target === id && type === "regulates").length,
          edges.filter(({ source, sign }) => source === id && sign === "-").length,
        ],
      ]),
    );

  test("keeps every degree and every source's signs, and moves most edges", () => {
    const random = randomised(file, 1);
    expect(degrees(random)).toEqual(degrees(file));
    const key = ({ source, target }: { source: string; target: string }) => `${source} ${target}`;
    const before = new Set(file.edges.filter(({ type }) => type === "regulates").map(key));
    const kept = random.edges.filter((edge) => edge.type === "regulates" && before.has(key(edge))).length;
    expect(kept / before.size).toBeLessThan(0.3);
    expect(new Set(random.edges.map(key)).size).toBe(random.edges.length);
    expect(random.edges.filter(({ type }) => type === "encodes")).toEqual(
      file.edges.filter(({ type }) => type === "encodes"),
    );
  });

  test("the seed decides", () => {
    expect(randomised(file, 5).edges).toEqual(randomised(file, 5).edges);
    expect(randomised(file, 5).edges).not.toEqual(randomised(file, 6).edges);
  });
});
