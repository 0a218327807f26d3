import type { RegulatorInputs } from "../regulator.ts";
import type { Intervention } from "./experiments.ts";
import type { Fold } from "./fold.ts";

/** Interventions weaker than this share of a full one are asked at this share, and the answer scaled down. */
const WEAK = 0.5;

/** What the state of a cell asks of a table of experiments. */
export interface Question {
  /** What mechanism holds at its present value. */
  readonly held: readonly Intervention[];
  /** What is done beside that, no weaker than is worth asking. */
  readonly done: readonly Intervention[];
  /** Readings that `done` fixes, by variable, in the table's unit. */
  readonly known: ReadonlyMap<string, number>;
  /** By how much the answer to `done` is to be scaled, 0 to 1. */
  readonly strength: number;
}

export interface Questioner {
  /** Variables of the table; the regulator's genes and targets of inhibitors begin with them. */
  readonly variables: readonly string[];
  /** Variables, then regulators that are none. */
  readonly targets: readonly string[];
  readonly fold: Fold;
  /** Spread of changes, in the table's unit, shape [variables]. */
  readonly spread: Float64Array;
}

interface Act {
  readonly target: number;
  readonly kind: "loss" | "gain" | "inhibition";
  /** Share lost; of a gain the level above the control's. */
  readonly amount: number;
  /** Share of a full intervention. */
  readonly strength: number;
}

/**
 * Inputs of a regulator as interventions. A gene whose product is partly there is a knockdown that holds it at its level;
 * where mechanism holds the product, its present level says all.
 */
export function questionOf(inputs: RegulatorInputs, questioner: Questioner): Question {
  const { variables, fold } = questioner;
  const held = variables.flatMap((target, v): Intervention[] =>
    inputs.effectorKnown[v] === 1 ? [{ kind: "clamp", target, amount: fold.reading(v, inputs.effector[v] ?? 0) }] : [],
  );
  const acts = actsOf(inputs, questioner);
  const strongest = acts.reduce((most, { strength }) => Math.max(most, strength), 0);
  const scale = Math.min(1, strongest / WEAK);
  const known = new Map<string, number>();
  const done = acts.map((act) => interventionOf({ ...act, amount: act.amount / scale }, questioner, known));
  return { held, done, known, strength: scale };
}

function actsOf(
  { perturbation, environment, effectorKnown }: RegulatorInputs,
  { variables, targets, spread, fold }: Questioner,
): Act[] {
  const acts: Act[] = [];
  for (let target = 0; target < targets.length; target++) {
    const change = perturbation[target] ?? 0;
    const inhibited = Math.min(1, Math.max(0, environment[target] ?? 0));
    const owned = effectorKnown[target] === 1;
    if (change < 0 && !owned) acts.push({ target, kind: "loss", amount: -change, strength: -change });
    if (change > 0 && !owned) {
      const size = target < variables.length ? gainOf(fold, target, change) / (spread[target] ?? 1) : change;
      acts.push({ target, kind: "gain", amount: change, strength: Math.min(1, size) });
    }
    if (inhibited > 0) acts.push({ target, kind: "inhibition", amount: inhibited, strength: inhibited });
  }
  return acts;
}

function interventionOf(
  { target: t, kind, amount }: Act,
  { targets, variables, fold }: Questioner,
  known: Map<string, number>,
): Intervention {
  const target = targets[t] ?? "";
  if (kind === "inhibition") return { kind, target, amount: Math.min(1, amount) };
  if (kind === "gain") {
    return { kind: "overexpression", target, amount: t < variables.length ? gainOf(fold, t, amount) : amount };
  }
  const share = Math.min(1, amount);
  if (t < variables.length) known.set(target, fold.reading(t, Math.log2(1 - share)));
  return share === 1 ? { kind: "knockout", target, amount: 1 } : { kind: "knockdown", target, amount: share };
}

/** What a level above the control's adds, in the table's unit. */
function gainOf(fold: Fold, variable: number, above: number): number {
  return fold.reading(variable, Math.log2(1 + above)) - fold.reading(variable, 0);
}
