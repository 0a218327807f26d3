import {
  type CompoundOption,
  DEFAULT_KM,
  type StrainOption,
  type UptakeOption,
} from "../../metabolism/dynamic/options.ts";
import type { VesselOptions } from "../../metabolism/medium/options.ts";
import { knockout } from "../../metabolism/model/edits.ts";
import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import { didYouMean } from "../../suggest.ts";
import { usageError } from "../arguments.ts";
import type { Streams } from "../command.ts";
import { readFluxInput } from "./flux-input.ts";
import { goalFrom } from "./goal-option.ts";

const MODES = ["batch", "fed-batch", "chemostat"] as const;
export type Mode = (typeof MODES)[number];

/** The options of `cellweave dfba` that say what is in the vessel. */
export interface CultureOptions {
  readonly mode?: Mode;
  readonly pool?: readonly string[];
  readonly feed?: readonly string[];
  readonly gas?: readonly string[];
  readonly uptake?: readonly string[];
  readonly change?: readonly string[];
  readonly then?: readonly string[];
  readonly biomass?: readonly string[];
  readonly names?: readonly string[];
  readonly knockout?: readonly string[];
  readonly bound?: readonly string[];
  readonly objective?: string;
  readonly dilution?: number;
  readonly volume?: number;
  readonly flow?: number;
  readonly "flow-growth"?: number;
  readonly "flow-from"?: number;
}

const usage = (message: string, hint?: string) => usageError("dfba", message, hint);

/** What is run; refuses options that belong to another mode. */
export function modeOf(options: CultureOptions): Mode {
  const { mode, dilution, volume, flow, feed } = options;
  const asked =
    dilution !== undefined ? "chemostat" : flow !== undefined || volume !== undefined ? "fed-batch" : "batch";
  const chosen = mode ?? asked;
  if (chosen === "chemostat" && dilution === undefined) throw usage("a chemostat needs --dilution, 1/h");
  if (chosen === "fed-batch" && (volume === undefined || flow === undefined))
    throw usage("fed-batch needs --volume, L, and --flow, L/h");
  if (chosen !== asked) throw usage(`--mode ${chosen} and the options of ${asked} exclude each other`);
  const extra = (["flow-growth", "flow-from"] as const).find((name) => options[name] !== undefined);
  if (chosen !== "fed-batch" && extra !== undefined) throw usage(`--${extra} is for fed-batch alone`);
  if (chosen === "chemostat" && flow !== undefined) throw usage("--dilution and --flow exclude each other");
  if (chosen === "chemostat" && volume !== undefined) throw usage("--volume is for fed-batch alone");
  if (chosen === "batch" && feed !== undefined) throw usage("a batch has no --feed", "add --dilution or --flow");
  return chosen;
}

/** The vessel of a fed-batch. */
export function vesselOf(options: CultureOptions): { readonly vessel?: VesselOptions } {
  const { volume, flow, "flow-growth": flowGrowth = 0, "flow-from": flowFrom = 0 } = options;
  return volume === undefined || flow === undefined ? {} : { vessel: { volume, flow, flowGrowth, flowFrom } };
}

/** Compounds from `--pool ID=C`, `--feed ID=C` and `--gas ID=KLA:SATURATION`. */
export function compoundsFrom({ pool = [], feed = [], gas = [] }: CultureOptions): CompoundOption[] {
  const feeds = once(
    "--feed",
    feed.map((text) => assignment("--feed", text)),
  );
  const gases = once(
    "--gas",
    gas.map((text) => {
      const [, id = "", kLa = "", saturation = ""] = /^([^=]+)=([^:]+):(.+)$/.exec(text) ?? [];
      if (id === "") throw usage(`--gas: expected ID=KLA:SATURATION, got '${text}'`, "for example --gas o2_e=250:0.21");
      return [id, { kLa: amount("--gas", kLa), saturation: amount("--gas", saturation) }] as const;
    }),
  );
  const initial = once(
    "--pool",
    pool.map((text) => assignment("--pool", text)),
  );
  return [...new Set([...initial.keys(), ...feeds.keys(), ...gases.keys()])].map((id) => {
    const [fed, transfer] = [feeds.get(id), gases.get(id)];
    return {
      id,
      initial: initial.get(id) ?? transfer?.saturation ?? 0,
      ...(fed === undefined ? {} : { feed: fed }),
      ...(transfer === undefined ? {} : { transfer }),
    };
  });
}

/** Entries as a map; an id that is said twice is refused. */
function once<T>(option: string, entries: readonly (readonly [string, T])[]): Map<string, T> {
  const again = entries.find(([id], k) => entries.findIndex((other) => other[0] === id) < k);
  if (again !== undefined) throw usage(`${option}: '${again[0]}' is given twice`, "give one value");
  return new Map(entries);
}

function assignment(option: string, text: string): [id: string, value: number] {
  const [, id = "", value = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (id === "") throw usage(`${option}: expected ID=VALUE, got '${text}'`, `for example ${option} glc__D_e=10`);
  return [id, amount(option, value)];
}

function amount(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw usage(`${option}: expected a number of 0 or more, got '${text}'`);
}

/** The strains: a model each, with what is said of all (`GENE`) or of one (`NAME/GENE`). */
export async function strainsFrom(
  files: readonly string[],
  options: CultureOptions,
  err: Streams["err"],
): Promise<StrainOption[]> {
  const { bound = [], objective } = options;
  const read = (boundsOf: (k: number) => readonly string[]) =>
    Promise.all(
      files.map((file, k) =>
        readFluxInput(file, { bound: boundsOf(k), ...(objective === undefined ? {} : { objective }) }, err),
      ),
    );
  const ofAll = bound.filter((text) => !text.includes("/"));
  const common = await read(() => ofAll);
  const names = strainNames(
    common.map(({ model }) => model.id),
    options.names,
  );
  const inputs = ofAll.length === bound.length ? common : await read(spoken("--bound", bound, names));
  const uptakes = spoken("--uptake", options.uptake, names);
  const knockouts = spoken("--knockout", options.knockout, names);
  const goals = spoken("--then", options.then, names);
  const biomass = biomassesOf(options.biomass ?? [], names);
  return inputs.map(({ model: read, bounds }, k): StrainOption => {
    const genes = knockouts(k);
    const uptake = uptakes(k).map(uptakeFrom);
    once(
      "--uptake",
      uptake.map((one) => [one.reaction, one]),
    );
    const model: FluxModel = { ...read, bounds: genes.length === 0 ? bounds : knockout(read, genes, bounds) };
    return {
      ...{ name: names[k] ?? "", model, biomass: biomass[k] ?? 0 },
      ...{ uptake, goals: goals(k).map((text) => goalFrom("dfba", text)) },
    };
  });
}

function strainNames(ids: readonly string[], given: readonly string[] | undefined): string[] {
  if (given !== undefined && given.length !== ids.length)
    throw usage(`--names gives ${given.length} names for ${ids.length} models`);
  const wrong = given?.find((name) => !/^[\w.-]+$/.test(name));
  if (wrong !== undefined) throw usage(`--names: '${wrong}' has characters other than letters, digits, '.', '-', '_'`);
  return given?.slice() ?? ids.map((id, k) => (ids.indexOf(id) === ids.lastIndexOf(id) ? id : `${id}-${k + 1}`));
}

/** What a list says of each strain: `NAME/WHAT` of one, `WHAT` of all. */
function spoken(option: string, list: readonly string[] = [], names: readonly string[]): (k: number) => string[] {
  const entries = list.map((text) => {
    const slash = text.indexOf("/");
    if (slash < 0) return { strain: undefined, what: text };
    const strain = text.slice(0, slash);
    if (!names.includes(strain)) throw usage(`${option}: no strain '${strain}'`, strainHint(strain, names));
    return { strain, what: text.slice(slash + 1) };
  });
  return (k) => entries.flatMap(({ strain, what }) => (strain === undefined || strain === names[k] ? [what] : []));
}

function strainHint(name: string, names: readonly string[]): string {
  return didYouMean(name, names) ?? `the strains are ${names.join(", ")}`;
}

const DEFAULT_BIOMASS = 0.01;

function biomassesOf(list: readonly string[], names: readonly string[]): number[] {
  const out = names.map(() => DEFAULT_BIOMASS);
  for (const text of list) {
    const [, name, value = ""] = /^(?:([^=]+)=)?(.+)$/.exec(text) ?? [];
    const biomass = amount("--biomass", value);
    const k = name === undefined ? -1 : names.indexOf(name);
    if (name !== undefined && k < 0) throw usage(`--biomass: no strain '${name}'`, strainHint(name, names));
    for (const n of names.keys()) if (k < 0 || n === k) out[n] = biomass;
  }
  return out;
}

/** `EX_glc__D_e=VMAX:KM`; either may be left out. */
function uptakeFrom(text: string): UptakeOption {
  const [, reaction = "", vmax = "", km = ""] = /^([^=]+)=([^:]*)(?::(.*))?$/.exec(text) ?? [];
  if (reaction === "")
    throw usage(`--uptake: expected EXCHANGE=VMAX:KM, got '${text}'`, "for example --uptake EX_glc__D_e=10:0.05");
  return {
    reaction,
    ...(vmax === "" ? {} : { vmax: amount("--uptake", vmax) }),
    km: km === "" ? DEFAULT_KM : amount("--uptake", km),
  };
}
