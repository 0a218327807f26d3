import type { Instant, RateDeclaration } from "../../cell/module.ts";
import { type ModuleStatus, OK } from "../../cell/status.ts";
import type { VariableDeclaration } from "../../cell/variable.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpRuntime } from "../../numerics/programs/lp.ts";
import { limitByEnzymes } from "../limits/enzyme-limits.ts";
import { copyBounds, type FluxBounds, type FluxModel } from "../model/flux-model.ts";
import { basisChange } from "./basis-change.ts";
import { acceptsEdit, applyEdits, type EditedSetting, parametersOf } from "./edits.ts";
import { failureWords } from "./failure.ts";
import type { FluxProblem, MetabolicModule } from "./flux-problem.ts";
import type { MetabolicOptions } from "./options.ts";
import { type MetabolicSetup, setUp } from "./setup.ts";
import { infeasibleWords, letGo, shortfallWords } from "./starvation.ts";
import { uptake, uptakeSlope } from "./uptake.ts";

const SHORTFALL = "flux:maintenance_shortfall";
/** Shortfall above which a reader is told, mmol gDW^-1 h^-1. */
const NOTABLE = 1e-6;
/** What the regimes begin with in which demands are let go. */
const AT_REST = "rest ";
/** How many sentences about starvation are kept. */
const REMEMBERED = 64;

/**
 * Flux balance as a part of a cell: from pools, biomass and enzyme levels of an instant to all fluxes, and the rates at
 * which they move pools (mmol L^-1 h^-1) and biomass (gDW L^-1 h^-1), with their slopes.
 *
 * The answer is unique and without memory: least maintenance shortfall, then most growth, then least total flux. Goals
 * come between the last two, for whoever knows what a cell does with what growth leaves open; uniqueness doesn't need them.
 * Evaluation ends with status "unbounded", "not-finite" or "failed". A cell that starves goes on: where the maintenance
 * can't be paid `flux:maintenance_shortfall` says by how much; where other demands (a clamped flux) can't be met all
 * demands are let go and nothing grows. Either is a warning that names the limiting bounds, from when to when.
 * Between changes of the optimal basis fluxes follow from the basis, without a linear program. Programs are those of the
 * small model that chains make of the whole one; its directions are all that pools, enzymes and deletions can reach.
 * @throws CellweaveError for unknown or contradictory options
 * @see doi:10.1038/msb.2010.47 (pFBA); doi:10.1016/S0006-3495(02)73903-9 (dynamic FBA); doi:10.1186/s12859-014-0409-8 (goals)
 */
export async function metabolicModule(options: MetabolicOptions): Promise<MetabolicModule> {
  const runtime = await loadLp();
  return createModule(setUp(options, runtime), runtime);
}

function createModule(setup: MetabolicSetup, runtime: LpRuntime): MetabolicModule {
  const { setting, programs, reads, growth } = setup;
  const { model, exchanges } = setting;
  const bounds = copyBounds(setting.bounds);
  const fillBounds = boundsFiller(setup, bounds);
  const fillRates = ratesFiller(setup);
  const warnings = new Map<string, ModuleStatus>();
  /** What couldn't be met at rest, by regime; of the present step alone, since it costs a program from scratch. */
  const conflicts = new Map<string, string>();
  const targets = [...exchanges.map(({ pool }) => pool), reads[exchanges.length] ?? ""];
  const feedback = [...setup.fed.map((k) => targets[k] ?? ""), targets[exchanges.length] ?? ""];
  let edited = applyEdits(setting, []);
  let regime = "";

  const evaluate = (instant: Instant): ModuleStatus => {
    const { t, owned } = instant;
    const bad = instant.reads.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) return { ok: false, code: "not-finite", message: `${reads[bad]} is ${instant.reads[bad]}`, t };
    fillBounds(edited, instant.reads);
    const status = programs.present.solve(bounds, edited.demand);
    const conflict = status === "infeasible" ? rest() : undefined;
    if (status !== "optimal" && conflict === undefined)
      return { ok: false, code: status, message: failureWords(setup, runtime, bounds, status), t };
    regime = (conflict === undefined ? "" : AT_REST) + programs.present.regime();
    owned.set(programs.present.fluxes);
    owned[model.reactions.length] = programs.present.shortfall();
    fillRates(edited, instant);
    return conflict ?? (programs.present.shortfall() > NOTABLE ? starvation() : OK);
  };

  /** Solves again with every demand let go; what could not be met, or undefined where even that fails. */
  const rest = (): ModuleStatus | undefined => {
    const asked = copyBounds(bounds);
    letGo(bounds, growth);
    if (programs.present.solve(bounds, edited.demand) !== "optimal") return undefined;
    const at = programs.present.regime();
    const warning = conflicts.get(at) ?? infeasibleWords(runtime, model, asked, edited);
    conflicts.set(at, warning);
    return { ok: true, warning };
  };
  /** The same words while the same basis holds. */
  const starvation = (): ModuleStatus => {
    const known = warnings.get(regime);
    if (known !== undefined) return known;
    const status = { ok: true, warning: shortfallWords(setup, edited) } as const;
    if (warnings.size >= REMEMBERED) warnings.clear();
    warnings.set(regime, status);
    return status;
  };

  const problemAt = (values: Float64Array): FluxProblem => {
    programs.present.anchor([]);
    programs.present.forget();
    fillBounds(edited, values);
    const status = programs.present.solve(bounds, edited.demand);
    const own = copyBounds(bounds);
    const paid = edited.demand - (status === "optimal" ? programs.present.shortfall() : 0);
    if (setup.maintenance !== undefined && edited.clamped[setup.maintenance] !== 1)
      own.lower[setup.maintenance] = Math.max(own.lower[setup.maintenance] ?? 0, paid);
    const objective = new Float64Array(model.reactions.length);
    objective[growth] = 1;
    const fluxes = status === "optimal" ? programs.present.fluxes.slice() : undefined;
    return { model: { ...model, objective, sense: "maximize" }, bounds: own, fluxes };
  };

  return {
    model,
    problemAt,
    id: setting.id,
    owns: declarations(model, growth),
    reads,
    adds: targets.map((target): RateDeclaration => ({ target, feedback })),
    matter: setup.matter,
    parameters: parametersOf(setting),
    accepts: (edit) => acceptsEdit(setting, edit),
    apply: (edits) => {
      edited = applyEdits(setting, edits);
      programs.cover(edited.bounds);
      warnings.clear();
      conflicts.clear();
    },
    evaluate,
    advance: () => OK,
    interpolate: () => {},
    snapshot: () => programs.present.anchors(),
    restore: (snapshot) => programs.present.anchor((snapshot ?? []) as readonly string[]),
    regime: () => regime,
    changeOf: (from, to) => changeWords(setup, from, to),
    beginStep: () => {
      programs.present.forget();
      conflicts.clear();
    },
    work: () => [
      { what: "linear programs solved", count: programs.work().solved },
      { what: "linear programs spared", count: programs.work().saved },
    ],
    dispose: () => programs.dispose(),
  };
}

/** Bounds at an instant: what pools offer, what enzymes carry; fills `bounds`. */
function boundsFiller({ setting, genes, uptakeGene }: MetabolicSetup, bounds: FluxBounds) {
  const expression = new Float64Array(setting.model.genes.length);
  const first = setting.exchanges.length + 1;
  return (edited: EditedSetting, reads: Float64Array): void => {
    bounds.lower.set(edited.bounds.lower);
    bounds.upper.set(edited.bounds.upper);
    expression.set(edited.levels);
    for (let k = 0; k < genes.length; k++) {
      const gene = genes[k] ?? 0;
      expression[gene] = (expression[gene] ?? 1) * (reads[first + k] ?? 1);
    }
    edited.exchanges.forEach(({ reaction, vmax, km }, k) => {
      if (edited.clamped[reaction] === 1) return;
      const forced = Math.max(0, edited.bounds.lower[reaction] ?? 0);
      bounds.lower[reaction] = vmax > 0 ? -uptake(vmax * levelOf(uptakeGene, k, reads), km, reads[k] ?? 0) : forced;
    });
    limitByEnzymes(edited.limits, expression, bounds, edited.clamped);
  };
}

/** Rates of pools and biomass and their slopes, from the program just solved; fills `rates` and `feedback`. */
function ratesFiller({ setting, programs, growth, fed, uptakeGene }: MetabolicSetup) {
  const count = setting.exchanges.length;
  const width = fed.length + 1;
  const answer = new Float64Array(count + 1);
  const moved = Int32Array.from({ length: count + 1 }, (_, k) => setting.exchanges[k]?.reaction ?? growth);
  const slots = new Int32Array(setting.model.reactions.length).fill(-1);
  for (const [slot, reaction] of moved.entries()) slots[reaction] = slot;

  return (edited: EditedSetting, { reads, rates, feedback }: Instant): void => {
    const biomass = reads[count] ?? 0;
    for (let row = 0; row <= count; row++) {
      const flux = programs.present.fluxes[moved[row] ?? 0] ?? 0;
      rates[row] = flux * biomass;
      feedback[row * width + width - 1] = flux;
    }
    fed.forEach((k, column) => {
      const { reaction = 0, vmax = 0, km = 0 } = edited.exchanges[k] ?? {};
      const most = edited.clamped[reaction] === 1 ? 0 : vmax * levelOf(uptakeGene, k, reads);
      const slope = uptakeSlope(most, km, reads[k] ?? 0) * biomass;
      if (slope === 0) answer.fill(0);
      else programs.present.response(reaction, slots, answer);
      for (let row = 0; row <= count; row++) feedback[row * width + column] = slope * (answer[row] ?? 0);
    });
  };
}

/** Expression that scales an exchange's uptake, relative to the reference. */
function levelOf(uptakeGene: Int32Array, exchange: number, reads: Float64Array): number {
  const at = uptakeGene[exchange] ?? -1;
  return at < 0 ? 1 : Math.max(0, reads[at] ?? 1);
}

function changeWords({ setting, programs, growth }: MetabolicSetup, from: string, to: string): string {
  const [rested, rests] = [from.startsWith(AT_REST), to.startsWith(AT_REST)];
  if (rested !== rests) return rests ? "demands can't be met and are let go" : "demands can be met again";
  const [before = "", after = ""] = [from, to].map((regime) =>
    programs.present.basisOf(rested ? regime.slice(AT_REST.length) : regime),
  );
  return basisChange(setting.model, growth, before, after);
}

function declarations(model: FluxModel, growth: number): VariableDeclaration[] {
  const flux = { kind: "flux", unit: "mmol/gDW/h", role: "output", initial: 0, nominal: 1 } as const;
  return [
    ...model.reactions.map(({ id, name }, j): VariableDeclaration => {
      const label = name === undefined ? {} : { label: name };
      const own = j === growth ? { unit: "1/h", nominal: 0.1, label: "growth rate" } : label;
      return { id: `flux:${id}`, ...flux, ...own };
    }),
    { id: SHORTFALL, ...flux, label: "maintenance not met" },
  ];
}
