import { CellweaveError } from "../../errors.ts";
import { mean } from "../../numerics/statistics.ts";
import type { Midas, MidasRow } from "../../scenario/tables/midas.ts";
import { groupBy } from "../group.ts";
import type { BreastNames } from "./names.ts";

/** One treatment at one time, replicates averaged. */
export interface Condition {
  readonly stimulus: string;
  /** Drugs joined by `+`; empty without one. */
  readonly inhibitor: string;
  /** Minutes. */
  readonly time: number;
  /** log2 of the signal, shape [observables]; NaN where it was not measured or is 0. */
  readonly level: Float64Array;
}

/** A condition with a drug beside the same one without. */
export interface InhibitorExample extends Condition {
  /** log2 of the signal without the drug, shape [observables]. */
  readonly base: Float64Array;
  /** log2(inhibited / uninhibited), shape [observables]; NaN where either is missing. */
  readonly change: Float64Array;
}

/** Task H1 for one line: the effect of inhibitors that no training row shows. */
export interface InhibitorTask {
  readonly line: string;
  readonly observables: readonly string[];
  /** Untreated and FGFR-inhibited conditions, all times: what a model may see. */
  readonly training: readonly Condition[];
  /** Effects of the FGFR inhibitor at t > 0. */
  readonly known: readonly InhibitorExample[];
  /** Effects of the other inhibitors at t > 0: what is to be predicted. */
  readonly heldOut: readonly InhibitorExample[];
  /** By which treatments and antibodies are known. */
  readonly names: BreastNames;
  /** Drugs that were taken as another of the same target. */
  readonly notes: readonly string[];
}

/** @throws CellweaveError `midas/task` where there is nothing to predict or to compare it with */
export function inhibitorTask(midas: Midas, names: BreastNames): InhibitorTask {
  const { trainingInhibitor } = names;
  const rows = midas.rows.map((row) => ({
    ...row,
    stimuli: inOrder(row.stimuli.map(names.ligandOf)),
    inhibitors: inOrder(row.inhibitors.filter((name) => !names.isVehicle(name)).map(names.drugOf)),
  }));
  const conditions = [...groupBy(rows, keyOf).values()].map(averaged);
  const untreated = new Map(
    conditions.filter(({ inhibitor }) => inhibitor === "").map((found) => [`${found.stimulus}@${found.time}`, found]),
  );
  const examples = conditions.flatMap((found): InhibitorExample[] => {
    const base = untreated.get(`${found.stimulus}@${found.time}`)?.level;
    if (found.inhibitor === "" || found.time <= 0 || base === undefined) return [];
    return [{ ...found, base, change: found.level.map((level, i) => level - (base[i] ?? Number.NaN)) }];
  });
  const heldOut = examples.filter(({ inhibitor }) => inhibitor !== trainingInhibitor);
  if (heldOut.length === 0)
    throw new CellweaveError("midas/task", "no inhibited row has an uninhibited one beside it to be compared with", {
      place: { file: midas.file },
      hint: `the task predicts inhibitors other than ${trainingInhibitor}; drug columns end in 'i'`,
    });
  return {
    line: midas.line ?? midas.file.replace(/^.*[/\\]|\.csv$/g, ""),
    observables: midas.observables,
    training: conditions.filter(({ inhibitor }) => inhibitor === "" || inhibitor === trainingInhibitor),
    known: examples.filter(({ inhibitor }) => inhibitor === trainingInhibitor),
    heldOut,
    names,
    notes: standInNotes(midas, names),
  };
}

function standInNotes(midas: Midas, names: BreastNames): string[] {
  const given = new Set(midas.rows.flatMap(({ inhibitors }) => inhibitors).filter(names.hasStandIn));
  return [...given].map((name) => {
    const drug = names.drugOf(name);
    return `'${name}' is taken as ${drug}, a drug of the same target, at ${names.doses.get(drug)} nmol/L`;
  });
}

/** Each once, so that what is the same treatment reads the same. */
function inOrder(given: readonly string[]): string[] {
  return [...new Set(given)].sort();
}

function keyOf({ stimuli, inhibitors, time }: MidasRow): string {
  return JSON.stringify([stimuli, inhibitors, time]);
}

function averaged(rows: readonly MidasRow[]): Condition {
  const [{ stimuli, inhibitors, time, values } = { stimuli: [], inhibitors: [], time: 0, values: new Float64Array() }] =
    rows;
  const level = values.map((_, i) => {
    const measured = rows.map((row) => row.values[i] ?? Number.NaN).filter((value) => value > 0);
    return measured.length === 0 ? Number.NaN : Math.log2(mean(measured));
  });
  return { stimulus: stimuli.join("+"), inhibitor: inhibitors.join("+"), time, level };
}
