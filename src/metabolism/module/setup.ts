import type { Matter } from "../../cell/module.ts";
import { CellweaveError } from "../../errors.ts";
import type { LpRuntime } from "../../numerics/programs/lp.ts";
import { enzymeLimits, fluxEnvelope } from "../limits/enzyme-limits.ts";
import { contentTaken, openElements } from "../model/contents.ts";
import { geneAt, reactionAt } from "../model/edits.ts";
import { copyBounds, type FluxBounds, type FluxModel, requireContinuous } from "../model/flux-model.ts";
import { type BoundaryRole, boundaryRoles } from "./boundary-roles.ts";
import type { MetabolicSetting } from "./edits.ts";
import type { MetabolicOptions } from "./options.ts";
import type { Aims } from "./ordered-program.ts";
import type { MetabolicProgram } from "./program.ts";
import { type MetabolicPrograms, metabolicPrograms } from "./programs.ts";
import { referenceConditions } from "./reference.ts";
import { type Exchange, exchangesOf } from "./uptake.ts";

/** A metabolic module before its first evaluation: names resolved, the programs open, capacities known. */
export interface MetabolicSetup {
  readonly setting: MetabolicSetting;
  readonly programs: MetabolicPrograms;
  readonly aims: Aims;
  /** Index of the reaction that is growth. */
  readonly growth: number;
  readonly maintenance: number | undefined;
  /** Pools in the order of exchanges, biomass, expressions. */
  readonly reads: readonly string[];
  /** Genes whose expression is read, in the order of `reads`. */
  readonly genes: readonly number[];
  /** Position in `reads` of the expression that scales each exchange's uptake, -1 for none; shape [exchanges]. */
  readonly uptakeGene: Int32Array;
  /** What pools and biomass are made of, in the order of the rates: exchanges, then growth. */
  readonly matter: Matter;
  /** Exchanges that can take up; their pools, then biomass, are the feedback of every rate. */
  readonly fed: readonly number[];
}

/** @throws CellweaveError for unknown or contradictory options */
export function setUp(options: MetabolicOptions, runtime: LpRuntime): MetabolicSetup {
  const { model, id, biomass = "biomass" } = options;
  requireContinuous(model, "a time course (dynamic FBA)", "fluxes follow pools along a basis, which it hasn't");
  const roles = boundaryRoles(options);
  const exchanges = exchangesOf(options);
  const growth = growthOf(options);
  const maintenance = maintenanceOf(options);
  const open = openBounds(model, roles, maintenance);
  const aims = { growth, maintenance, goals: goalsOf(options) };
  const programs = metabolicPrograms(runtime, model, withUptakes(open.bounds, exchanges), aims);
  const limits = enzymeLimits(options, defaultCapacities(options, programs.present, exchanges, open));
  const genes = expressionGenes(
    options,
    limits.flatMap((limit) => limit.genes),
  );
  const reads = [
    ...new Set([
      ...exchanges.map(({ pool }) => pool),
      biomass,
      ...genes.map((gene) => `expression:${model.genes[gene]?.id}`),
      ...exchanges.flatMap(({ gene }) => (gene === undefined ? [] : [`expression:${gene}`])),
    ]),
  ];
  const read = new Uint8Array(model.genes.length);
  for (const gene of genes) read[gene] = 1;
  return {
    setting: { id, model, exchanges, limits, ...open, read },
    programs,
    aims,
    growth,
    maintenance,
    matter: {
      contents: [...exchanges.map(({ reaction }) => reaction), growth].map((j) => contentTaken(model, j)),
      open: openElements(model, unaccounted(roles), growth),
    },
    reads,
    genes,
    uptakeGene: Int32Array.from(exchanges, ({ gene }) =>
      gene === undefined ? -1 : reads.indexOf(`expression:${gene}`),
    ),
    fed: exchanges.flatMap(({ vmax }, k) => (vmax > 0 ? [k] : [])),
  };
}

/** Boundary reactions that may carry flux and have no pool. */
function unaccounted(roles: ReadonlyMap<number, BoundaryRole>): number[] {
  return [...roles].flatMap(([j, role]) => (role === "unlimited" || role === "drains" ? [j] : []));
}

function growthOf({ model, growth }: MetabolicOptions): number {
  if (growth !== undefined) return reactionAt(model, growth);
  const aims = [...model.objective.keys()].filter((j) => model.objective[j] !== 0);
  const [only] = aims;
  if (aims.length === 1 && only !== undefined) return only;
  throw new CellweaveError("metabolism/no-growth", `model '${model.id}' doesn't say which reaction is growth`, {
    hint: "name its biomass reaction in the option 'growth'",
  });
}

function maintenanceOf({ model, maintenance }: MetabolicOptions): number | undefined {
  return maintenance === undefined ? model.reactionIndex.get("ATPM") : reactionAt(model, maintenance);
}

function goalsOf({ model, goals = [] }: MetabolicOptions): Aims["goals"] {
  return goals.map(({ reaction, sense }) => ({ reaction: reactionAt(model, reaction), sense }));
}

/** Bounds with every uptake that a pool can feed. */
function withUptakes(bounds: FluxBounds, exchanges: readonly Exchange[]): FluxBounds {
  const open = copyBounds(bounds);
  for (const { reaction, vmax } of exchanges) open.lower[reaction] = Math.min(open.lower[reaction] ?? 0, -vmax);
  return open;
}

/** Bounds before pools and enzymes: boundary reactions as listed, maintenance without its demand. */
function openBounds(
  model: FluxModel,
  roles: ReadonlyMap<number, BoundaryRole>,
  maintenance: number | undefined,
): Pick<MetabolicSetting, "bounds" | "demand"> {
  const bounds = copyBounds(model.bounds);
  for (const [j, role] of roles) {
    if (role === "exchanges") continue;
    const forced = role === "drains" ? Math.max(0, bounds.lower[j] ?? 0) : 0;
    bounds.lower[j] = role === "unlimited" ? Number.NEGATIVE_INFINITY : forced;
    if (role !== "drains") bounds.upper[j] = role === "unlimited" ? Number.POSITIVE_INFINITY : 0;
    else bounds.upper[j] = Math.max(0, bounds.upper[j] ?? 0);
  }
  if (maintenance === undefined) return { bounds, demand: 0 };
  const demand = Math.max(0, bounds.lower[maintenance] ?? 0);
  bounds.lower[maintenance] = Math.min(0, bounds.lower[maintenance] ?? 0);
  return { bounds, demand };
}

/** Default capacities, none where not wanted; the first reference condition gives the basis of every later solve. */
function defaultCapacities(
  { model, defaultCapacity = { margin: 2, floor: 5 } }: MetabolicOptions,
  program: MetabolicProgram,
  exchanges: readonly Exchange[],
  { bounds, demand }: Pick<MetabolicSetting, "bounds" | "demand">,
) {
  const conditions: Float64Array[] = [];
  for (const condition of referenceConditions(model, exchanges, bounds)) {
    if (program.solve(condition, demand) !== "optimal") continue;
    if (conditions.length === 0) program.rememberBasis();
    conditions.push(program.fluxes.slice());
  }
  return defaultCapacity === "none" ? undefined : fluxEnvelope(model, conditions, defaultCapacity);
}

function expressionGenes({ model, expression }: MetabolicOptions, limited: readonly number[]): number[] {
  if (expression === undefined) return [...new Set(limited)].sort((a, b) => a - b);
  const again = expression.find((gene, k) => expression.indexOf(gene) < k);
  if (again !== undefined)
    throw new CellweaveError("metabolism/duplicate", `gene '${again}' is in 'expression' twice`, {
      hint: "name it once",
    });
  return expression.map((gene) => geneAt(model, gene));
}
