import type { Variable, VariableKind } from "../../src/cell/variable.ts";
import type { Trajectory } from "../../src/engine/trajectory.ts";
import type { Neighbourhood, ReportInput, ReportNode } from "../../src/report/input.ts";
import type { ArmName } from "../../src/scenario/arm.ts";

/** Strain constants of the synthetic batch culture. */
interface Strain {
  readonly uptake: number;
  readonly yield: number;
  readonly overflow: number;
  readonly acetateUptake: number;
  readonly lag: number;
}

const WILD_TYPE: Strain = { uptake: 9.5, yield: 0.082, overflow: 0.32, acetateUptake: 4.2, lag: 0.25 };

const ARM_SHIFT: Readonly<Record<ArmName, { readonly wild: Partial<Strain>; readonly mutant: Partial<Strain> }>> = {
  mechanistic: { wild: {}, mutant: { overflow: 0.35 } },
  learned: { wild: { uptake: 9.1 }, mutant: { uptake: 7.2, yield: 0.074, overflow: 0.45, acetateUptake: 2.1 } },
  hybrid: { wild: { uptake: 9.4 }, mutant: { uptake: 8.3, overflow: 0.41, acetateUptake: 3.0 } },
};

const FLUXES: readonly (readonly [string, number, number])[] = [
  ["GLCpts", 1, 0],
  ["PGI", 0.7, -0.1],
  ["PFK", 0.85, -0.1],
  ["FBA", 0.85, -0.1],
  ["FBP", 0, 0.1],
  ["GAPD", 1.75, -0.1],
  ["PYK", 0.35, 0],
  ["PPC", 0.26, 0],
  ["PDH", 1.05, 0],
  ["PFL", 0, 0],
  ["G6PDH2r", 0.28, 0],
  ["GND", 0.28, 0],
  ["CS", 0.35, 0.9],
  ["ICDHyr", 0.34, 0.6],
  ["AKGDH", 0.22, 0.55],
  ["SUCDi", 0.22, 0.85],
  ["FUM", 0.22, 0.85],
  ["MDH", 0.25, 0.95],
  ["ICL", 0, 0.32],
  ["MALS", 0, 0.32],
  ["PTAr", 0.45, -1],
  ["ACKr", -0.45, 1],
  ["CYTBD", 3.6, 2.4],
  ["ATPS4r", 4.2, 2.6],
];

const GENES = [
  "sdhC",
  "sdhD",
  "sdhA",
  "sdhB",
  "icdA",
  "gltA",
  "acnB",
  "mdh",
  "lpdA",
  "cyoA",
  "cydA",
  "pflB",
  "aceA",
  "aceB",
  "ptsG",
  "pykF",
];

function declaration(
  id: string,
  kind: VariableKind,
  unit: string,
  initial: number,
  label: string,
  owner: string,
): Variable {
  return { id, kind, unit, role: kind === "flux" ? "output" : "state", initial, nominal: 1, label, owner };
}

/** Deterministic numbers in [0, 1) for what needs no meaning. */
function noise(i: number): number {
  const x = Math.sin(i * 12.9898 + 4.1) * 43758.5453;
  return x - Math.floor(x);
}

function variablesOf(arm: ArmName): Variable[] {
  const metabolism = "ecoli-core";
  const regulation = arm === "mechanistic" ? "reference" : "regulator";
  const list = [
    declaration("biomass", "biomass", "gDW/L", 0.02, "biomass", metabolism),
    declaration("pool:glc__D_e", "pool", "mmol/L", 11, "glucose", metabolism),
    declaration("pool:ac_e", "pool", "mmol/L", 0, "acetate", metabolism),
    declaration("pool:o2_e", "pool", "mmol/L", 0.21, "oxygen", metabolism),
    declaration("flux:BIOMASS_Ecoli_core_w_GAM", "flux", "1/h", 0, "growth rate", metabolism),
  ];
  for (const [id] of FLUXES) list.push(declaration(`flux:${id}`, "flux", "mmol/gDW/h", 0, id, metabolism));
  for (const [i, gene] of GENES.entries())
    list.push(declaration(`expression:b${1000 + i}`, "expression", "1", 1, gene, regulation));
  for (const name of ["ArcA", "Fnr", "Crp", "Cra"])
    list.push(declaration(`activity:${name}`, "activity", "1", 0, name, "sensing"));
  if (arm === "hybrid") list.push(declaration("expression:b1000@regulator", "expression", "1", 1, "sdhC", "regulator"));
  for (let i = list.length; i < 300; i++)
    list.push(declaration(`expression:b${2000 + i}`, "expression", "1", 1, `b${2000 + i}`, regulation));
  return list;
}

interface Culture {
  biomass: number;
  glucose: number;
  acetate: number;
  oxygen: number;
}

interface Rates {
  readonly glucose: number;
  readonly acetate: number;
  readonly growth: number;
}

function ratesOf(strain: Strain, now: Culture, t: number): Rates {
  const ready = 1 - Math.exp(-t / strain.lag);
  const glucose = (strain.uptake * ready * now.glucose) / (now.glucose + 0.08);
  const respiration = now.oxygen / (now.oxygen + 0.004);
  const acetate = ((strain.acetateUptake * now.acetate) / (now.acetate + 0.6)) * Math.exp(-glucose / 0.6) * respiration;
  const growth = glucose * strain.yield * (0.45 + 0.55 * respiration) + acetate * 0.028;
  return { glucose, acetate, growth };
}

function step(strain: Strain, now: Culture, t: number, dt: number): void {
  const { glucose, acetate, growth } = ratesOf(strain, now, t);
  const x = now.biomass * dt;
  now.glucose = Math.max(0, now.glucose - glucose * x);
  now.acetate = Math.max(0, now.acetate + (strain.overflow * glucose - acetate) * x);
  const demand = (1.1 * glucose + 1.9 * acetate + 0.4) * now.biomass;
  now.oxygen = Math.max(0.001, now.oxygen + (45 * (0.21 - now.oxygen) - demand) * dt);
  now.biomass += growth * x;
}

function sampleOf(
  variable: Variable,
  index: number,
  now: Culture,
  rates: Rates,
  mutant: boolean,
  arm: ArmName,
): number {
  const [prefix, name = ""] = variable.id.split(":");
  if (prefix === "biomass") return now.biomass;
  if (name === "glc__D_e") return now.glucose;
  if (name === "ac_e") return now.acetate;
  if (name === "o2_e") return now.oxygen;
  if (name.startsWith("BIOMASS")) return rates.growth;
  const flux = FLUXES.find(([id]) => id === name);
  if (flux) return flux[1] * rates.glucose + flux[2] * rates.acetate;
  const shift = mutant && arm !== "mechanistic" ? (noise(index) - 0.35) * (index < 50 ? 2.2 : 0.4) : 0;
  const drift = arm === "mechanistic" ? 0 : (noise(index + 500) - 0.5) * (rates.acetate / 4);
  if (prefix === "activity") return (mutant && name === "ArcA" ? -8 : 0) + 3 * (shift + drift) - rates.glucose / 5;
  return 2 ** (shift + drift);
}

/** A finished run from columns; every nominal is 1 and one module owns all. */
export function trajectoryFrom(
  times: Float64Array,
  columns: readonly (readonly [id: string, kind: VariableKind, values: Float64Array])[],
): Trajectory {
  return {
    variables: columns.map(([id, kind, values]) => declaration(id, kind, "1", values[0] ?? 0, id, "module")),
    times,
    columns: columns.map(([, , values]) => values),
    status: { code: "done", t: times.at(-1) ?? 0 },
    warnings: [],
    ledger: [],
    statistics: {
      steps: 1,
      rejected: 0,
      rejectedFor: new Map(),
      corrections: 1,
      evaluations: 1,
      work: [],
      moduleMs: new Map(),
      totalMs: 1,
    },
  };
}

/** A batch culture on glucose, then acetate; smooth, deterministic, no claim to be E. coli. */
export function diauxie(arm: ArmName, mutant: boolean, hours = 12, points = 241): Trajectory {
  const strain = { ...WILD_TYPE, ...(mutant ? ARM_SHIFT[arm].mutant : ARM_SHIFT[arm].wild) };
  const variables = variablesOf(arm);
  const times = new Float64Array(points);
  const columns = variables.map(() => new Float64Array(points));
  const now: Culture = { biomass: 0.02, glucose: 11, acetate: 0, oxygen: 0.21 };
  const inner = 200;
  for (let k = 0; k < points; k++) {
    const t = (hours * k) / (points - 1);
    times[k] = t;
    const rates = ratesOf(strain, now, t);
    for (const [i, variable] of variables.entries()) {
      const column = columns[i];
      if (column) column[k] = sampleOf(variable, i, now, rates, mutant, arm);
    }
    const dt = hours / (points - 1) / inner;
    for (let s = 0; s < inner; s++) step(strain, now, t + s * dt, dt);
  }
  return {
    variables,
    times,
    columns,
    status: { code: "done", t: hours },
    warnings:
      mutant && arm === "hybrid" ? [{ t: 6.1, module: "ecoli-core", message: "PFL is at its upper bound" }] : [],
    ledger: [
      { variable: "pool:glc__D_e", module: "ecoli-core", moved: -11 },
      { variable: "pool:ac_e", module: "ecoli-core", moved: 1.25 },
      { variable: "pool:o2_e", module: "ecoli-core", moved: -24.6 },
      { variable: "pool:o2_e", module: "aeration", moved: 24.5 },
      { variable: "biomass", module: "ecoli-core", moved: now.biomass - 0.02 },
    ],
    statistics: {
      steps: 412,
      rejected: 9,
      rejectedFor: new Map([
        ["error", 8],
        ["sudden", 1],
      ]),
      corrections: 430,
      evaluations: 1240,
      work: [
        { module: "ecoli-core", what: "linear programs solved", count: 31 },
        { module: "ecoli-core", what: "linear programs spared", count: 1209 },
      ],
      moduleMs: new Map([
        ["ecoli-core", 803.2],
        ["sensing", 120.9],
        ["regulator", arm === "mechanistic" ? 0 : 1410.4],
      ]),
      totalMs: 2401.7,
    },
  };
}

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
