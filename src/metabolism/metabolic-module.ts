import type { CellModule, Instant, RateDeclaration } from "../cell/module.ts";
import { type ModuleStatus, OK } from "../cell/status.ts";
import type { VariableDeclaration } from "../cell/variable.ts";
import { CellweaveError } from "../errors.ts";
import { type LpRuntime, loadLp } from "../numerics/lp.ts";
import { reactionAt } from "./edits.ts";
import { enzymeLimits, fluxEnvelope, limitByEnzymes } from "./enzyme-limits.ts";
import { failure } from "./fba.ts";
import { copyBounds, type FluxBounds, type FluxModel } from "./flux-model.ts";
import { acceptsEdit, applyEdits, type MetabolicSetting } from "./metabolic-edits.ts";
import type { MetabolicOptions } from "./metabolic-options.ts";
import { type MetabolicProgram, metabolicProgram } from "./metabolic-program.ts";
import { referenceConditions } from "./reference.ts";
import { type Exchange, exchangesOf, uptake, uptakeSlope } from "./uptake.ts";

const SHORTFALL = "flux:maintenance_shortfall";
/** Shortfall above which a reader is told, mmol gDW^-1 h^-1. */
const NOTABLE = 1e-6;

/**
 * Flux balance as a part of a cell: from pools, biomass and enzyme levels of an instant to all fluxes, and the rates at
 * which they move pools (mmol L^-1 h^-1) and biomass (gDW L^-1 h^-1), with their slopes.
 *
 * The answer is unique and without memory: least maintenance shortfall, then most growth, then least total flux.
 * Evaluation ends with status "infeasible" (naming bounds in conflict), "unbounded", "not-finite" or "failed". A cell
 * that can't pay its maintenance goes on with a warning and says by how much in `flux:maintenance_shortfall`.
 * @throws CellweaveError for unknown or contradictory options
 * @see doi:10.1038/msb.2010.47 (pFBA); doi:10.1016/S0006-3495(02)73903-9 (dynamic FBA)
 */
export async function metabolicModule(options: MetabolicOptions): Promise<CellModule> {
  return createModule(options, await loadLp());
}

function createModule(options: MetabolicOptions, runtime: LpRuntime): CellModule {
  const { model, id, biomass = "biomass" } = options;
  const exchanges = exchangesOf(options);
  const growth = growthOf(options);
  const maintenance = maintenanceOf(options);
  const { bounds, demand } = openBounds(options, exchanges, maintenance);
  const program = metabolicProgram(runtime, model, growth, maintenance);
  const fallback = defaults(options, program, exchanges, bounds, demand);
  const limits = enzymeLimits(options, fallback);
  const genes = expressionGenes(
    options,
    limits.flatMap((limit) => limit.genes),
  );
  const read = new Uint8Array(model.genes.length);
  for (const gene of genes) read[gene] = 1;
  const setting: MetabolicSetting = { id, model, exchanges, limits, bounds, demand, read };
  const fed = exchanges.flatMap((exchange, k) => (exchange.vmax > 0 ? [k] : []));
  const feedback = [...fed.map((k) => exchanges[k]?.pool ?? ""), biomass];
  const slots = slotsOf(model, exchanges, growth);

  let edited = applyEdits(setting, []);
  let regime = "";
  const now: FluxBounds = copyBounds(bounds);
  const expression = new Float64Array(model.genes.length);
  const answer = new Float64Array(exchanges.length + 1);

  const evaluate = ({ t, reads, owned, rates, feedback: slopes }: Instant): ModuleStatus => {
    const bad = reads.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) return { ok: false, code: "not-finite", message: `${moduleReads[bad]} is ${reads[bad]}`, t };
    setBounds(reads);
    const status = program.solve(now, edited.demand);
    if (status !== "optimal") {
      const cause = failure(runtime, model, now, status);
      const message = cause.status === "optimal" ? status : cause.message;
      return { ok: false, code: status, message: `t = ${t} h: ${message}`, t };
    }
    regime = program.regime();
    owned.set(program.fluxes);
    owned[model.reactions.length] = program.shortfall();
    fillRates(reads, rates, slopes);
    return program.shortfall() > NOTABLE ? { ok: true, warning } : OK;
  };

  /** Reads are pools in the order of exchanges, biomass, expressions. */
  const setBounds = (reads: Float64Array): void => {
    now.lower.set(edited.bounds.lower);
    now.upper.set(edited.bounds.upper);
    expression.set(edited.levels);
    genes.forEach((gene, k) => {
      expression[gene] = (expression[gene] ?? 1) * (reads[exchanges.length + 1 + k] ?? 1);
    });
    edited.exchanges.forEach(({ reaction, vmax, km }, k) => {
      if (edited.clamped[reaction] === 0)
        now.lower[reaction] = -uptake(vmax * uptakeLevel(k, reads), km, reads[k] ?? 0);
    });
    limitByEnzymes(edited.limits, expression, now, edited.clamped);
  };

  const fillRates = (reads: Float64Array, rates: Float64Array, slopes: Float64Array): void => {
    const x = reads[exchanges.length] ?? 0;
    const width = feedback.length;
    exchanges.forEach(({ reaction }, k) => {
      const flux = program.fluxes[reaction] ?? 0;
      rates[k] = flux * x;
      slopes[k * width + width - 1] = flux;
    });
    rates[exchanges.length] = (program.fluxes[growth] ?? 0) * x;
    slopes[exchanges.length * width + width - 1] = program.fluxes[growth] ?? 0;
    fed.forEach((k, column) => {
      const { reaction = 0, vmax = 0, km = 0 } = edited.exchanges[k] ?? {};
      const most = vmax * uptakeLevel(k, reads);
      const slope = edited.clamped[reaction] === 1 ? 0 : uptakeSlope(most, km, reads[k] ?? 0) * x;
      if (slope === 0) answer.fill(0);
      else program.response(reaction, slots, answer);
      for (let row = 0; row < answer.length; row++) slopes[row * width + column] = slope * (answer[row] ?? 0);
    });
  };

  const moduleReads = [
    ...new Set([
      ...exchanges.map(({ pool }) => pool),
      biomass,
      ...genes.map((gene) => `expression:${model.genes[gene]?.id}`),
      ...exchanges.flatMap(({ gene }) => (gene === undefined ? [] : [`expression:${gene}`])),
    ]),
  ];
  const levelAt = exchanges.map(({ gene }) => (gene === undefined ? -1 : moduleReads.indexOf(`expression:${gene}`)));
  /** Expression of the gene that scales an exchange's uptake, relative to the reference. */
  const uptakeLevel = (k: number, reads: Float64Array): number => {
    const at = levelAt[k] ?? -1;
    return at < 0 ? 1 : Math.max(0, reads[at] ?? 1);
  };
  const warning = `the cell can't pay its maintenance (${model.reactions[maintenance ?? 0]?.id}); ${SHORTFALL} says by how much`;

  return {
    id,
    owns: declarations(model, growth),
    reads: moduleReads,
    adds: [...exchanges.map(({ pool }) => pool), biomass].map((target): RateDeclaration => ({ target, feedback })),
    accepts: (edit) => acceptsEdit(setting, edit),
    apply: (edits) => {
      edited = applyEdits(setting, edits);
    },
    evaluate,
    advance: () => OK,
    interpolate: () => {},
    snapshot: () => null,
    restore: () => {},
    regime: () => regime,
    dispose: () => program.dispose(),
  };
}

function declarations(model: FluxModel, growth: number): VariableDeclaration[] {
  const flux = { kind: "flux", unit: "mmol/gDW/h", role: "output", initial: 0, nominal: 1 } as const;
  return [
    ...model.reactions.map(({ id, name }, j): VariableDeclaration => {
      const own = j === growth ? { unit: "1/h", nominal: 0.1 } : {};
      return { id: `flux:${id}`, ...flux, ...own, ...(name === undefined ? {} : { label: name }) };
    }),
    { id: SHORTFALL, ...flux, label: "maintenance not met" },
  ];
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

/** Bounds before pools and enzymes: exchanges as listed, maintenance without its demand. */
function openBounds(options: MetabolicOptions, exchanges: readonly Exchange[], maintenance: number | undefined) {
  const { model, unlimited = [] } = options;
  const bounds = copyBounds(model.bounds);
  const listed = new Set(exchanges.map(({ reaction }) => reaction));
  for (const id of unlimited) {
    const j = reactionAt(model, id);
    listed.add(j);
    bounds.lower[j] = Number.NEGATIVE_INFINITY;
    bounds.upper[j] = Number.POSITIVE_INFINITY;
  }
  model.reactions.forEach(({ boundary }, j) => {
    if (!boundary || listed.has(j)) return;
    bounds.lower[j] = 0;
    bounds.upper[j] = 0;
  });
  if (maintenance === undefined) return { bounds, demand: 0 };
  const demand = Math.max(0, bounds.lower[maintenance] ?? 0);
  bounds.lower[maintenance] = Math.min(0, bounds.lower[maintenance] ?? 0);
  return { bounds, demand };
}

/** Default capacities, and the reference basis from which every solve starts. */
function defaults(
  { model, defaultCapacity = { margin: 2, floor: 5 } }: MetabolicOptions,
  program: MetabolicProgram,
  exchanges: readonly Exchange[],
  bounds: FluxBounds,
  demand: number,
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
  return expression.map((gene) => {
    const index = model.geneIndex.get(gene);
    if (index !== undefined) return index;
    throw new CellweaveError("metabolism/unknown-gene", `no gene '${gene}' in model '${model.id}'`);
  });
}

/** Where the answers of exchanges and growth go: exchange k in slot k, growth last. */
function slotsOf(model: FluxModel, exchanges: readonly Exchange[], growth: number): Int32Array {
  const slots = new Int32Array(model.reactions.length).fill(-1);
  exchanges.forEach(({ reaction }, k) => {
    slots[reaction] = k;
  });
  slots[growth] = exchanges.length;
  return slots;
}
