import type { Neighbourhood, ReportInput, ReportNode } from "../../src/report/input.ts";
import { diauxie, GENES, noise } from "./culture-fixture.ts";

function graph(): Neighbourhood {
  const gene = (id: string, name: string, log2: number): ReportNode => ({
    id,
    type: "gene",
    name,
    locus: id,
    change: { mechanistic: 0, learned: log2 * 1.3, hybrid: log2 },
  });
  const nodes: ReportNode[] = [
    { id: "o2", type: "signal", name: "oxygen", change: {} },
    { id: "q8", type: "metabolite", name: "ubiquinone-8", change: {} },
    { id: "camp", type: "metabolite", name: "cAMP", change: {} },
    { id: "arcA-tf", type: "tf", name: "ArcA", change: { mechanistic: -4, learned: -4, hybrid: -4 } },
    { id: "fnr-tf", type: "tf", name: "Fnr", change: { hybrid: 0.2, learned: 0.1, mechanistic: 0 } },
    { id: "crp-tf", type: "tf", name: "Crp", change: { hybrid: -0.3, learned: -0.4, mechanistic: 0 } },
    gene("b4401", "arcA", -6),
    ...GENES.map((name, i) => gene(`b${1000 + i}`, name, (noise(i + 3) - 0.3) * 3)),
  ];
  const edges: { source: string; target: string; sign: 1 | -1 | 0 }[] = [
    { source: "o2", target: "fnr-tf", sign: -1 },
    { source: "q8", target: "arcA-tf", sign: -1 },
    { source: "camp", target: "crp-tf", sign: 1 },
    { source: "b4401", target: "arcA-tf", sign: 1 },
    { source: "fnr-tf", target: "b4401", sign: 1 },
  ];
  GENES.forEach((_, i) => {
    const target = `b${1000 + i}`;
    edges.push({ source: "arcA-tf", target, sign: i === 10 || i === 11 ? 1 : -1 });
    if (i < 4 || i > 11) edges.push({ source: "crp-tf", target, sign: 1 });
    if (i >= 9 && i < 12) edges.push({ source: "fnr-tf", target, sign: i === 9 ? -1 : 1 });
  });
  return { focus: ["b4401"], nodes, edges, measure: "log2 fold change against the wild type at 3 h" };
}

function measurements(): ReportInput["measurements"] {
  const points: { variable: string; time: number; value: number; sd: number }[] = [];
  const mutant = diauxie("hybrid", true);
  for (const [index, id, sd] of [
    [0, "biomass", 0.05],
    [1, "pool:glc__D_e", 0.35],
    [2, "pool:ac_e", 0.2],
  ] as const) {
    for (let k = 20; k < 240; k += 24) {
      const value = mutant.columns[index]?.[k] ?? 0;
      points.push({ variable: id, time: k / 20, value: value + sd * (noise(k + index) - 0.3), sd });
    }
  }
  return points;
}

/** A whole report: an arcA knockout in three arms with the wild type, data, graph and provenance. */
export function reportFixture(changes: Partial<ReportInput> = {}): ReportInput {
  const arms = (["mechanistic", "learned", "hybrid"] as const).map((name) => ({
    name,
    trajectory: diauxie(name, true),
    reference: diauxie(name, false),
  }));
  return {
    title: "arcA knockout on glucose",
    description: "What happens to growth and overflow when ArcA no longer represses the TCA cycle?",
    cell: "ecoli",
    arms,
    observables: [
      { variable: "flux:BIOMASS_Ecoli_core_w_GAM", label: "growth rate" },
      { variable: "biomass" },
      { variable: "pool:glc__D_e" },
      { variable: "pool:ac_e" },
      { variable: "pool:o2_e", label: "dissolved oxygen" },
      { variable: "expression:b1002", label: "sdhA expression" },
    ],
    measurements: measurements(),
    perturbations: [
      { label: "ΔarcA", from: 0, to: 12 },
      { label: "oxygen off", from: 4, to: 5.5 },
    ],
    graph: graph(),
    provenance: {
      created: "2025-01-02T03:04:05Z",
      version: "0.1.0",
      versions: [
        { name: "node", version: "20.19.0" },
        { name: "highs", version: "1.15.3" },
      ],
      inputs: [
        { path: "examples/arcA-knockout.scenario.yaml", role: "scenario", sha256: "a".repeat(64) },
        { path: "sbml/ecoli-core.xml", role: "metabolism", sha256: "b".repeat(64) },
      ],
      seed: 1,
      rtol: 1e-4,
      atol: 1e-6,
      class: "B",
      command: "cellweave run examples/arcA-knockout.scenario.yaml -o out",
    },
    explanations: [
      "ArcA represses the genes of the TCA cycle; without it they are expressed even where oxygen is low.",
    ],
    reasons: new Map([
      ["pool:ac_e", "the regulator lowers the expression of acs, which the mechanistic arm keeps at its reference"],
    ]),
    ...changes,
  };
}
