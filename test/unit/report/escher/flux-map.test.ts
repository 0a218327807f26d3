import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { extentOf } from "../../../../src/report/escher/extent.ts";
import { fluxMapFigure, unmatched } from "../../../../src/report/escher/figure.ts";
import { readEscherMap } from "../../../../src/report/escher/map.ts";
import { core } from "../../../support/flux-models.ts";

const SHIPPED = new URL("../../../../networks/ecoli-core-map.json", import.meta.url);

/** a -> b with a cofactor c, on a line from left to right. */
const SMALL = [
  { map_name: "small", schema: "https://escher.github.io/escher/jsonschema/1-0-0#" },
  {
    reactions: {
      "1": {
        bigg_id: "A2B",
        name: "a to b",
        reversibility: true,
        label_x: 50,
        label_y: 20,
        metabolites: [
          { bigg_id: "a", coefficient: -1 },
          { bigg_id: "b", coefficient: 1 },
        ],
        segments: {
          "10": { from_node_id: "2", to_node_id: "3", b1: null, b2: null },
          "11": { from_node_id: "3", to_node_id: "4", b1: { x: 60, y: 0 }, b2: { x: 80, y: 0 } },
        },
      },
    },
    nodes: {
      "2": { node_type: "metabolite", x: 0, y: 0, bigg_id: "a", label_x: 0, label_y: -20, node_is_primary: true },
      "3": { node_type: "midmarker", x: 50, y: 0 },
      "4": { node_type: "metabolite", x: 100, y: 0, bigg_id: "b", label_x: 100, label_y: -20, node_is_primary: true },
    },
    text_labels: { "5": { x: 0, y: 100, text: "Path & <way>" } },
    canvas: { x: -50, y: -50, width: 200, height: 200 },
  },
];

const small = readEscherMap(JSON.stringify(SMALL), "small.json");
const drawn = (flux: number | undefined, closed: readonly string[] = [], modelled?: readonly [string, number][]) =>
  fluxMapFigure({
    ...(modelled === undefined ? {} : { coefficients: () => new Map(modelled) }),
    map: small,
    fluxes: new Map(flux === undefined ? [["OTHER", 2]] : [["A2B", flux]]),
    closed: new Set(closed),
    title: "title",
    subtitle: "subtitle",
  });
/** Tips of arrowheads: where they begin, in the map's units. */
const tips = (svg: string) => [...svg.matchAll(/d="M(-?[\d.]+),(-?[\d.]+) L[^"]* Z"/g)].map(([, x]) => Number(x));

describe("a flux on a map", () => {
  test("arrows point where it goes; where there is none, where it could", () => {
    expect(tips(drawn(3).svg)).toEqual([83]);
    expect(tips(drawn(-3).svg)).toEqual([17]);
    expect(tips(drawn(0).svg).sort((a, b) => a - b)).toEqual([17, 83]);
    expect(drawn(3).svg).toContain("A2B 3<");
    expect(drawn(3).svg).toContain("Path &amp; &lt;way&gt;");
    expect(drawn(3).svg).toMatch(/C60,0 80,0 /);
  });

  test("a map may write a reaction the other way round than the model", () => {
    const turned: [string, number][] = [
      ["a", 1],
      ["b", -2],
    ];
    expect(tips(drawn(-3, [], turned).svg)).toEqual([83]);
    expect(drawn(-3, [], turned).svg).toContain("A2B −3<");
    expect(tips(drawn(3, [], [["a", -2]]).svg)).toEqual([83]);
    expect(tips(drawn(3, [], [["other", 1]]).svg)).toEqual([83]);
  });

  test("the figure frames what is drawn, not the canvas, and enlarges nothing", () => {
    const { x, y, width, height } = extentOf(small);
    expect([x, y]).toEqual([-30, expect.closeTo(-74, 9)]);
    expect([width > 160, height]).toEqual([true, expect.closeTo(204, 9)]);
    const svg = fluxMapFigure({
      ...{ map: { ...small, canvas: { x: -9000, y: -9000, width: 20000, height: 20000 } }, closed: new Set() },
      ...{ fluxes: new Map([["A2B", 1]]), title: "t", subtitle: "s" },
    }).svg;
    expect(svg).toContain('viewBox="0 0 1060 290"');
    expect(svg).toContain("scale(1.00000)");
  });

  test("a closed reaction is marked, and what doesn't match is listed", () => {
    const closed = drawn(0, ["A2B"]);
    expect(closed.svg).toContain("A2B ✕");
    expect(tips(closed.svg)).toEqual([]);
    const other = drawn(undefined);
    expect(other.caption).toContain("On the map, not in the model: A2B. Carrying flux, not on the map: OTHER.");
    expect(unmatched({ map: small, fluxes: new Map([["OTHER", 0]]) })).toEqual({ notInModel: ["A2B"], notOnMap: [] });
  });
});

describe("maps that can't be read", () => {
  type Body = Readonly<Record<"nodes" | "canvas", Readonly<Record<string, object>>>>;
  const without = (change: (body: Body) => void) => {
    const copy = structuredClone(SMALL) as unknown as [unknown, Body];
    change(copy[1]);
    return JSON.stringify(copy);
  };
  test.each([
    ["{", "not JSON"],
    ['{"reactions": [], "metabolites": []}', "this is a COBRA model, not a map"],
    ["[1, 2]", "not an Escher map"],
    [without((body) => Reflect.deleteProperty(body, "nodes")), "the map has no 'nodes'"],
    [without((body) => Reflect.deleteProperty(body.nodes, "3")), "reaction 'A2B' has a segment to node '3'"],
    [without((body) => Object.assign(body.canvas, { width: 0 })), "the canvas has no width"],
    [without((body) => Object.assign(body.nodes["2"] ?? {}, { x: "left" })), "node '2' has no place: x left"],
  ])("%#: say what is wrong", (text, message) => {
    expect(() => readEscherMap(text, "map.json")).toThrow(message);
  });
});

describe("the map that ships", () => {
  const map = readEscherMap(readFileSync(SHIPPED, "utf8"), "ecoli-core-map.json");
  const model = core();

  test("has every reaction of the core model once, with its stoichiometry", () => {
    expect(map.reactions.map(({ id }) => id).sort()).toEqual(model.reactions.map(({ id }) => id).sort());
    const { starts, rows, values } = model.stoichiometry;
    for (const { id, coefficients } of map.reactions) {
      const j = model.reactionIndex.get(id) ?? -1;
      const own = Array.from(rows.subarray(starts[j], starts[j + 1]), (row, k) => {
        return [model.metabolites[row]?.id ?? "", values[(starts[j] ?? 0) + k] ?? 0] as const;
      });
      expect([id, new Map([...coefficients].sort())]).toEqual([id, new Map(own.toSorted())]);
    }
  });

  test("leads every reaction from and to metabolites of its own", () => {
    for (const { id, segments, coefficients } of map.reactions) {
      const ends = segments.flatMap(({ from, to }) => [from, to]).filter(({ kind }) => kind === "metabolite");
      for (const { id: metabolite } of ends) expect([id, coefficients.has(metabolite)]).toEqual([id, true]);
      const signs = new Set(ends.map(({ id: metabolite }) => Math.sign(coefficients.get(metabolite) ?? 0)));
      expect([id, signs.size]).toEqual([id, id.startsWith("EX_") ? 1 : 2]);
    }
  });
});
