import type { Edit } from "../cell/edit.ts";
import type { CellModule, Instant, Window } from "../cell/module.ts";
import { type ModuleStatus, OK } from "../cell/status.ts";
import type { VariableDeclaration } from "../cell/variable.ts";
import { readsAt } from "../cell/window.ts";
import { type DoseState, doses } from "./dose.ts";
import { type EffectorSource, effectorReader } from "./effectors.ts";
import { type EnvironmentSources, environmentReader } from "./environment.ts";
import { prediction } from "./prediction.ts";
import type { RangeJudge } from "./range.ts";
import type { Regulator } from "./regulator.ts";
import { type Relaxation, relax } from "./relaxation.ts";
import { targetPieces } from "./target.ts";

export interface RegulatorModuleOptions {
  readonly id: string;
  readonly regulator: Regulator;
  /** Loss of proteins by degradation, 1/h; default 0: proteins of growing bacteria are diluted, not degraded. */
  readonly degradation?: number;
  /** Id of the variable that holds the growth rate, 1/h; without one nothing is diluted. */
  readonly growth?: string;
  /** Effector levels from cell variables; the others stay masked. */
  readonly effectors?: readonly EffectorSource[];
  /** Environment features from cell pools; the others stay at the reference. */
  readonly environment?: EnvironmentSources;
  /** Everything stays at its reference: what a mechanistic arm knows of regulation. Gene edits still count. */
  readonly hold?: boolean;
  /** Ask the regulator again only where an input moved by more than this; default 0: always, but for equal inputs. */
  readonly tolerance?: number;
  /** Error allowed in expression from following F between the ends of a step, relative to the reference; default 1e-5. */
  readonly accuracy?: number;
  /** Says whether perturbations lie in the range the regulator was trained in; what does not becomes a warning. */
  readonly range?: RangeJudge;
  /** Gene names by b-number, for labels. */
  readonly geneNames?: ReadonlyMap<string, string>;
}

/**
 * The learned regulator as a module: it owns the expression of genes (relative to the reference) and the activities.
 *
 * Expression follows dx/dt = k (F - x) with k = degradation + growth rate and F = production level x 2^(predicted
 * log2 expression) >= 0. Over a window k is linear and F is followed to `accuracy` by parabolas; the solution is then
 * exact. The perturbation token of a gene follows the product that is present: an acute knockout fades by dilution.
 * @throws CellweaveError `regulation/effector` or `regulation/environment` where the options don't fit the regulator
 */
export function regulatorModule(options: RegulatorModuleOptions): CellModule {
  const { id, regulator, growth, degradation = 0, hold = false, tolerance = 0, accuracy = 1e-5 } = options;
  const { names, reference } = regulator;
  const genes = [...new Set([...names.genes, ...names.expression])];
  const effectors = effectorReader(options.effectors ?? [], names.effectors);
  const environment = environmentReader(options.environment ?? {}, names.environment, reference.environment);
  const reads = [
    ...new Set([...(growth === undefined ? [] : [growth]), ...effectors.variables, ...environment.variables]),
  ];
  const owns = declarations(options);
  const position = new Map(owns.map((variable, i) => [variable.id, i]));
  const expressed = names.expression.length;
  const dose = doses(genes);
  const productionOf = names.expression.map((gene) => genes.indexOf(gene));
  const predicted = prediction({
    regulator,
    effectors,
    environment,
    reads,
    dose,
    geneCount: genes.length,
    hold,
    tolerance,
  });
  const clamps = new Map<number, number>();
  const held = new Uint8Array(owns.length);
  let last: { readonly problem: Relaxation; readonly t0: number } | undefined;

  for (let i = expressed; i < owns.length; i++) held[i] = 1;
  const growthAt = growth === undefined ? -1 : reads.indexOf(growth);
  const loss = (values: Float64Array): number => degradation + Math.max(0, growthAt < 0 ? 0 : (values[growthAt] ?? 0));
  const targetOf = (log2Expression: Float64Array): Float64Array =>
    log2Expression.map((change, i) => dose.production(productionOf[i] ?? -1) * 2 ** change);

  async function evaluate({ t, reads: values, owned }: Instant): Promise<ModuleStatus> {
    const found = await predicted.at(t, values, clampedChanges());
    if (!found.ok) return found.status;
    for (let i = 0; i < names.activities.length; i++) {
      const value = (reference.activity[i] ?? 0) + (found.activityChange[i] ?? 0);
      owned[expressed + i] = clamps.get(expressed + i) ?? value;
    }
    return hold ? OK : rangeStatus(options, dose.edited(), genes);
  }

  function clampedChanges(): ReadonlyMap<number, number> {
    const changes = new Map<number, number>();
    for (const [i, value] of clamps)
      if (i >= expressed) changes.set(i - expressed, value - (reference.activity[i - expressed] ?? 0));
    return changes;
  }

  async function advance(window: Window): Promise<ModuleStatus> {
    const { t0, t1, reads0, reads1, contributions } = window;
    const duration = t1 - t0;
    const k0 = loss(reads0);
    const k1 = loss(reads1);
    dose.advance({ t0, t1, k0, k1 });
    const values = new Float64Array(reads.length);
    const changes = clampedChanges();
    const target = await targetPieces(
      async (share) => {
        const t = share === 0 ? t0 : share === 1 ? t1 : t0 + share * duration;
        // At the ends to the bit: there the regulator has been asked before.
        if (share === 0) values.set(reads0);
        else if (share === 1) values.set(reads1);
        else readsAt(window, t, values);
        const found = await predicted.at(t, values, changes);
        return found.ok ? targetOf(found.log2Expression) : found.status;
      },
      { decay: (duration * (k0 + k1)) / 2, tolerance: accuracy },
    );
    if (!Array.isArray(target)) return target;
    const problem: Relaxation = { duration, k0, k1, target, start: window.start.slice(), held, contributions };
    last = { problem, t0 };
    if (relax(problem, 1, window.owned, window.moved)) return OK;
    const message = "rates of other modules on expression are too fast for the step; shorten it or slow them";
    return { ok: false, code: "too-stiff", message, t: t0 };
  }

  return {
    id,
    owns,
    reads,
    adds: [],
    accepts: (edit) => accepts(edit, genes, position, expressed, regulator),
    apply(edits) {
      dose.apply(edits);
      clamps.clear();
      for (const edit of edits) {
        const i = edit.kind === "clamp" ? position.get(edit.variable) : undefined;
        if (edit.kind === "clamp" && i !== undefined) clamps.set(i, edit.value);
      }
      for (let i = 0; i < expressed; i++) held[i] = clamps.has(i) ? 1 : 0;
    },
    evaluate,
    advance,
    interpolate(t, owned) {
      if (last === undefined) return;
      const { problem, t0 } = last;
      const outputs = owned.slice(expressed);
      relax(problem, (t - t0) / problem.duration, owned);
      owned.set(outputs, expressed);
    },
    snapshot: () => dose.snapshot(),
    restore(snapshot) {
      dose.restore(snapshot as DoseState);
    },
    dispose: () => regulator.dispose(),
  };
}

function declarations({ regulator, geneNames }: RegulatorModuleOptions): VariableDeclaration[] {
  const { names, reference } = regulator;
  return [
    ...names.expression.map((gene): VariableDeclaration => {
      const name = geneNames?.get(gene);
      const label = name === undefined || name === gene ? {} : { label: name };
      return {
        id: `expression:${gene}`,
        kind: "expression",
        unit: "1",
        role: "state",
        initial: 1,
        nominal: 1,
        ...label,
      };
    }),
    ...names.activities.map(
      (name, i): VariableDeclaration => ({
        id: `activity:${name}`,
        kind: "activity",
        unit: "1",
        role: "output",
        initial: reference.activity[i] ?? 0,
        nominal: 1,
        label: name,
      }),
    ),
  ];
}

/** A warning while an edited gene lies outside the regulator's range. */
function rangeStatus(
  { range, regulator }: RegulatorModuleOptions,
  edited: ReadonlyMap<number, number>,
  genes: readonly string[],
): ModuleStatus {
  if (range === undefined || edited.size === 0) return OK;
  const { code, reasons } = range([...edited].map(([gene, level]) => ({ gene: genes[gene] ?? "", level })));
  if (code === "IN") return OK;
  const beyond = code === "EDGE" ? "at the edge of" : "outside";
  return { ok: true, warning: `${code}: ${beyond} what '${regulator.name}' was trained on: ${reasons.join("; ")}` };
}

function accepts(
  edit: Edit,
  genes: readonly string[],
  position: ReadonlyMap<string, number>,
  expressed: number,
  regulator: Regulator,
): boolean {
  if (edit.kind === "gene") return genes.includes(edit.gene);
  if (edit.kind !== "clamp") return false;
  const i = position.get(edit.variable);
  return i !== undefined && (i < expressed || regulator.geneWeights !== undefined);
}
