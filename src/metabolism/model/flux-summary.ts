import type { FluxModel } from "./flux-model.ts";
import { atomsOf } from "./formula.ts";

/** What one reaction does to one metabolite. */
export interface MetaboliteRate {
  /** Indices. */
  readonly reaction: number;
  readonly metabolite: number;
  /** What the metabolite gains, mmol gDW^-1 h^-1. */
  readonly rate: number;
}

/** What crosses the border of a model, largest first. */
export interface BorderSummary {
  readonly uptake: readonly MetaboliteRate[];
  readonly secretion: readonly MetaboliteRate[];
  /** Exchanges whose bounds allow uptake and that take nothing up. */
  readonly unused: readonly MetaboliteRate[];
}

/** What makes a metabolite and what uses it, largest first. */
export interface MetaboliteSummary {
  readonly producing: readonly MetaboliteRate[];
  readonly consuming: readonly MetaboliteRate[];
}

const NOTHING = 1e-9;

const larger = (a: MetaboliteRate, b: MetaboliteRate): number => Math.abs(b.rate) - Math.abs(a.rate);

/** Uptake and secretion by the boundary reactions of one metabolite. */
export function borderSummary(
  model: FluxModel,
  fluxes: Float64Array,
  bounds: FluxModel["bounds"] = model.bounds,
): BorderSummary {
  const found: { taken: MetaboliteRate; mayTakeUp: boolean }[] = model.reactions.flatMap(({ boundary }, j) => {
    const [only, ...others] = boundary ? entriesOf(model, j) : [];
    if (only === undefined || others.length > 0) return [];
    const { metabolite, coefficient } = only;
    const taken = { reaction: j, metabolite, rate: coefficient * (fluxes[j] ?? 0) };
    const limit = coefficient > 0 ? bounds.upper[j] : -(bounds.lower[j] ?? 0);
    return [{ taken, mayTakeUp: (limit ?? 0) > 0 }];
  });
  const pick = (wanted: (one: (typeof found)[number]) => boolean) =>
    found
      .filter(wanted)
      .map(({ taken }) => taken)
      .sort(larger);
  return {
    uptake: pick(({ taken }) => taken.rate > NOTHING),
    secretion: pick(({ taken }) => taken.rate < -NOTHING),
    unused: pick(({ taken, mayTakeUp }) => mayTakeUp && taken.rate <= NOTHING),
  };
}

/** Metabolites of a reaction with their coefficients, without the rows of constraints. */
function entriesOf({ stoichiometry: { starts, rows, values }, metabolites }: FluxModel, reaction: number) {
  const entries: { readonly metabolite: number; readonly coefficient: number }[] = [];
  for (let k = starts[reaction] ?? 0; k < (starts[reaction + 1] ?? 0); k++) {
    const metabolite = rows[k] ?? 0;
    if (metabolites[metabolite]?.auxiliary !== true) entries.push({ metabolite, coefficient: values[k] ?? 0 });
  }
  return entries;
}

/** What makes a metabolite and what uses it. */
export function metaboliteSummary(model: FluxModel, metabolite: number, fluxes: Float64Array): MetaboliteSummary {
  const { starts, rows, values } = model.stoichiometry;
  const all: MetaboliteRate[] = [];
  for (let j = 0; j < model.reactions.length; j++) {
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const rate = (values[k] ?? 0) * (fluxes[j] ?? 0);
      if (rows[k] === metabolite && Math.abs(rate) > NOTHING) all.push({ reaction: j, metabolite, rate });
    }
  }
  return {
    producing: all.filter(({ rate }) => rate > 0).sort(larger),
    consuming: all.filter(({ rate }) => rate < 0).sort(larger),
  };
}

/** Atoms of carbon in a metabolite; 0 without a formula. */
export function carbonOf({ metabolites }: FluxModel, metabolite: number): number {
  const formula = metabolites[metabolite]?.formula;
  return (formula === undefined ? undefined : atomsOf(formula)?.get("C")) ?? 0;
}

/** A reaction as text, `atp_c + f6p_c --> adp_c + fdp_c + h_c`; `<=>` where it may run both ways, `<--` backward only. */
export function equationOf(model: FluxModel, reaction: number, bounds: FluxModel["bounds"] = model.bounds): string {
  const [left, right]: [string[], string[]] = [[], []];
  for (const { metabolite, coefficient } of entriesOf(model, reaction)) {
    const size = Math.abs(coefficient);
    const amount = size === 1 ? "" : `${Number(size.toPrecision(12))} `;
    (coefficient < 0 ? left : right).push(`${amount}${model.metabolites[metabolite]?.id ?? ""}`);
  }
  const backward = (bounds.lower[reaction] ?? 0) < 0;
  const forward = (bounds.upper[reaction] ?? 0) > 0;
  const arrow = backward ? (forward ? "<=>" : "<--") : "-->";
  return `${left.join(" + ")} ${arrow} ${right.join(" + ")}`.trim();
}
