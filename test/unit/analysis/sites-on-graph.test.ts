import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseBreastNames } from "../../../src/analysis/inhibitors/names.ts";
import { readerRows } from "../../../src/analysis/inhibitors/reader-rows.ts";
import { sitesOnGraph } from "../../../src/analysis/inhibitors/sites-on-graph.ts";
import type { Condition, InhibitorTask } from "../../../src/analysis/inhibitors/task.ts";
import { regulatoryGraph } from "../../../src/regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../../../src/regulation/graph/graph-file.ts";
import { openReader } from "../../../src/regulation/in-context/open-node.ts";

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const text = (name: string) => readFileSync(path(name), "utf8");
const network = regulatoryGraph(parseRegulatoryFile(text("networks/growth-factor-signalling.json")));
const names = parseBreastNames(text("models/breast/names.json"), "names.json");
const observables = ["Akt-pS473", "AKT_pT308", "PRAS40_pT246", "MEK1_pS217_S221", "ERK1/2_pT202_pY204", "S6_pS235/236"];

describe("antibodies on the graph", () => {
  const { edges, targetsOf } = sitesOnGraph(network, observables, names);
  const signOf = (source: string, target: string) =>
    edges.find((edge) => edge.source === source && edge.target === target)?.sign;

  test("a kinase's own antibody stands for it; a drug acts on it, or on a target that isn't measured", () => {
    expect(targetsOf("GSK690693")).toEqual(["Akt-pS473"]);
    expect(targetsOf("GSK1120212")).toEqual(["MEK1_pS217_S221"]);
    expect(targetsOf("PD173074")).toEqual(["FGFR"]);
    expect(targetsOf("water")).toEqual([]);
  });

  test("edges go through what isn't measured, with the product of their signs", () => {
    expect(signOf("Akt-pS473", "PRAS40_pT246")).toBe(1);
    expect(signOf("Akt-pS473", "S6_pS235/236")).toBe(1);
    expect(signOf("MEK1_pS217_S221", "ERK1/2_pT202_pY204")).toBe(1);
    expect(signOf("ERK1/2_pT202_pY204", "MEK1_pS217_S221")).toBe(-1);
    expect(signOf("FGFR", "MEK1_pS217_S221")).toBe(1);
    expect(signOf("PRAS40_pT246", "Akt-pS473")).toBeUndefined();
  });
});

test("a line's reader has rows with and without the graph, each for every held-out example", async () => {
  const level = (shift: number) => Float64Array.from(observables, (_, i) => shift + i / 10);
  const at = (stimulus: string, inhibitor: string, shift: number): Condition => ({
    stimulus,
    inhibitor,
    time: 30,
    level: level(shift),
  });
  const base = level(0);
  const heldOut = ["EGF", "IGF1"].map((stimulus) => ({ ...at(stimulus, "GSK690693", 0), base, change: base }));
  const training = ["EGF", "IGF1"].flatMap((stimulus) => [at(stimulus, "", 0), at(stimulus, "PD173074", -0.3)]);
  const task: InhibitorTask = { line: "X", observables, training, known: [], heldOut, names, notes: [] };
  const reader = await openReader(path("models/reader"));
  const rows = await readerRows(reader, task, network);
  expect(rows.map(({ name }) => name)).toEqual([reader.name, `${reader.name}, no graph`]);
  for (const { changes } of rows) {
    expect(changes).toHaveLength(2);
    expect(changes.every((change) => change.every(Number.isFinite))).toBe(true);
  }
  expect(rows[0]?.changes).not.toEqual(rows[1]?.changes);
});
