import type { Variable, VariableKind } from "../../src/cell/variable.ts";
import type { Trajectory } from "../../src/engine/trajectory.ts";
import type { ArmName } from "../../src/scenario/arms/arm.ts";

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

export const GENES = [
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
export function noise(i: number): number {
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
