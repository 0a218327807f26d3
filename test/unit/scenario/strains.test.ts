import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Files } from "../../../src/scenario/documents/files.ts";
import { nodeFiles } from "../../../src/scenario/documents/files-node.ts";
import { readScenario } from "../../../src/scenario/documents/read-scenario-node.ts";
import { runScenario } from "../../../src/scenario/run-scenario.ts";

const scenario = await readScenario("examples/acetate-cross-feeding.scenario.yaml");
const manifest = readFileSync("examples/two-strains.cell.yaml", "utf8");

/** The example's cell with one replacement, for the hour that `to` says. */
async function run(from: string, to: string) {
  expect(manifest).toContain(from);
  const files: Files = {
    ...nodeFiles,
    read: async (path) =>
      path.endsWith("two-strains.cell.yaml")
        ? new TextEncoder().encode(manifest.replace(from, to))
        : nodeFiles.read(path),
  };
  const spec = { ...scenario.spec, time: { to: 0.1, points: 2 } };
  return runScenario({ ...scenario, spec }, { files });
}

/** A file of the example; its cell with another list of genes that a strain lacks. */
async function edited(path: string, lacks: string): Promise<Uint8Array> {
  if (!path.endsWith("two-strains.cell.yaml")) return nodeFiles.read(path);
  return new TextEncoder().encode(manifest.replace("lacks: [b2415, b2416]", lacks));
}

describe("a manifest with strains", () => {
  test("has a biomass and fluxes of its own for each, and says who shares what", async () => {
    const { arms, manifest: read } = await run("label: producer", "label: producer");
    const ids = arms[0]?.trajectory.variables.map(({ id }) => id) ?? [];
    expect(ids).toEqual(expect.arrayContaining(["biomass:producer", "biomass:scavenger", "producer/flux:PGI"]));
    expect(ids.filter((id) => id.includes("@"))).toEqual([]);
    expect(read.spec.allocation).toEqual([{ pool: "o2_e", tiers: [["producing", "scavenging"]], half: 1e-6 }]);
  });

  test("without a graph, genes are known by the names that their model gives them", async () => {
    expect(manifest).not.toContain("graph:");
    const perturbations = (gene: string) => [{ knockout: gene }];
    const growth = async (gene: string, lacks: string) => {
      const spec = { ...scenario.spec, time: { to: 0.1, points: 2 }, perturbations: perturbations(gene) };
      const files: Files = { ...nodeFiles, read: async (path) => edited(path, lacks) };
      const { arms } = await runScenario({ ...scenario, spec }, { files });
      return arms[0]?.trajectory.columns.map((column) => column.at(-1));
    };
    expect(await growth("pfkA", "lacks: [ptsH, ptsI]")).toEqual(await growth("b3916", "lacks: [b2415, b2416]"));
  });

  test.each([
    [
      "[[producing, scavenging]]",
      "[[producing, scavengin]]",
      "allocation[0].tiers[0][1]: the cell has no module 'scavengin'",
    ],
    ["lacks: [b2415, b2416]", "lacks: [b2415, b9999]", "no gene 'b9999' in model"],
    ["strain: scavenger", "strain: scavengr", "feeds back from 'biomass:scavengr', which no module owns"],
    ["    pools:", "    biomass: { initial: 1 }\n    pools:", "needs either biomass or strains"],
  ])("refuses %s -> %s", async (from, to, message) => {
    await expect(run(from, to)).rejects.toThrow(message);
  });
});
